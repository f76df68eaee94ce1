import Syntax
import Testing

@Suite("Parsing gives trees within a budget")
struct SyntaxParserTests {
    private func parse<R>(
        _ text: String, _ language: String, budget: ParseBudget = ParseBudget(steps: 10_000),
        with parser: SyntaxParser = SyntaxParser(), _ body: (SyntaxNode, Grammar) -> R
    ) throws -> R {
        let grammar = try #require(try Grammars.library().grammar(for: language))
        return try Array(text.utf8).withUnsafeBytes { bytes in
            try parser.withTree(of: bytes, grammar: grammar, budget: budget) { body($0, grammar) }
        }
    }

    @Test("nodes know their kind, place and children")
    func nodes() throws {
        try parse("def f(a):\n    return a\n", "python") { root, grammar in
            #expect(root.kindName == "module" && root.isNamed && !root.hasError)
            let function = root.firstNamedChild
            #expect(function?.kindName == "function_definition")
            #expect(function?.byteRange == 0..<22 && function?.startRow == 0)
            #expect(function?.endRow == 1)
            let name = function?.child(field: grammar.field("name"))
            #expect(name?.byteRange == 4..<5)
            #expect(name?.parent?.kindName == "function_definition")
            #expect(function?.child(field: grammar.field("no such field")) == nil)
            var kinds: [String] = []
            function?.forEachChild { child, _ in
                kinds.append(child.kindName)
                return kinds.count < 3
            }
            #expect(kinds == ["def", "identifier", "parameters"])
        }
    }

    @Test("a cursor sees every node in order and comes back")
    func cursor() throws {
        try parse("a = [1, 2]\n", "python") { root, _ in
            var cursor = SyntaxCursor(root)
            var starts: [Int] = []
            var depth = 0
            walk: while true {
                starts.append(cursor.node.startByte)
                if cursor.goToFirstChild() {
                    depth += 1
                    continue
                }
                while !cursor.goToNextSibling() {
                    guard cursor.goToParent() else { break walk }
                    depth -= 1
                }
            }
            #expect(depth == 0 && starts == starts.sorted() && starts.count == 11)
        }
    }

    @Test("errors are marked where they are")
    func errors() throws {
        try parse("def f(:\n", "python") { root, _ in
            #expect(root.hasError)
        }
    }

    @Test("a spent budget is an error, and the parser goes on with the next text")
    func budget() throws {
        let parser = SyntaxParser()
        let long = String(repeating: "x = [1, 2, 3]\n", count: 5_000)
        let error = #expect(throws: SyntaxError.self) {
            try parse(long, "python", budget: ParseBudget(steps: 20), with: parser) { _, _ in }
        }
        #expect(error?.code == .budgetSpent)
        let end = try parse("y = 1\n", "python", with: parser) { root, _ in root.endByte }
        #expect(end == 6)
    }

    @Test("the same text takes the same steps")
    func steps() throws {
        let parser = SyntaxParser()
        let text = String(repeating: "x = [1, 2, (3]\n", count: 500)
        var steps: Set<Int> = []
        for _ in 0..<3 {
            try parse(text, "python", with: parser) { _, _ in }
            steps.insert(parser.stepsTaken)
        }
        #expect(steps.count == 1 && steps.first ?? 0 > 0)
    }

    @Test("recovering from errors takes steps, as scripts/setup-grammars has it")
    func errorSteps() throws {
        let parser = SyntaxParser()
        let sound = "int x[] = {" + String(repeating: "1, ", count: 10_000) + "};"
        let broken = "x = [" + String(repeating: "1, ", count: 10_000) + "]"
        let budget = ParseBudget(steps: 100_000)
        try parse(sound, "c", budget: budget, with: parser) { root, _ in #expect(!root.hasError) }
        let usual = parser.stepsTaken
        try parse(broken, "c", budget: budget, with: parser) { root, _ in #expect(root.hasError) }
        #expect(parser.stepsTaken > 4 * usual)
    }

    @Test("a time limit in the past stops a long parse")
    func time() throws {
        let long = String(repeating: "x = [1, 2, 3]\n", count: 20_000)
        let budget = ParseBudget(steps: 1_000_000, time: .seconds(-1))
        let error = #expect(throws: SyntaxError.self) {
            try parse(long, "python", budget: budget) { _, _ in }
        }
        #expect(error?.code == .budgetSpent)
    }

    @Test("one parser takes text after text in one language after another")
    func languages() throws {
        let parser = SyntaxParser()
        for language in ["python", "java", "python", "json", "c"] {
            let end = try parse("x\n", language, with: parser) { root, _ in root.endByte }
            #expect(end <= 2)
        }
    }

    @Test("an empty text has an empty tree")
    func empty() throws {
        let count = try parse("", "python") { root, _ in root.childCount }
        #expect(count == 0)
    }
}
