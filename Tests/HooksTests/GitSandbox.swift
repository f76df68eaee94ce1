import Foundation

/// A directory with real git repositories, cut off from the host's git settings, and a stand-in
/// for the `gitdex` program that records how it was called.
///
/// Every command holds a named pipe open through all it starts, background processes included, so
/// that its end of file tells without any clock that the last of them is gone.
final class GitSandbox {
    let directory: String
    /// The stand-in for the program that the hooks start.
    let program: String
    /// Where the stand-in writes one line a call.
    let callsFile: String
    private let livenessFile: String
    private let liveness: Int32

    init() throws {
        // A space and a quote, since hooks have to live with any path.
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex hook's \(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.resolvingSymlinksInPath().path
        program = directory + "/gitdex program"
        callsFile = directory + "/calls"
        livenessFile = directory + "/liveness"
        guard mkfifo(livenessFile, 0o600) == 0 else { throw SandboxFailure(what: "mkfifo") }
        liveness = open(livenessFile, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard liveness >= 0 else { throw SandboxFailure(what: "open \(livenessFile)") }
        try writeProgram()
    }

    deinit {
        close(liveness)
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Writes the stand-in; `before` runs ahead of its record.
    func writeProgram(before: String = ":") throws {
        try writeScript(
            """
            \(before)
            line=$(printf '%s|' "$@")
            line="${line}git:${GIT_DIR-}${GIT_INDEX_FILE-}${GIT_PREFIX-}${GIT_WORK_TREE-}|"
            status=$(cat /proc/$$/stat)
            set -- ${status##*) }
            if [ "$4" = $$ ]; then line="${line}detached"; fi
            printf '%s\\n' "$line" >>"\(callsFile)"
            """, to: program)
    }

    func write(_ text: String, to path: String) throws {
        // Closed in every child: a hook that a child held open for writing could not be run.
        guard let file = fopen(path, "wbe") else { throw CocoaError(.fileWriteUnknown) }
        defer { fclose(file) }
        fputs(text, file)
    }

    func writeScript(_ body: String, to path: String) throws {
        try write("#!/bin/sh\n\(body)\n", to: path)
        guard chmod(path, 0o755) == 0 else { throw SandboxFailure(what: "chmod \(path)") }
    }

    func text(of path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// Returns the calls of the stand-in since the last time, each split into its parts.
    func takeCalls() throws -> [[String]] {
        let lines = text(of: callsFile).split(separator: "\n")
        if exists(callsFile) { try FileManager.default.removeItem(atPath: callsFile) }
        return lines.map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Makes a repository with one commit on `main`.
    func repository(_ name: String = "repository") throws -> String {
        let path = directory + "/" + name
        try git(["init", "-q", "-b", "main", path], in: directory)
        try commit("first", in: path)
        return path
    }

    func commit(_ message: String, in repository: String) throws {
        try write(message, to: repository + "/" + message + ".txt")
        try git(["add", "."], in: repository)
        try git(["commit", "-q", "-m", message], in: repository)
    }

    @discardableResult
    func git(_ arguments: [String], in directory: String) throws -> String {
        let result = try run(["git"] + arguments, in: directory)
        guard result.status == 0 else {
            throw SandboxFailure(what: "git \(arguments) ended with \(result): \(result.output)")
        }
        return result.output
    }

    /// Runs a command and waits for it, its output, and all that it left in the background.
    ///
    /// With `waitsForBackground` false it comes back while background processes run on.
    func run(
        _ command: [String], in directory: String, environment extra: [String: String] = [:],
        waitsForBackground: Bool = true
    ) throws -> (status: Int32, output: String) {
        let script = "exec 20>\"$0\"; cd \"$1\"; shift; exec \"$@\""
        let environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": self.directory, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
            "GIT_EDITOR": "true", "GIT_SEQUENCE_EDITOR": "true",
        ].merging(extra) { $1 }
        let child = try ChildProcess(
            "/bin/bash", ["-c", script, livenessFile, directory] + command,
            environment: environment)
        let result = try child.finish()
        if waitsForBackground { settle() }
        return result
    }

    /// Waits until nothing that a command started is left.
    func settle() {
        var state = pollfd(fd: liveness, events: Int16(POLLIN), revents: 0)
        while state.revents & Int16(POLLHUP) == 0 {
            let count = poll(&state, 1, 30_000)
            if count == 0 { return }
        }
    }
}

/// A fixture that could not be made.
struct SandboxFailure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
