import Foundation
import Git
import GitdexTesting
import Testing

@Suite("Opening a repository")
struct RepositoryOpeningTests {
    @Test("finds it from a folder, a file and a new path inside")
    func discovers() throws {
        let fixture = try GitFixture()
        try fixture.write("a/b/c.txt", "text\n")
        try fixture.commit()
        for inside in ["", "/a", "/a/b/c.txt", "/.git"] {
            let repository = try Repository.discover(from: fixture.path + inside)
            #expect(repository.commonDirectory.hasSuffix("/repository/.git"))
            #expect(!repository.isShallow)
        }
        let repository = try Repository(at: fixture.path)
        #expect(repository.workingDirectory?.hasSuffix("/repository") == true)
        #expect(!repository.isBare)
        #expect(throws: GitError.self) { try Repository(at: fixture.path + "/a") }
    }

    @Test("knows a bare repository")
    func bare() throws {
        let fixture = try GitFixture(["--bare"])
        let repository = try Repository(at: fixture.path)
        #expect(repository.isBare)
        #expect(repository.workingDirectory == nil)
        #expect(try repository.hooksDirectory() == repository.gitDirectory + "/hooks")
        #expect { try repository.workingTreeChanges(against: nil) } throws: {
            ($0 as? GitError)?.code == .bareRepository
        }
    }

    @Test("knows a linked worktree and what it shares")
    func worktree() throws {
        let fixture = try GitFixture()
        try fixture.write("a.txt", "text\n")
        let first = try fixture.commit()
        let other = fixture.folder + "/other"
        try fixture.git("worktree", "add", "--quiet", "-b", "side", other)
        try fixture.git("config", "extensions.worktreeConfig", "true")
        let repository = try Repository.discover(from: other)
        #expect(repository.commonDirectory.hasSuffix("/repository/.git"))
        #expect(repository.gitDirectory.hasSuffix("/repository/.git/worktrees/other"))
        #expect(repository.workingDirectory?.hasSuffix("/other") == true)
        #expect(try repository.head() == .branch(name: "side", commit: try oid(first)))
        #expect(try repository.hooksDirectory() == repository.commonDirectory + "/hooks")
        #expect(try repository.workingTreeChanges(against: try tree(repository)).isEmpty)
    }

    @Test("finds hooks where core.hooksPath says")
    func hooks() throws {
        let fixture = try GitFixture()
        let usual = try Repository(at: fixture.path)
        #expect(try usual.hooksDirectory() == usual.gitDirectory + "/hooks")
        try fixture.git("config", "core.hooksPath", ".husky")
        let relative = try Repository(at: fixture.path)
        let top = try #require(relative.workingDirectory)
        #expect(try relative.hooksDirectory() == top + "/.husky")
        try fixture.git("config", "core.hooksPath", "/srv/hooks")
        #expect(try Repository(at: fixture.path).hooksDirectory() == "/srv/hooks")
    }

    @Test("says clearly what is not a repository")
    func notARepository() throws {
        let fixture = try GitFixture()
        for path in [fixture.folder, fixture.folder + "/missing"] {
            #expect { try Repository.discover(from: path) } throws: { error in
                guard let error = error as? GitError else { return false }
                return error.code == .notARepository && error.description.contains(path)
            }
        }
    }

    @Test("says of a path that is not UTF-8 that this is why it cannot be used")
    func notText() throws {
        let fixture = try GitFixture()
        try fixture.write(bytes: [0xE9] + Array("/a.txt".utf8), [])
        let link = fixture.folder + "/link"
        let target = Array(fixture.path.utf8) + [UInt8(ascii: "/"), 0xE9]
        #expect(symlink(target.map { CChar(bitPattern: $0) } + [0], link) == 0)
        try fixture.git(["init", "--quiet", link])
        for path in [link, String(decoding: target, as: UTF8.self)] {
            #expect { try Repository.discover(from: path) } throws: { error in
                guard let error = error as? GitError else { return false }
                return error.code == .unsupportedPath && error.description.contains("UTF-8")
            }
        }
    }

    @Test("refuses object names by SHA-256")
    func otherObjectFormat() throws {
        let fixture = try GitFixture(["--object-format=sha256"])
        try fixture.write("a.txt", "text\n")
        try fixture.commit()
        #expect { try Repository.discover(from: fixture.path) } throws: {
            ($0 as? GitError)?.code == .unsupportedObjectFormat
        }
    }

    @Test("refuses an extension it does not know")
    func unknownExtension() throws {
        let fixture = try GitFixture()
        try fixture.git("config", "core.repositoryFormatVersion", "1")
        try fixture.git("config", "extensions.refStorage", "reftable")
        #expect { try Repository(at: fixture.path) } throws: {
            ($0 as? GitError)?.code == .unsupportedExtension
        }
    }

    @Test("says that permission is missing", .enabled(if: getuid() != 0))
    func permissionDenied() throws {
        let fixture = try GitFixture()
        try fixture.setMode(0, of: ".git")
        defer { try? fixture.setMode(0o755, of: ".git") }
        #expect { try Repository(at: fixture.path) } throws: {
            ($0 as? GitError)?.code == .permissionDenied
        }
    }

    @Test("refuses a repository of another user", .enabled(if: getuid() == 0))
    func otherOwner() throws {
        let fixture = try GitFixture()
        #expect(chown(fixture.path, 12_345, 12_345) == 0)
        #expect(chown(fixture.path + "/.git", 12_345, 12_345) == 0)
        #expect { try Repository(at: fixture.path) } throws: { error in
            guard let error = error as? GitError else { return false }
            return error.code == .unsafeOwnership && error.description.contains("safe.directory")
        }
    }
}
