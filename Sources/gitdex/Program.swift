import ArgumentParser

/// Where the process begins.
@main
enum Program {
    /// Parses the command line, runs the command, and ends the process with its status.
    static func main() async {
        StandardStreams.reserve()
        Interruption.install()
        do {
            let words = try CommandLineWords.prepared(Array(CommandLine.arguments.dropFirst()))
            var command = try Gitdex.parseAsRoot(words)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Termination.end(with: error)
        }
        Termination.leave(0)
    }
}
