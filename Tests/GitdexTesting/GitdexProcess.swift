import Foundation

/// A run of the real `gitdex` that was built beside the tests.
///
/// Standard input is empty, and both outputs go to files, so that neither a full pipe nor a process
/// that the command leaves behind can hold the test up.
public final class GitdexProcess {
    /// A process that could not be started.
    public struct Failure: Error, CustomStringConvertible {
        /// What could not be done.
        public let description: String
    }

    /// The path of the executable in the folder of the build's products.
    public static let executable: String = {
        #if os(Linux)
            let manager = FileManager.default
            let bundle = (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        #else
            let bundle =
                Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? ""
        #endif
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/gitdex"
    }()

    /// The process's number.
    public let identifier: Int32
    private let stem: String
    private var outcome: GitdexOutcome?

    /// Starts a command.
    ///
    /// - Parameters:
    ///   - arguments: The words after `gitdex`.
    ///   - program: What is run; a program before `gitdex`, such as one that changes the user,
    ///     is given with its own arguments.
    ///   - directory: The working directory.
    ///   - environment: The whole environment.
    /// - Throws: ``Failure``.
    public init(
        _ arguments: [String], program: [String] = [GitdexProcess.executable],
        in directory: String, environment: [String: String]
    ) throws {
        stem =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex-output-" + UUID().uuidString).path
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for (descriptor, suffix) in [(Int32(1), ".out"), (2, ".err")] {
            posix_spawn_file_actions_addopen(
                &actions, descriptor, stem + suffix, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        // The test runner's threads block or ignore signals that the command is to die of.
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        // The shell becomes the program, which so has the number that is known here.
        let change = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory]
        let words = (change + program + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, change[0], &actions, &attributes, words, variables)
        guard code == 0 else {
            throw Failure(
                description: "cannot run \(program[0]) in \(directory): "
                    + String(cString: strerror(code)))
        }
        identifier = child
    }

    deinit {
        if outcome == nil {
            signal(SIGKILL)
            _ = finish()
        }
    }

    /// Sends the process a signal, unless its end was waited for.
    ///
    /// - Parameter number: The signal.
    public func signal(_ number: Int32) {
        if outcome == nil { kill(identifier, number) }
    }

    /// Whether the process runs still.
    public var isRunning: Bool {
        outcome == nil && !take(WNOHANG)
    }

    /// What the process has written to standard error so far.
    public var errorsSoFar: String {
        if let outcome { return outcome.errors }
        let data = FileManager.default.contents(atPath: stem + ".err") ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: How it ended, and what it printed.
    @discardableResult
    public func finish() -> GitdexOutcome {
        while true {
            if let outcome { return outcome }
            _ = take(0)
        }
    }

    /// Takes the exit status where there is one; true when the process is over.
    private func take(_ options: Int32) -> Bool {
        var status: Int32 = 0
        let number = waitpid(identifier, &status, options)
        if number == 0 || (number < 0 && errno == EINTR) { return false }
        let signal = status & 0x7F
        outcome = GitdexOutcome(
            status: signal == 0 ? (status >> 8) & 0xFF : -signal,
            output: takeFile(".out"), errors: takeFile(".err"))
        return true
    }

    private func takeFile(_ suffix: String) -> String {
        let data = FileManager.default.contents(atPath: stem + suffix) ?? Data()
        try? FileManager.default.removeItem(atPath: stem + suffix)
        return String(decoding: data, as: UTF8.self)
    }
}
