import Foundation

/// A temporary git repository made by the real `git`, cut off from the host's configuration.
///
/// Authors and dates are fixed, so that the same steps give the same object ids. The repository and
/// all that a test puts beside it in ``folder`` is removed with the last reference.
public final class GitFixture {
    /// A failed git command.
    public struct Failure: Error, CustomStringConvertible {
        /// The command and what it printed.
        public let description: String
    }

    /// The temporary folder that holds the repository and whatever a test puts beside it.
    public let folder: String
    /// The path of the repository: its working directory, or the bare repository itself.
    public let path: String
    private var ticks = 0

    /// Makes an empty repository.
    ///
    /// - Parameter arguments: More arguments of `git init`, such as `--bare`.
    /// - Throws: ``Failure`` when git fails.
    public init(_ arguments: [String] = []) throws {
        let name = "gitdex-fixture-" + UUID().uuidString
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        path = folder + "/repository"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
        try git(["init", "--quiet", "--initial-branch=main"] + arguments)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Runs git in the repository.
    ///
    /// - Parameters:
    ///   - arguments: The words after `git`.
    ///   - input: What git reads from its standard input.
    ///   - directory: Where to run it; `nil` for the repository.
    ///   - accepting: The exit statuses that are no failure.
    /// - Returns: The bytes git printed.
    /// - Throws: ``Failure`` when git ends with another status.
    @discardableResult
    public func git(
        bytes arguments: [String], input: [UInt8] = [], in directory: String? = nil,
        accepting: Set<Int32> = [0]
    ) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory ?? path)
        process.environment = environment
        let stem = folder + "/." + UUID().uuidString
        for suffix in [".in", ".out", ".err"] {
            _ = FileManager.default.createFile(
                atPath: stem + suffix, contents: suffix == ".in" ? Data(input) : Data())
        }
        defer {
            for suffix in [".in", ".out", ".err"] {
                try? FileManager.default.removeItem(atPath: stem + suffix)
            }
        }
        process.standardInput = FileHandle(forReadingAtPath: stem + ".in")
        process.standardOutput = FileHandle(forWritingAtPath: stem + ".out")
        process.standardError = FileHandle(forWritingAtPath: stem + ".err")
        try process.run()
        process.waitUntilExit()
        let output = FileManager.default.contents(atPath: stem + ".out") ?? Data()
        guard accepting.contains(process.terminationStatus) else {
            let error = FileManager.default.contents(atPath: stem + ".err") ?? Data()
            throw Failure(
                description: "git \(arguments.joined(separator: " ")) ended with "
                    + "\(process.terminationStatus): \(String(decoding: error, as: UTF8.self))")
        }
        return Array(output)
    }

    /// Runs git in the repository and returns its output as text.
    ///
    /// - Parameters:
    ///   - arguments: The words after `git`.
    ///   - directory: Where to run it; `nil` for the repository.
    /// - Returns: What git printed, without the white space around it.
    /// - Throws: ``Failure`` when git fails.
    @discardableResult
    public func git(_ arguments: [String], in directory: String? = nil) throws -> String {
        String(decoding: try git(bytes: arguments, in: directory), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs git in the repository and returns its output as text.
    ///
    /// - Parameter arguments: The words after `git`.
    /// - Returns: What git printed, without the white space around it.
    /// - Throws: ``Failure`` when git fails.
    @discardableResult
    public func git(_ arguments: String...) throws -> String {
        try git(arguments)
    }

    /// Commits everything in the working directory, also when nothing changed.
    ///
    /// - Parameter message: The message.
    /// - Returns: The id of the commit, 40 digits.
    /// - Throws: ``Failure`` when git fails.
    @discardableResult
    public func commit(_ message: String = "change") throws -> String {
        try git("add", "--all", "--force")
        return try commitStaged(message)
    }

    /// Commits what is staged, also when nothing is.
    ///
    /// - Parameter message: The message.
    /// - Returns: The id of the commit, 40 digits.
    /// - Throws: ``Failure`` when git fails.
    @discardableResult
    public func commitStaged(_ message: String = "change") throws -> String {
        ticks += 1
        try git("commit", "--quiet", "--allow-empty", "--message", message)
        return try git("rev-parse", "HEAD")
    }

    /// Writes a file of the working directory, making the folders above it.
    ///
    /// - Parameters:
    ///   - name: The path in the repository.
    ///   - text: The content.
    /// - Throws: ``Failure`` when the file cannot be written.
    public func write(_ name: String, _ text: String) throws {
        try write(bytes: Array(name.utf8), Array(text.utf8))
    }

    /// Writes a file of the working directory, making the folders above it.
    ///
    /// - Parameters:
    ///   - name: The path in the repository, in any encoding.
    ///   - content: The content.
    /// - Throws: ``Failure`` when the file cannot be written.
    public func write(bytes name: [UInt8], _ content: [UInt8]) throws {
        for (index, byte) in name.enumerated() where byte == UInt8(ascii: "/") {
            mkdir(fullPath(Array(name[..<index])), 0o755)
        }
        // Closed in every child: a hook that a child held open for writing could not be run.
        guard let file = fopen(fullPath(name), "wbe") else {
            throw Failure(
                description: "cannot write \(String(decoding: name, as: UTF8.self)): "
                    + String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        guard fwrite(content, 1, content.count, file) == content.count else {
            throw Failure(description: "cannot write \(String(decoding: name, as: UTF8.self))")
        }
    }

    /// Removes a file or folder of the working directory.
    ///
    /// - Parameter name: The path in the repository.
    /// - Throws: An error when it cannot be removed.
    public func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    /// Makes a symbolic link in the working directory.
    ///
    /// - Parameters:
    ///   - name: The path of the link in the repository.
    ///   - target: Where it points to.
    /// - Throws: An error when it cannot be made.
    public func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: path + "/" + name, withDestinationPath: target)
    }

    /// Sets the permission bits of a file of the working directory.
    ///
    /// - Parameters:
    ///   - mode: The bits, such as `0o755`.
    ///   - name: The path in the repository.
    /// - Throws: An error when they cannot be set.
    public func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    private func fullPath(_ name: [UInt8]) -> [CChar] {
        (Array(path.utf8) + [UInt8(ascii: "/")] + name + [0]).map { CChar(bitPattern: $0) }
    }

    private var environment: [String: String] {
        let date = "2024-01-01T00:\(ticks / 60 % 60):\(ticks % 60)Z"
        return [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": folder, "LC_ALL": "C", "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_ATTR_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0",
            "GIT_AUTHOR_NAME": "A U Thor", "GIT_AUTHOR_EMAIL": "author@example.com",
            "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_NAME": "C O Mitter",
            "GIT_COMMITTER_EMAIL": "committer@example.com", "GIT_COMMITTER_DATE": date,
            "GIT_ALLOW_PROTOCOL": "file",
        ]
    }
}
