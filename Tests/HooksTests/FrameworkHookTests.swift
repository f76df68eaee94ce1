import Foundation
import Hooks
import Testing

/// Hooks that look at the name they are called by and at what lies around them.
@Suite("Hook frameworks work on beside ours", .serialized)
struct FrameworkHookTests {
    private let sandbox: GitSandbox
    private let repository: String
    private let seen: String

    init() throws {
        sandbox = try GitSandbox()
        repository = try sandbox.repository()
        seen = sandbox.directory + "/seen"
    }

    private func installer(_ hooks: String, dataDirectory: String? = nil) -> HookInstaller {
        HookInstaller(
            hooksDirectory: hooks, commonDirectory: repository + "/.git",
            executable: sandbox.program, dataDirectory: dataDirectory)
    }

    private func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// All below a directory: modes, links and bytes.
    private func snapshot(_ directory: String) throws -> [String: String] {
        let manager = FileManager.default
        var files: [String: String] = [:]
        for name in try manager.subpathsOfDirectory(atPath: directory) {
            let path = directory + "/" + name
            let attributes = try manager.attributesOfItem(atPath: path)
            let link = try? manager.destinationOfSymbolicLink(atPath: path)
            let bytes = manager.contents(atPath: path)?.base64EncodedString()
            files[name] =
                "\(attributes[.posixPermissions] ?? "") \(link ?? "") \(bytes ?? "folder")"
        }
        return files
    }

    /// Installs, commits, and uninstalls; the framework's hook must run each time and come back.
    private func expectWork(
        _ hooks: String, _ trace: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let parent = (hooks as NSString).deletingLastPathComponent
        let watched = parent.hasSuffix("/.git") ? hooks : parent
        let before = try snapshot(watched)
        try sandbox.commit("before", in: repository)
        #expect(sandbox.text(of: seen) == trace, sourceLocation: sourceLocation)
        _ = try installer(hooks).install()
        #expect(
            try installer(hooks).install().changed.isEmpty, sourceLocation: sourceLocation)
        _ = try sandbox.takeCalls()
        try sandbox.commit("during", in: repository)
        #expect(sandbox.text(of: seen) == trace + trace, sourceLocation: sourceLocation)
        #expect(try sandbox.takeCalls().count == 1, sourceLocation: sourceLocation)
        _ = try installer(hooks).uninstall()
        #expect(try snapshot(watched) == before, sourceLocation: sourceLocation)
        #expect(!sandbox.exists(hooks + ".gitdex-chained"), sourceLocation: sourceLocation)
        try sandbox.commit("after", in: repository)
        #expect(
            sandbox.text(of: seen) == trace + trace + trace, sourceLocation: sourceLocation)
        #expect(try sandbox.takeCalls().isEmpty, sourceLocation: sourceLocation)
    }

    @Test("husky finds its own files beside and the project's hook above")
    func husky() throws {
        let hooks = repository + "/.husky/_"
        try makeDirectory(hooks)
        try sandbox.git(["config", "core.hooksPath", ".husky/_"], in: repository)
        try sandbox.write("*", to: hooks + "/.gitignore")
        for name in ["post-commit", "post-merge", "pre-commit"] {
            try sandbox.writeScript(". \"$(dirname \"$0\")/h\"", to: hooks + "/" + name)
        }
        try sandbox.write(
            """
            #!/usr/bin/env sh
            n=$(basename "$0")
            s=$(dirname "$(dirname "$0")")/$n
            [ ! -f "$s" ] && exit 0
            sh -e "$s" "$@"
            c=$?
            exit $c
            """, to: hooks + "/h")
        try sandbox.write(
            "echo project >>'\(seen.escaped)'\n", to: repository + "/.husky/post-commit")
        try expectWork(hooks, "project\n")
    }

    @Test("what a framework writes anew over ours is taken along by the next installation")
    func writtenAgain() throws {
        let hooks = repository + "/.husky/_"
        try makeDirectory(hooks)
        let script = "echo \"${0##*/}\" >>'\(seen.escaped)'"
        try sandbox.git(["config", "core.hooksPath", ".husky/_"], in: repository)
        try sandbox.writeScript(script, to: hooks + "/post-commit")
        _ = try installer(hooks).install()
        try FileManager.default.removeItem(atPath: hooks + "/post-commit")
        try sandbox.writeScript(script, to: hooks + "/post-commit")
        #expect(try installer(hooks).install().earlier == [.postCommit])
        _ = try sandbox.takeCalls()
        try sandbox.commit("second", in: repository)
        #expect(sandbox.text(of: seen) == "post-commit\n")
        #expect(try sandbox.takeCalls().count == 1)
    }

    @Test("one program behind many links sees which hook it is")
    func dispatcher() throws {
        let hooks = repository + "/.git/hooks"
        try makeDirectory(hooks)
        try sandbox.writeScript(
            """
            case ${0##*/} in
            post-commit) . "${0%/*}/library"; trace "$(readlink "$0")" ;;
            esac
            """, to: hooks + "/_run")
        try sandbox.write("trace() { echo \"$1\" >>'\(seen.escaped)'; }\n", to: hooks + "/library")
        for name in ["post-commit", "post-checkout", "pre-commit"] {
            #expect(symlink("_run", hooks + "/" + name) == 0)
        }
        try expectWork(hooks, "_run\n")
    }

    @Test("a generated script finds its own folder and hands on its arguments")
    func generated() throws {
        let hooks = repository + "/.git/hooks"
        try makeDirectory(hooks)
        try sandbox.write(
            """
            #!/usr/bin/env bash
            ARGS=(hook-impl --hook-type=post-commit)
            HERE="$(cd "$(dirname "$0")" && pwd)"
            ARGS+=(--hook-dir "$HERE" -- "$@")
            [ -x "$HERE/post-commit.legacy" ] && "$HERE/post-commit.legacy" "$@"
            echo "${ARGS[@]:0:2} $# $(basename "$0")" >>"\(seen)"
            """, to: hooks + "/post-commit")
        chmod(hooks + "/post-commit", 0o755)
        try sandbox.writeScript(
            "echo legacy >>'\(seen.escaped)'", to: hooks + "/post-commit.legacy")
        try expectWork(hooks, "legacy\nhook-impl --hook-type=post-commit 0 post-commit\n")
    }

    @Test("a plain script in any language keeps its name")
    func plain() throws {
        let hooks = repository + "/.git/hooks"
        try makeDirectory(hooks)
        try sandbox.write(
            """
            #!/usr/bin/env perl
            use File::Basename;
            open(my $file, '>>', "\(seen)");
            print $file basename($0), "\\n";
            """, to: hooks + "/post-commit")
        chmod(hooks + "/post-commit", 0o700)
        try expectWork(hooks, "post-commit\n")
    }

    @Test("a binary is called by its name")
    func binary() throws {
        let hooks = repository + "/.git/hooks"
        try makeDirectory(hooks)
        try FileManager.default.copyItem(
            atPath: URL(fileURLWithPath: "/bin/ls").resolvingSymlinksInPath().path,
            toPath: hooks + "/post-checkout")
        let before = try snapshot(hooks)
        _ = try installer(hooks).install()
        // It complains of the commits that git names as its arguments.
        let result = try sandbox.run(["git", "switch", "-q", "-c", "topic"], in: repository)
        #expect(result.output.contains("/post-checkout: "), "\(result.output)")
        #expect(try sandbox.takeCalls().count == 1)
        _ = try installer(hooks).uninstall()
        #expect(try snapshot(hooks) == before)
    }

    @Test("a data directory named at the installation is handed on, unless the environment has one")
    func dataDirectory() throws {
        try sandbox.writeScript(
            "echo \"$GITDEX_DATA_DIR\" >>\"\(seen)\"", to: sandbox.program)
        let hooks = repository + "/.git/hooks"
        let directory = sandbox.directory + "/data's"
        _ = try installer(hooks, dataDirectory: directory).install()
        #expect(installer(hooks).status().isComplete)
        try sandbox.commit("second", in: repository)
        #expect(sandbox.text(of: seen) == directory + "\n")
        _ = try sandbox.run(
            ["git", "commit", "-q", "--allow-empty", "-m", "x"], in: repository,
            environment: ["GITDEX_DATA_DIR": "/elsewhere"])
        #expect(sandbox.text(of: seen) == directory + "\n/elsewhere\n")
        #expect(try installer(hooks).install().changed == HookName.allCases)
        #expect(installer(hooks).status().isComplete)
    }
}

extension String {
    /// The text as it stands between single quotes of a shell.
    fileprivate var escaped: String { replacingOccurrences(of: "'", with: "'\\''") }
}
