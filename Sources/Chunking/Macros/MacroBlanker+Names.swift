/// Macros on lines of their own, and those around or behind a name.
extension MacroBlanker {
    /// `GIT_BEGIN_DECL`: alone on its line, between declarations.
    mutating func blankLines() {
        for index in tokens.indices where kind(index) == .macro {
            if lineFeeds(before: index) > 0, lineFeeds(before: index + 1) > 0,
                standsBetweenDeclarations(index)
            {
                blank(index..<index + 1)
            }
        }
    }

    private func standsBetweenDeclarations(_ index: Int) -> Bool {
        var before = index - 1
        while before >= 0, kind(before) == .gone { before -= 1 }
        let startsOne =
            before < 0 || kind(before) == .directive || isSign(before, ";{}")
            || isSign(before, ":") && !isSign(before - 1, ":")
        guard startsOne else { return false }
        let next = index + 1
        if next >= tokens.count || kind(next) == .directive { return true }
        // `enum { ONLY }` names a value.
        if isSign(next, "}") { return !isSign(before, "{") }
        if isSign(next, "@-+~[") { return true }
        guard kind(next).isWord || kind(next) == .control else { return false }
        // A type on the line above its function: `BOOL`, and below it `f(void)`.
        let isFunction = kind(next) == .plain && isSign(next + 1, "(:")
        return !isFunction || lineFeeds(before: next) > 1
    }

    /// `GIT_CALLBACK(name)(…)`, `(WINAPI *name)(…)`, `name OF((…))`, `name(…) NOEXCEPT;`.
    mutating func blankAroundNames() {
        for index in tokens.indices where kind(index) == .macro {
            let after = afterGroup(index)
            if isPointer(index, after) {
                makePointer(index)
            } else if isSign(index - 1, "("), isSign(index + 1, "*"), kind(index + 2).isName,
                isSign(index + 3, ")"), isSign(index + 4, "(")
            {
                blank(index..<index + 1)
            } else if kind(index - 1) == .plain, after > index + 1, isSign(index + 2, "("),
                Int(partners[index + 2]) == after - 2, partners[index + 2] >= 0,
                isSign(after, ";{,)")
            {
                blank(after - 1..<after)
                blank(index..<index + 2)
            } else {
                blankBehindParameters(index)
            }
        }
    }

    /// Whether this is the macro of `int MACRO(name)(…)`.
    private func isPointer(_ index: Int, _ after: Int) -> Bool {
        guard after == index + 4, kind(index + 2).isName, isSign(after, "(") else { return false }
        return kind(index - 1).isWord || isSign(index - 1, "*")
    }

    /// Blanks macros that end the head of a function: `f(void) PURE FORMAT(1, 2);`.
    private mutating func blankBehindParameters(_ first: Int) {
        guard isSign(first - 1, ")"), partners[first - 1] > 0,
            kind(Int(partners[first - 1]) - 1) == .plain
        else { return }
        var end = first
        while kind(end) == .macro { end = afterGroup(end) }
        if isSign(end, ";{") { blank(first..<end) }
    }
}
