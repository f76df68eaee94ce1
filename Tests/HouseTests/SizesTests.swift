import Testing

@Suite("Files and functions stay small")
struct SizesTests {
    static let fileLimit = 400
    static let functionLimit = 70

    @Test("no file is over the limit", arguments: Checkout.allSwift)
    func files(file: SourceFile) {
        #expect(file.lines.count - 1 <= Self.fileLimit, "\(file.path)")
    }

    @Test("no function is over the limit", arguments: Checkout.allSwift)
    func functions(file: SourceFile) {
        for function in file.functions {
            #expect(function.count <= Self.functionLimit, "\(file.path):\(function.line)")
        }
    }

    @Test("functions are found and measured, whatever strings and comments hold")
    func measure() {
        let file = SourceFile(
            path: "x.swift",
            text: """
                struct S {
                    // func no() {
                    let text = "func no() { \\(f { "}" }) {"
                    init(a: Int = { 1 }(), b: Int) {
                        print(#"}"#)
                    }
                    func short() {}
                    public static func long<T>(
                        _ body: () -> T
                    ) -> T {
                        if true { return body() }
                        /* } */
                        return body()
                    }
                }
                protocol P {
                    func demand()
                }
                """)
        #expect(file.functions.map(\.line) == [4, 7, 8])
        #expect(file.functions.map(\.count) == [3, 1, 7])
    }
}
