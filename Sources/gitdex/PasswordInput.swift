import Cryptography
import Glibc

/// Passwords from whoever runs a command: never as an argument, which every user of a machine sees.
enum PasswordInput {
    private static let byteLimit = 4096
    private static let generatedByteCount = 18

    /// A password that nobody thought of: 24 letters, digits, `-` and `_`.
    static func generate() throws -> String {
        Base64URL.encodeUnpadded(try SecureRandom.bytes(generatedByteCount))
    }

    /// Reads a password: asked for twice on a terminal, else the first line of standard input.
    static func read() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try line() }
        let first = try ask("password: ")
        guard try ask("once more: ") == first else {
            throw CommandError(
                "the two passwords differ", remedy: "run the command again",
                status: Termination.usage)
        }
        return first
    }

    /// Asks on the terminal without showing what is typed.
    private static func ask(_ prompt: String) throws -> String {
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return try line() }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        Terminal.printError(prompt)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            Terminal.printError("\n")
        }
        return try line()
    }

    /// One line of standard input, byte by byte, so that a second one stays there.
    private static func line() throws -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count <= byteLimit {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || byte == UInt8(ascii: "\n") { break }
            bytes.append(byte)
        }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(
                "no password was given",
                remedy: "type it, pipe it into the command, or use --generate",
                status: Termination.usage)
        }
        return text
    }
}
