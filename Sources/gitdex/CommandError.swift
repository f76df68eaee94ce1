import ArgumentParser

/// What a command itself has to refuse.
struct CommandError: Error, CustomStringConvertible {
    let message: String
    let remedy: String
    let status: ExitCode

    init(_ message: String, remedy: String, status: ExitCode = Termination.no) {
        self.message = message
        self.remedy = remedy
        self.status = status
    }

    var description: String { "\(message): \(remedy)" }
}
