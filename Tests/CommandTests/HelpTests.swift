import Foundation
import GitdexTesting
import Testing

@Suite("The command explains itself")
struct HelpTests {
    private func run(_ words: [String]) throws -> GitdexOutcome {
        let folder = FileManager.default.temporaryDirectory.path
        return try GitdexProcess(
            words, in: folder, environment: CommandBench.environment(folder: folder)
        ).finish()
    }

    @Test(
        "each command shows an example",
        arguments: [
            "", "index", "search", "related", "status", "verify", "gc", "db", "migrate", "hook",
            "doctor", "serve", "worker", "jobs", "deliveries", "key", "user", "workspace",
        ])
    func examples(command: String) throws {
        let words = command.isEmpty ? [] : [command]
        let outcome = try run(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("EXAMPLES"))
        #expect(outcome.output.contains("  gitdex \(command)"))
        #expect(try run(["help"] + words).output == outcome.output)
    }

    @Test(
        "each subcommand has help",
        arguments: [
            "db start", "db stop", "db status", "db url", "migrate up", "migrate down",
            "migrate status", "hook install", "hook uninstall", "hook status", "jobs list",
            "jobs show", "jobs retry", "jobs cancel", "deliveries list", "deliveries show",
            "deliveries replay", "key generate",
        ])
    func subcommands(command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try run(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE: gitdex \(command)"))
    }

    @Test("every command that help lists is known here")
    func allCommands() throws {
        let text = try run(["--help"]).output
        let list = try #require(text.range(of: "SUBCOMMANDS:\n"))
        let names = text[list.upperBound...].matches(of: #/(?m)^  ([a-z]+) /#).map { String($0.1) }
        #expect(
            Set(names) == [
                "index", "search", "related", "status", "verify", "gc", "db", "migrate", "hook",
                "doctor", "serve", "worker", "jobs", "deliveries", "key", "user", "workspace",
            ])
    }

    @Test("its version is one line")
    func version() throws {
        let outcome = try run(["--version"])
        #expect(outcome.status == 0)
        #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\S*\n/) != nil)
        #expect(outcome.errors.isEmpty)
    }

    @Test("completion scripts come for each shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let outcome = try run(["--generate-completion-script", shell])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("all-branches"))
        #expect(outcome.errors.isEmpty)
    }

    @Test("the completion script for bash is one that bash can load")
    func bashCompletion() throws {
        let fixture = try GitFixture()
        try fixture.write("completion", try run(["--generate-completion-script", "bash"]).output)
        let script =
            ". ./completion; COMP_WORDS=(gitdex ind); COMP_CWORD=1; COMP_TYPE=9; "
            + "COMP_LINE='gitdex ind'; COMP_POINT=10; "
            + "f=$(complete -p gitdex); f=${f##*-F }; ${f%% *} gitdex ind gitdex; "
            + "echo \"${COMPREPLY[@]}\""
        let outcome = try GitdexProcess(
            ["-c", script], program: ["/bin/bash"], in: fixture.path,
            environment: CommandBench.environment(folder: fixture.folder)
        ).finish()
        #expect(outcome.output.split(whereSeparator: \.isWhitespace).contains("index"))
    }
}
