import Foundation
import Hooks
import Testing

@Suite("Installing and removing leaves things as they were", .serialized)
struct HookInstallerTests {
    private let sandbox: GitSandbox
    private let repository: String
    private let hooks: String

    init() throws {
        sandbox = try GitSandbox()
        repository = try sandbox.repository()
        hooks = repository + "/.git/hooks"
        try? FileManager.default.removeItem(atPath: hooks)
    }

    private func installer(
        _ program: String? = nil, hooks: String? = nil, repository: String? = nil
    ) -> HookInstaller {
        HookInstaller(
            hooksDirectory: hooks ?? self.hooks,
            commonDirectory: (repository ?? self.repository) + "/.git",
            executable: program ?? sandbox.program)
    }

    private func snapshot(_ directory: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let path = directory + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = attributes[.posixPermissions] as? Int ?? 0
            files[name] = "\(mode) \(sandbox.text(of: path))"
        }
        return files
    }

    @Test("a fresh repository gets four hooks, once")
    func fresh() throws {
        let first = try installer().install()
        #expect(first.changed == HookName.allCases)
        #expect(first.earlier.isEmpty)
        let before = try snapshot(hooks)
        #expect(Set(before.keys) == Set(HookName.allCases.map(\.rawValue)))
        let second = try installer().install()
        #expect(second.changed.isEmpty)
        #expect(try snapshot(hooks) == before)
        #expect(installer().status().isComplete)
        let removed = try installer().uninstall()
        #expect(removed.changed == HookName.allCases)
        #expect(try snapshot(hooks).isEmpty)
        #expect(try installer().uninstall().changed.isEmpty)
        #expect(!installer().status().isEnabled)
    }

    @Test("earlier hooks of any kind come back as they were")
    func restored() throws {
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
        try sandbox.writeScript("echo mine", to: hooks + "/post-commit")
        try sandbox.write("not runnable", to: hooks + "/post-merge")
        try sandbox.writeScript("exit 1", to: hooks + "/pre-commit")
        #expect(symlink("pre-commit", hooks + "/post-checkout") == 0)
        let before = try snapshot(hooks)
        #expect(try installer().install().earlier == [.postCommit, .postMerge, .postCheckout])
        #expect(try installer().install().changed.isEmpty)
        #expect(
            try installer().uninstall().earlier == [.postCommit, .postMerge, .postCheckout])
        #expect(try snapshot(hooks) == before)
        let link = try FileManager.default.destinationOfSymbolicLink(
            atPath: hooks + "/post-checkout")
        #expect(link == "pre-commit")
    }

    @Test("a moved program and an older script are brought up to date")
    func outdated() throws {
        _ = try installer("/old/place/gitdex").install()
        let status = installer().status()
        #expect(status.hooks.allSatisfy { $0.place == .outdated })
        #expect(status.executable == "/old/place/gitdex")
        #expect(!status.isExecutableThere)
        try sandbox.writeScript("# gitdex-hook 0: old", to: hooks + "/post-merge")
        #expect(try installer().install().changed == HookName.allCases)
        #expect(installer().status().executable == sandbox.program)
        #expect(installer().status().isComplete)
        #expect(!sandbox.exists(hooks + "/post-merge.gitdex-chained"))
    }

    @Test("cut short, it is finished by doing it again")
    func cutShort() throws {
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
        try sandbox.writeScript("echo mine", to: hooks + "/post-commit.gitdex-chained")
        #expect(try installer().install().earlier == [.postCommit])
        try FileManager.default.removeItem(atPath: hooks + "/post-commit")
        #expect(try installer().uninstall().earlier == [.postCommit])
        #expect(sandbox.text(of: hooks + "/post-commit") == "#!/bin/sh\necho mine\n")
    }

    @Test("a hook that somebody put over ours is not touched")
    func replaced() throws {
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
        try sandbox.writeScript("echo mine", to: hooks + "/post-commit")
        _ = try installer().install()
        try sandbox.writeScript("echo newer", to: hooks + "/post-commit")
        let before = try snapshot(hooks)
        let error = #expect(throws: HookError.self) { try installer().install() }
        #expect(error?.code == .conflict)
        #expect(try snapshot(hooks) == before)
        let changes = try installer().uninstall()
        #expect(changes.left == [.postCommit])
        #expect(sandbox.text(of: hooks + "/post-commit") == "#!/bin/sh\necho newer\n")
        #expect(sandbox.exists(hooks + "/post-commit.gitdex-chained"))
    }

    @Test("shared hooks go with the last repository that wants them")
    func shared() throws {
        let other = try sandbox.repository("other")
        let hooks = sandbox.directory + "/shared"
        _ = try installer(hooks: hooks).install()
        _ = try installer(hooks: hooks, repository: other).install()
        let first = try installer(hooks: hooks).uninstall()
        #expect(first.sharedWith == [other + "/.git"])
        #expect(first.changed.isEmpty)
        #expect(sandbox.exists(hooks + "/post-commit"))
        #expect(!installer(hooks: hooks).status().isEnabled)
        #expect(try installer(hooks: hooks, repository: other).uninstall().sharedWith.isEmpty)
        #expect(try snapshot(hooks).isEmpty)
    }

    @Test("shared hooks do not wait for a repository that was deleted")
    func sharedWithDeleted() throws {
        let other = try sandbox.repository("other")
        let hooks = sandbox.directory + "/shared"
        _ = try installer(hooks: hooks, repository: other).install()
        _ = try installer(hooks: hooks).install()
        try FileManager.default.removeItem(atPath: other)
        #expect(try installer(hooks: hooks).uninstall().sharedWith.isEmpty)
        #expect(try snapshot(hooks).isEmpty)
    }

    @Test("a program named by a relative path is refused, a directory in the way is told")
    func failures() throws {
        let relative = #expect(throws: HookError.self) { try installer("gitdex").install() }
        #expect(relative?.code == .badExecutable)
        try sandbox.write("", to: hooks)
        let blocked = #expect(throws: HookError.self) { try installer().install() }
        #expect(blocked?.code == .fileSystem)
        #expect(blocked.map { !"\($0)".contains("\n") } == true)
    }
}
