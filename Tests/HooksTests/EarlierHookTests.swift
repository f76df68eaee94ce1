import Foundation
import Hooks
import Testing

@Suite("An earlier hook keeps its work", .serialized)
struct EarlierHookTests {
    private let sandbox: GitSandbox
    private let repository: String
    private let hooks: String
    private let seen: String

    init() throws {
        sandbox = try GitSandbox()
        repository = try sandbox.repository()
        hooks = repository + "/.git/hooks"
        seen = sandbox.directory + "/seen"
        try FileManager.default.createDirectory(atPath: hooks, withIntermediateDirectories: true)
    }

    private var installer: HookInstaller {
        HookInstaller(
            hooksDirectory: hooks, commonDirectory: repository + "/.git",
            executable: sandbox.program)
    }

    private func move(_ name: String, to other: String) throws {
        try? FileManager.default.removeItem(atPath: hooks + "/" + other)
        try FileManager.default.moveItem(
            atPath: hooks + "/" + name, toPath: hooks + "/" + other)
    }

    @Test("it runs first, with git's arguments, and its exit status is git's to see")
    func runsFirst() throws {
        try sandbox.writeScript(
            "echo \"$# $3\" >\"\(seen)\"; exit 3", to: hooks + "/post-checkout")
        let changes = try installer.install()
        #expect(changes.earlier == [.postCheckout])
        let result = try sandbox.run(["git", "switch", "-q", "-c", "topic"], in: repository)
        #expect(result.status != 0)
        #expect(sandbox.text(of: seen) == "3 1\n")
        #expect(try sandbox.takeCalls().count == 1)
        let direct = try sandbox.run([hooks + "/post-checkout", "a", "b", "0"], in: repository)
        #expect(direct.status == 3)
    }

    @Test("it reads the standard input that git gives")
    func standardInput() throws {
        try sandbox.writeScript("cat >\"\(seen)\"", to: hooks + "/post-rewrite")
        _ = try installer.install()
        let old = try sandbox.git(["rev-parse", "HEAD"], in: repository).dropLast()
        try sandbox.git(["commit", "-q", "--amend", "-m", "other"], in: repository)
        let new = try sandbox.git(["rev-parse", "HEAD"], in: repository).dropLast()
        #expect(sandbox.text(of: seen) == "\(old) \(new)\n")
    }

    @Test("one that may not run is not run, as git would not")
    func notExecutable() throws {
        try sandbox.write("#!/bin/sh\ntouch '\(seen)'\n", to: hooks + "/post-commit")
        _ = try installer.install()
        try sandbox.commit("second", in: repository)
        #expect(!sandbox.exists(seen))
        #expect(try sandbox.takeCalls().count == 1)
    }

    @Test("a framework that runs our hook as its own earlier one does not go in circles")
    func noCircle() throws {
        try sandbox.writeScript("echo once >>\"\(seen)\"", to: hooks + "/post-commit")
        _ = try installer.install()
        try move("post-commit", to: "post-commit.legacy")
        try sandbox.writeScript(
            "echo framework >>\"\(seen)\"; \"$0.legacy\" \"$@\"", to: hooks + "/post-commit")
        try sandbox.commit("second", in: repository)
        #expect(sandbox.text(of: seen) == "framework\nonce\n")
        #expect(try sandbox.takeCalls().count == 1)
        #expect(throws: HookError.self) { try installer.install() }
        // As kept by both: the framework's hook is our earlier one, and ours is the framework's.
        try move("post-commit", to: "post-commit.gitdex-chained")
        try sandbox.writeScript(
            "\"${0%.gitdex-chained}.legacy\" \"$@\"", to: hooks + "/post-commit.gitdex-chained")
        _ = try installer.install()
        try sandbox.commit("third", in: repository)
        #expect(try sandbox.takeCalls().count == 1)
    }
}
