/// Macros among the words that a declaration begins with.
extension MacroBlanker {
    /// What the words of a declaration are, up to the sign that ends them.
    private struct Words {
        /// Words that can be the type or the name.
        var realCount: Int
        /// Words that are macros or types, in order, with their brackets.
        var macros: [Range<Int>] = []
        var isLastType = false
        var end: Int
    }

    /// `CURL_EXTERN CURLcode f(`, `static int __init f(`, `class EXPORT Name {`.
    mutating func blankInDeclarations() {
        var isTagBody: [Bool] = []
        var closedTag = false
        var index = 0
        while index < tokens.count {
            if isSign(index, "{") {
                isTagBody.append(opensTag(index))
            } else if isSign(index, "}") {
                closedTag = isTagBody.popLast() ?? false
            }
            guard kind(index).isWord, startsDeclaration(index) else {
                index += 1
                continue
            }
            let hasType = closedTag && isSign(index - 1, "}")
            index = max(index + 1, blankMacros(from: index, hasType: hasType))
        }
    }

    /// Whether a brace opens the body of a structure and not that of a function.
    private func opensTag(_ brace: Int) -> Bool {
        var index = brace - 1
        while kind(index) == .gone || kind(index).isName { index -= 1 }
        return kind(index) == .tag
    }

    private func startsDeclaration(_ index: Int) -> Bool {
        let before = index - 1
        return before < 0 || kind(before) == .directive || kind(before) == .literal
            || isSign(before, ";{}:>]")
    }

    /// Blanks what is too much for a type and a name; returns where to go on.
    private mutating func blankMacros(from start: Int, hasType: Bool) -> Int {
        var words = Words(realCount: hasType ? 1 : 0, end: start)
        while take(&words) {}
        guard isSign(words.end, ";(=[,:{") else { return words.end }
        // A declaration keeps two words, its type and its name.
        let excess =
            words.realCount >= 2
            ? words.macros.count : max(0, words.macros.count + words.realCount - 2)
        for macro in words.macros.prefix(excess) { blank(macro) }
        return words.end
    }

    /// Takes one more word; returns whether there was one.
    private mutating func take(_ words: inout Words) -> Bool {
        let index = words.end
        let wasType = words.isLastType
        words.isLastType = false
        switch kind(index) {
        case .qualifier: words.end += 1
        case .type:
            // `unsigned long` is one type.
            if !wasType { words.realCount += 1 }
            words.isLastType = true
            words.end += 1
        case .tag:
            words.realCount += 1
            words.end = afterTag(index)
        case .plain:
            // Before a word such as `int` no other type can stand.
            if kind(index + 1) == .type || kind(index + 1) == .tag {
                words.macros.append(index..<index + 1)
            } else {
                words.realCount += 1
            }
            words.end = afterName(index)
        case .macro: return takeMacro(&words)
        case .sign where isSign(index, "*&"): words.end += 1
        default: return false
        }
        return true
    }

    /// Goes past a name with what it is in, and past the types it is made for: `a::b<c>::d`.
    private func afterName(_ start: Int) -> Int {
        var index = start + 1
        while true {
            if isSign(index, ":"), isSign(index + 1, ":"), kind(index + 2).isName {
                index += 3
            } else if isSign(index, "<"), let end = endOfTypes(index) {
                index = end
            } else {
                return index
            }
        }
    }

    /// The index after the types that a bracket opens; nil where it means less than.
    private func endOfTypes(_ start: Int) -> Int? {
        var depth = 0
        for index in start..<min(start + Self.mostTypeTokens, tokens.count) {
            if isSign(index, "<") {
                depth += 1
            } else if isSign(index, ">") {
                depth -= 1
                if depth == 0 { return index + 1 }
            } else if !kind(index).isWord, kind(index) != .literal, !isSign(index, ":,*&") {
                return nil
            }
        }
        return nil
    }

    /// Types between brackets have no more tokens than this.
    private static let mostTypeTokens = 64

    private func takeMacro(_ words: inout Words) -> Bool {
        let index = words.end
        let after = afterGroup(index)
        if after > index + 1 {
            let goesOn = kind(after).isWord || isSign(after, "*&")
            let isTrailing = words.realCount >= 2 && isSign(after, ";={,")
            guard goesOn || isTrailing else {
                // It is a function's name.
                words.realCount += 1
                words.end += 1
                return false
            }
        } else if isSign(after, "(") {
            words.realCount += 1
            words.end += 1
            return false
        }
        words.macros.append(index..<after)
        words.end = after
        return true
    }

    /// Goes past `struct NAME`, with macros between the two made blank where a body follows.
    private mutating func afterTag(_ start: Int) -> Int {
        var index = start + 1
        while kind(index) == .tag { index += 1 }
        let first = index
        var macros: [Range<Int>] = []
        while kind(index) == .macro {
            macros.append(index..<afterGroup(index))
            index = afterGroup(index)
        }
        if kind(index) != .plain, let last = macros.popLast(), last.count == 1 {
            index = last.lowerBound
        }
        guard kind(index).isName else { return first }
        let isBody =
            isSign(index + 1, "{<") || isSign(index + 1, ":") && !isSign(index + 2, ":")
            || isFinal(index + 1)
        if isBody {
            for macro in macros { blank(macro) }
        } else if !macros.isEmpty {
            // `struct TAG name;`
            return macros[0].upperBound
        }
        return index + 1
    }

    private func isFinal(_ index: Int) -> Bool {
        kind(index) == .qualifier && tokens[index].end - tokens[index].start == 5
            && original[Int(tokens[index].start)] == UInt8(ascii: "f")
            && isSign(index + 1, "{:")
    }
}
