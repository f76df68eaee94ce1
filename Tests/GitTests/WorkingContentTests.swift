import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Content of working files")
struct WorkingContentTests {
    private func started() throws -> GitFixture {
        let fixture = try GitFixture()
        try fixture.write(".gitattributes", "*.txt text\n")
        try fixture.commit()
        return fixture
    }

    @Test("the bytes, their own id and the mode come together")
    func content() throws {
        let fixture = try started()
        try fixture.write("run.sh", "echo\r\n")
        try fixture.setMode(0o755, of: "run.sh")
        try fixture.write("a.txt", "one\r\ntwo\r\n")
        try fixture.write("empty", "")
        try fixture.link("link", to: "run.sh")
        let repository = try Repository(at: fixture.path)
        let expected: [(name: String, stored: String, mode: FileMode)] = [
            ("run.sh", "echo\r\n", .executable), ("a.txt", "one\ntwo\n", .regular),
            ("empty", "", .regular), ("link", "run.sh", .symlink),
        ]
        for (name, stored, mode) in expected {
            let bytes = Array(stored.utf8)
            let hash = try fixture.git(bytes: ["hash-object", "--stdin"], input: bytes)
            let id = try oid(String(decoding: hash.dropLast(), as: UTF8.self))
            let found = try repository.workingContent(at: GitPath(name), limitBytes: 1000)
            #expect(found == .content(bytes: bytes, oid: id, mode: mode), "\(name)")
        }
    }

    @Test("the limit counts what git would store")
    func limit() throws {
        let fixture = try started()
        try fixture.write("raw", "1234")
        try fixture.write("lines.txt", "\r\n\r\n\r\n\r\n")
        try fixture.link("link", to: "1234")
        let repository = try Repository(at: fixture.path)
        for path: GitPath in ["raw", "lines.txt", "link"] {
            let small = try repository.workingContent(at: path, limitBytes: 3)
            #expect(small == .tooLarge, "\(path)")
            guard
                case .content(let bytes, _, _) =
                    try repository.workingContent(at: path, limitBytes: 4)
            else {
                Issue.record("\(path) has 4 bytes")
                continue
            }
            #expect(bytes.count == 4)
        }
    }

    @Test("where there is no file there is no content")
    func missing() throws {
        let fixture = try started()
        try fixture.write("folder/file", "text\n")
        let repository = try Repository(at: fixture.path)
        for path: GitPath in ["missing", "folder", "folder/file/x"] {
            #expect(try repository.workingContent(at: path, limitBytes: 1000) == nil)
            #expect(try repository.workingFileSize(path) == nil)
        }
        let bareFixture = try GitFixture(["--bare"])
        let bare = try Repository(at: bareFixture.path)
        #expect { try bare.workingContent(at: "a", limitBytes: 1) } throws: {
            ($0 as? GitError)?.code == .bareRepository
        }
    }

    #if os(Linux)
        @Test("a huge file is hashed and refused without being held in memory")
        func huge() throws {
            let fixture = try started()
            // Other tests run in this process meanwhile: far more than they all take together.
            let size = 2 << 30
            let path = fixture.path + "/huge"
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            #expect(truncate(path, off_t(size)) == 0)
            let repository = try Repository(at: fixture.path)
            #expect(try repository.workingFileSize("huge") == size)
            let before = try peakMemoryBytes()
            let content = try repository.workingContent(at: "huge", limitBytes: 1 << 20)
            #expect(content == .tooLarge)
            let changes = try repository.workingTreeChanges(against: try tree(repository))
            #expect(try peakMemoryBytes() - before < size * 3 / 4)
            let hash = try fixture.git("hash-object", "huge")
            #expect(changes.map(\.new?.oid.hex) == [hash])
        }

        /// The most memory that this process ever had, by the kernel's count.
        private func peakMemoryBytes() throws -> Int {
            let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
            let digits = try #require(Int(line.filter(\.isNumber)))
            return digits << 10
        }
    #endif
}
