import Foundation
import Testing

@testable import Chunking

@Suite("Real files that this system happens to have")
struct SystemFileTests {
    /// Folders with source text on common systems; those that are missing are passed over.
    private static let folders = [
        "/usr/include", "/usr/lib/python3", "/usr/local/lib/python3", "/usr/share/perl5",
        "/usr/share/perl", "/usr/share/doc", "/usr/lib/ruby", "/usr/share/vim",
        "/usr/share/bash-completion", "/usr/share/cmake", "/usr/lib/git-core", "/etc",
    ]

    private static let mostFiles = 60
    private static let mostBytes = 400_000

    @Test("chunks cover each file", arguments: folders)
    func covered(_ folder: String) throws {
        let chunker = Chunker(grammars: try Grammars.library())
        for path in Self.files(in: folder) {
            guard let data = FileManager.default.contents(atPath: path),
                data.count <= Self.mostBytes
            else { continue }
            let bytes = [UInt8](data)
            let language = Grammars.language(path, bytes)
            let text = bytes.withUnsafeBytes { chunker.chunk($0, language: language) }
            #expect(ChunkInvariants.broken(text, bytes).isEmpty, "\(path) as \(language)")
        }
    }

    private static func files(in folder: String) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        var files: [String] = []
        while files.count < mostFiles, let name = walk.nextObject() as? String {
            let type = walk.fileAttributes?[.type] as? FileAttributeType
            if type == .typeRegular { files.append(folder + "/" + name) }
        }
        return files
    }
}
