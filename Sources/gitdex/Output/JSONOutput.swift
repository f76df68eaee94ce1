#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Prints values as one JSON document.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Terminal.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A duration in milliseconds, rounded to hundredths.
    static func milliseconds(_ duration: Duration) -> Double {
        let parts = duration.components
        let exact = Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15
        return (exact * 100).rounded() / 100
    }
}
