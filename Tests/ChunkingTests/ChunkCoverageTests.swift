import Foundation
import Syntax
import Testing

@testable import Chunking

@Suite("Chunks are the text, each byte once and in order")
struct ChunkCoverageTests {
    @Test("each sample and its damaged forms", arguments: LanguageSample.all)
    func samples(_ sample: LanguageSample) throws {
        let chunker = Chunker(grammars: try Grammars.library(), sizes: Self.small)
        var random = SeededRandom(seed: UInt64(sample.bytes.count))
        for bytes in Self.variants(of: sample.bytes, using: &random) {
            let text = bytes.withUnsafeBytes { chunker.chunk($0, language: sample.language) }
            #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        }
    }

    @Test("sizes as in use, over larger texts", arguments: LanguageSample.all)
    func repeated(_ sample: LanguageSample) throws {
        let bytes = Array(repeatElement(sample.bytes, count: 20).joined())
        let text = try Grammars.chunk(bytes, sample.language)
        #expect(ChunkInvariants.broken(text, bytes).isEmpty)
        let ink = bytes.count { $0 > 0x20 }
        #expect(text.chunks.count > 1 || ink <= ChunkSizes().whole)
    }

    @Test("any language's grammar takes any sample")
    func crossed() throws {
        let library = try Grammars.library()
        let chunker = Chunker(grammars: library, sizes: Self.small)
        for language in library.languages {
            for sample in [LanguageSample.python, .java, .hcl, .elixir] {
                let bytes = sample.bytes
                let text = bytes.withUnsafeBytes { chunker.chunk($0, language: language) }
                #expect(ChunkInvariants.broken(text, bytes).isEmpty, "\(language)")
            }
        }
    }

    @Test("the same bytes give the same chunks", arguments: LanguageSample.all)
    func same(_ sample: LanguageSample) throws {
        let used = Chunker(grammars: try Grammars.library())
        _ = Self.deep.withUnsafeBytes { used.chunk($0, language: sample.language) }
        let first = sample.bytes.withUnsafeBytes { used.chunk($0, language: sample.language) }
        #expect(first == (try Grammars.chunk(sample.bytes, sample.language)))
    }

    /// Small chunks, so that small samples are divided in every way.
    private static let small = ChunkSizes(
        whole: 80, merged: 50, part: 60, alone: 20, tiny: 8, lineBytes: 40)

    private static let deep = Array(String(repeating: "[{(", count: 1_000).utf8)

    private static func variants(
        of bytes: [UInt8], using random: inout SeededRandom
    ) -> [[UInt8]] {
        var result = [bytes, Array(bytes.dropLast()), [0xEF, 0xBB, 0xBF] + bytes]
        result.append(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        result.append(bytes.filter { $0 != 0x0A })
        for _ in 0..<30 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: place)
                case 2:
                    damaged.insert(
                        contentsOf: bytes[min(place, bytes.count)...].prefix(40), at: place)
                default: damaged.removeSubrange(place..<min(damaged.count, place + 60))
                }
                if damaged.isEmpty { damaged = [0x0A] }
            }
            result.append(damaged)
        }
        return result
    }
}
