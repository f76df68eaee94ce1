#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Finds a name that an object of a JSON text has twice.
///
/// Of two values a parser takes one, and which one differs between parsers: what one program checks
/// is then not what another one does.
struct JSONKeys {
    private var names: [Set<[UInt8]>?] = []

    /// The first name that comes twice in one object of a text; costs one pass, and does not care
    /// whether the text is JSON otherwise.
    static func repeated(in text: [UInt8]) -> String? {
        var keys = JSONKeys()
        return keys.scan(text)
    }

    private mutating func scan(_ text: [UInt8]) -> String? {
        var index = 0
        var isNameNext = false
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "{"):
                names.append([])
                isNameNext = true
            case UInt8(ascii: "["):
                names.append(nil)
                isNameNext = false
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = names.popLast()
                isNameNext = false
            case UInt8(ascii: ","):
                isNameNext = names.last.map { $0 != nil } ?? false
            case UInt8(ascii: "\""):
                let end = Self.end(ofTextAt: index, in: text)
                if isNameNext, let last = names.indices.last {
                    let name = Self.decoded(text[index..<end])
                    let isNew = names[last]?.insert(name).inserted ?? true
                    if !isNew { return String(decoding: name, as: UTF8.self) }
                    isNameNext = false
                }
                index = end
                continue
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Where the text ends that begins with a quote, the closing one included.
    private static func end(ofTextAt start: Int, in text: [UInt8]) -> Int {
        var index = start + 1
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
            } else if text[index] == UInt8(ascii: "\"") {
                return index + 1
            } else {
                index += 1
            }
        }
        return text.count
    }

    /// What a quoted name says, whichever way it is written.
    private static func decoded(_ quoted: ArraySlice<UInt8>) -> [UInt8] {
        if quoted.contains(UInt8(ascii: "\\")),
            let name = try? JSONDecoder().decode(String.self, from: Data(quoted))
        {
            return Array(name.utf8)
        }
        return Array(quoted.dropFirst().dropLast())
    }
}
