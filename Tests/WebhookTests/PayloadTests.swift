import Testing

@testable import Webhook

@Suite("A payload")
struct PayloadTests {
    private func read(_ text: String) throws(PayloadError) -> PayloadObject {
        try PayloadDocument(Array(text.utf8)).root
    }

    @Test("is read as what it says")
    func reading() throws {
        let root = try read(
            #"""
             { "a" : "x\n\u00e9\ud83d\ude00\"é😀" , "n": 42, "big": 9223372036854775807, "t": true,
               "f":false, "z": null, "o": {"p": {"q": "deep"}}, "\u0062": "escaped name",
               "list": [{"id": 1}, {"id": 2, "more": [1, [2], {"x": {}}]}], "e": {}, "l": [] }
            """#)
        #expect(try root.string("a") == "x\n\u{e9}\u{1F600}\"é😀")
        #expect(try root.positiveInteger("n") == 42)
        #expect(try root.positiveInteger("big") == .max)
        #expect(try root.boolean("t") == true && root.boolean("f") == false)
        #expect(try root.string("z") == nil && root.object("z") == nil && root.has("z"))
        #expect(try root.string("missing") == nil && !root.has("missing"))
        #expect(try root.object("o")?.object("p")?.string("q") == "deep")
        #expect(try root.string("b") == "escaped name")
        let list = try root.objects("list", limit: 2)
        #expect(try list.map { try $0.positiveInteger("id") } == [1, 2])
        #expect(try root.objects("l", limit: 1).isEmpty)
        #expect(throws: PayloadError.malformed("list")) { try root.objects("list", limit: 1) }
    }

    @Test("with a field of another kind is refused by the field's name")
    func kinds() throws {
        let root = try read(
            #"{"s": 1, "n": "1", "o": [], "l": [1], "b": "true", "neg": -1, "big": 9223372036854775808, "frac": 1.5, "d": {"x": []}}"#
        )
        #expect(throws: PayloadError.malformed("s")) { try root.string("s") }
        for name in ["n", "neg", "big", "frac"] {
            #expect(throws: PayloadError.malformed(name)) { try root.positiveInteger(name) }
        }
        #expect(throws: PayloadError.malformed("o")) { try root.object("o") }
        #expect(throws: PayloadError.malformed("l")) { try root.objects("l", limit: 9) }
        #expect(throws: PayloadError.malformed("b")) { try root.boolean("b") }
        #expect(throws: PayloadError.malformed("d.x")) { try root.object("d")?.string("x") }
    }

    @Test(
        "that is no JSON object is refused",
        arguments: [
            "", " ", "{", "}", "[]", "\"x\"", "12", "null", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
            "{a:1}", "{'a':1}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":-}", "{\"a\":1e}",
            "{\"a\":+1}", "{\"a\":tru}", "{\"a\":truex}", "{\"a\":NaN}", "{\"a\":\"\t\"}",
            "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":\"\\u12", "{\"a\":\"x}",
            "{\"a\":[1,]}", "{\"a\":[1 2]}", "{} {}", "{}x", "\u{feff}{}", "{\"a\":1 \"b\":2}",
            "{\"a\":\"\\",
        ])
    func malformed(text: String) {
        #expect(throws: PayloadError.self) { try read(text) }
    }

    @Test("cut off anywhere is refused")
    func truncated() throws {
        let whole = Array(WebhookFixture.push().utf8)
        _ = try PayloadDocument(whole)
        for count in 0..<whole.count {
            #expect(throws: PayloadError.self) { try PayloadDocument(Array(whole[..<count])) }
        }
    }

    @Test(
        "that has a name twice is refused, however it is written and wherever it stands",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"a":1,"b":2,"\u0061":3}"#, #"{"x":{"y":[{"k":1,"k":1}]}}"#,
            #"{"é":1,"\u00e9":2}"#, #"{"":1,"":2}"#,
            "{" + (0..<100).map { "\"k\($0)\":0," }.joined() + "\"k5\":1}",
        ])
    func twice(text: String) {
        #expect(throws: PayloadError("an object of the payload has a name twice")) {
            try read(text)
        }
    }

    @Test("may use a name again in another object")
    func again() throws {
        _ = try read(#"{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}"#)
    }

    @Test("may be nested to the limit and no deeper")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                + "}"
        }
        _ = try read(nested(PayloadScanner.depthLimit))
        #expect(throws: PayloadError("the payload is nested too deeply")) {
            try read(nested(PayloadScanner.depthLimit + 1))
        }
        #expect(throws: PayloadError.self) { try read(nested(1_000_000)) }
        #expect(throws: PayloadError.self) {
            try read(String(repeating: "{\"a\":", count: 1_000_000))
        }
    }

    @Test("with more values than the limit is refused")
    func values() {
        let text = "{\"a\":[" + String(repeating: "0,", count: PayloadScanner.nodeLimit) + "0]}"
        #expect(throws: PayloadError("the payload has too many values")) { try read(text) }
    }

    @Test(
        "that is no UTF-8 is refused",
        arguments: [
            [0xff], [0xc0, 0xaf], [0xc3], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0x80],
            [0xf0, 0x80, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80],
            [0xe2, 0x82],
        ] as [[UInt8]])
    func encoding(bytes: [UInt8]) {
        let body = Array("{\"a\":\"".utf8) + bytes + Array("\"}".utf8)
        let error = #expect(throws: PayloadError.self) { try PayloadDocument(body) }
        #expect(error?.reason.hasPrefix("the payload is no UTF-8") == true)
    }

    @Test("of any bytes ends in a document or an error")
    func random() {
        var generator = SystemRandomNumberGenerator()
        let whole = Array(WebhookFixture.push().utf8)
        for _ in 0..<3000 {
            var body = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<body.count, using: &generator)
                body[index] = UInt8.random(in: .min ... .max, using: &generator)
            }
            guard let document = try? PayloadDocument(body) else { continue }
            _ = try? DeliveredEvent("push", document).actions()
        }
    }

    @Test("of a form is the one field of that name")
    func form() throws {
        func payload(_ text: String) throws -> String {
            String(decoding: try FormBody.payload(of: Array(text.utf8)), as: UTF8.self)
        }
        #expect(try payload("payload=%7B%22a%22%3A+%22x%2By%C3%A9%22%7D") == #"{"a": "x+yé"}"#)
        #expect(try payload("a=1&payload=%7b%7D&&b") == "{}")
        #expect(try payload("%70ayload=x") == "x")
        #expect(try payload("payload=") == "")
        for text in ["", "a=1", "payload=1&payload=2", "payload=%", "payload=%4", "payload=%zz"] {
            #expect(throws: PayloadError.self, "\(text)") { try payload(text) }
        }
    }
}
