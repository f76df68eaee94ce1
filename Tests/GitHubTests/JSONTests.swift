import GitHub
import Testing

@Suite("JSON is read as it is, and refused where it is none")
struct JSONTests {
    @Test(
        "a document is written as it was read",
        arguments: [
            #"{"a":1,"b":[true,false,null],"c":"x","d":{"e":-1.5e10}}"#, "[]", "{}", #""""#, "0",
            #"{"same":1,"same":2}"#, #"["\u0001\"\\"]"#, #""ümläut 😀""#,
        ])
    func roundTrip(_ text: String) throws {
        let value = try #require(JSONValue(Array(text.utf8)))
        #expect(value.encoded() == text)
        #expect(JSONValue(Array(value.encoded().utf8)) == value)
    }

    @Test("escapes become the signs they stand for, and NUL none")
    func escapes() {
        #expect(
            JSONValue(Array(#""\b\f\n\r\t\/\u00e9\ud83d\ude00""#.utf8))?.string
                == "\u{8}\u{c}\n\r\t/é😀")
        #expect(JSONValue(Array(#""a\u0000b""#.utf8))?.string == "a\u{FFFD}b")
        #expect(JSONValue(Array(#""\ud83dx""#.utf8))?.string == "\u{FFFD}x")
        #expect(JSONValue(Array(#""\ude00""#.utf8))?.string == "\u{FFFD}")
        #expect(JSONValue(Array(#""\ud83d\u0041""#.utf8))?.string == "\u{FFFD}A")
    }

    @Test(
        "what is no document gives nothing",
        arguments: [
            "", " ", "{", "}", "[1,]", "[1 2]", #"{"a"}"#, #"{"a":}"#, #"{a:1}"#, "nul", "+1", ".5",
            "1x", #""open"#, "\"\n\"", #""\x""#, #""\u12g4""#, "[] []", "<html>", "'a'", "--1", "-",
            String(repeating: "[", count: 100_000),
        ])
    func malformed(_ text: String) {
        #expect(JSONValue(Array(text.utf8)) == nil)
    }

    @Test("values are had by name only where they are")
    func access() throws {
        let value = try #require(
            JSONValue(Array(#"{"n":7,"t":"x","b":true,"l":[1],"z":null}"#.utf8)))
        #expect(value["n"]?.int == 7 && value["n"]?.string == nil)
        #expect(value["t"]?.string == "x" && value["t"]?.int == nil)
        #expect(value["b"]?.bool == true && value["l"]?.elements.count == 1)
        #expect(value["z"]?.isNull == true && value["q"] == nil && value["t"]?["x"] == nil)
    }
}
