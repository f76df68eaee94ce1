import API
import Accounts
import ArgumentParser
import Cryptography
import EmbeddedPostgres
import Git
import Glibc
import Hooks
import Indexing
import Postgres
import Queue
import Search
import Settings
import Storage
import Webhook
import Workers

/// The one place that maps errors to what the user reads and to the exit status.
enum Termination {
    /// It ran and the answer is no.
    static let no = ExitCode(1)
    /// The command line or a setting is wrong.
    static let usage = ExitCode(2)
    /// A service that is needed cannot be reached.
    static let unreachable = ExitCode(3)

    /// Prints an error as one line and ends the process.
    static func end(with thrown: any Error) -> Never {
        let error = EmbeddedServerFailure.explained(thrown)
        if let code = error as? ExitCode { leave(code.rawValue) }
        if error is CleanExit || Gitdex.exitCode(for: error) == .success {
            Terminal.print(Gitdex.fullMessage(for: error))
            leave(ExitCode.success.rawValue)
        }
        if let status = status(of: error) {
            fail(String(describing: error), status)
        }
        if Gitdex.exitCode(for: error) == .validationFailure { fail(usageLine(of: error), usage) }
        fail("\(error)", no)
    }

    /// The parser's message in one line, with the command whose help says more.
    private static func usageLine(of error: any Error) -> String {
        var message = Gitdex.message(for: error)
        if message.hasSuffix(".") { message.removeLast() }
        let command =
            Gitdex.fullMessage(for: error).firstMatch(of: /See '(gitdex.* --help)'/)
            .map { String($0.1) } ?? "gitdex --help"
        return "\(message): see '\(command)'"
    }

    /// Ends the process, the only way that this program does.
    ///
    /// What libraries clean up at an exit is left to the kernel: OpenSSL's clean-up takes away what
    /// another thread, which opens a connection at that moment, is about to use.
    ///
    /// - Parameter status: The exit status.
    static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    /// Prints an error as one line; the command goes on.
    static func report(_ error: any Error) {
        printLine(String(describing: error))
    }

    /// A message that repeats an argument of any length is cut to this many characters.
    private static let longestLine = 1_000

    private static func fail(_ message: String, _ code: ExitCode) -> Never {
        printLine(message)
        leave(code.rawValue)
    }

    private static func printLine(_ message: String) {
        var line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        if line.count > longestLine {
            // What happened stands in front, what to do at the end.
            line = "\(line.prefix(longestLine / 2)) … \(line.suffix(longestLine / 2))"
        }
        Terminal.printError("gitdex: \(line)\n")
    }

    /// The exit status of an error of one of the rooms, or nil.
    private static func status(of error: any Error) -> ExitCode? {
        switch error {
        case is EmbeddedPostgresError: unreachable
        case let error as PostgresError: error.isUnreachable ? unreachable : no
        case let error as StorageError:
            switch error.code {
            case .serverTooOld, .vectorExtension, .schemaBehind, .schemaUnknown: unreachable
            case .invalidArgument: usage
            default: no
            }
        case is SettingsError: usage
        case let error as AccountError:
            switch error.code {
            case .invalidEmail, .weakPassword, .invalidArgument: usage
            default: no
            }
        case let error as IndexingError: error.code == .invalidRequest ? usage : no
        case let error as CommandError: error.status
        case let error as QueueError: error.code == .invalidRequest ? usage : no
        case is APIServerError, is CryptographyError, is WebhookError: no
        case let error as SearchError:
            switch error.code {
            case .invalidQuery, .invalidPattern, .invalidPage, .unknownLanguage: usage
            default: no
            }
        case is GitError, is HookError, is WorkerError: no
        default: nil
        }
    }
}
