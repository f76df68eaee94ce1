/// The name of a file, as far as it tells what the file is for.
struct FileName {
    private let bytes: ArraySlice<UInt8>
    private let lower: [UInt8]
    private let stemCount: Int

    private static let entries: Set<[UInt8]> = Set(
        ["__init__", "index", "mod", "lib", "main", "all"].map { Array($0.utf8) })

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        lower = bytes.lowerCased
        stemCount = lower.firstIndex(of: UInt8(ascii: ".")) ?? lower.count
    }

    /// Whether it is named as tests are: `test_x.py`, `x_test.go`, `x.spec.ts`, `XTests.swift`.
    var isTest: Bool {
        lower.starts(with: "test_".utf8) || holds("_test.") || holds(".test.") || holds(".spec.")
            || holds("_spec.") || holds("-test.") || lower.elementsEqual("conftest.py".utf8)
            || stemEnds("Test") || stemEnds("Tests") || stemEnds("Spec") || stemEnds("TestCase")
    }

    /// Whether a folder is named as those of tests are: `tests-integration`, `commonTest`,
    /// `Shop.Tests`.
    var isTestFolder: Bool {
        let joints = [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
        let parts = lower.split(whereSeparator: joints.contains)
        if let first = parts.first, let last = parts.last, parts.count > 1 {
            let tests = "tests".utf8
            if first.elementsEqual(tests) || last.elementsEqual(tests) { return true }
        }
        for ending in ["Test", "Tests"] where bytes.count > ending.utf8.count {
            let before = bytes[bytes.endIndex - ending.utf8.count - 1]
            if bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8),
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(before)
            {
                return true
            }
        }
        return false
    }

    /// Whether it is named as what programs write.
    var isGenerated: Bool {
        holds(".min.") || holds(".pb.") || holds("_pb2") || holds(".generated.")
            || holds("_generated.") || ends(".d.ts") || ends(".lock")
    }

    /// Whether it is named as what mostly hands on what others define.
    var isEntry: Bool { Self.entries.contains(Array(lower[..<stemCount])) }

    /// Whether the lower-cased name holds a text of ASCII.
    private func holds(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            guard lower.count >= text.count else { return false }
            return (0...lower.count - text.count).contains { start in
                lower[start] == text[0]
                    && lower[start..<start + text.count].elementsEqual(text)
            }
        }
    }

    private func ends(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { lower.suffix($0.count).elementsEqual($0) }
    }

    /// Whether the name up to its first dot ends so, with these capitals.
    private func stemEnds(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes.prefix(stemCount).suffix($0.count).elementsEqual($0) }
    }
}

extension Sequence<UInt8> {
    /// The bytes with ASCII capitals made small.
    var lowerCased: [UInt8] {
        map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }
}
