public import ArgumentParser
public import Search

extension SearchMode: ExpressibleByArgument {}

/// The command `gitdex search`.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find code by what it does, what it says, or what it is called.",
        discussion: """
            Without --repo every indexed repository is searched, each at the ref indexed last.

            EXAMPLES
              gitdex search "how are sessions signed"
              gitdex search parse_config --lang python --path 'src/**'
              gitdex search --mode symbol SecureCookieSession
              gitdex search session -cookie         with 'session' and without 'cookie'
              gitdex search -- -k                   what begins with a dash and is no option
              gitdex search --mode regex 'def \\w+_session' --repo flask -k 20
            """)

    @OptionGroup var common: GlobalOptions

    @Argument(help: "Words, an identifier, or with --mode regex a regular expression.")
    var query: [String]

    @Option(help: "Search this repository only: its name, or a path in it.")
    var repo: String?

    @Option(help: "Search this branch, tag or commit (default: the ref indexed last).")
    var ref: String?

    @Option(parsing: .singleValue, help: "Search only paths that match the pattern. Repeatable.")
    var path: [String] = []

    @Option(parsing: .singleValue, help: "Search only files of this language. Repeatable.")
    var lang: [String] = []

    @Option(
        parsing: .singleValue,
        help: """
            Search only this kind: code, issue, pr, comment, review, release or discussion. \
            Repeatable.
            """)
    var kind: [String] = []

    @Option(name: .customShort("k"), help: "How many results.")
    var limit = 10

    @Option(help: "hybrid, semantic, lexical, symbol or regex.")
    var mode = SearchMode.hybrid

    @Option(help: "Go on where an earlier answer ended: its next_cursor.")
    var cursor: String?

    mutating func validate() throws {
        guard (1...SearchRequest.maximumLimit).contains(limit) else {
            throw ValidationError("-k must be from 1 to \(SearchRequest.maximumLimit).")
        }
        for (option, value) in [("--repo", repo), ("--ref", ref)] where value?.isEmpty == true {
            throw ValidationError("\(option) is empty.")
        }
        if query.joined().allSatisfy(\.isWhitespace) {
            throw ValidationError("The query is empty.")
        }
    }

    mutating func run() throws {
        let workbench = try Workbench(common)
        let store = try workbench.openStore()
        var request = SearchRequest(
            query: query.map(CommandLineWords.revealed).joined(separator: " "))
        request.mode = mode
        request.repository = try repo.map { try RepositoryArgument.name($0, store: store) }
        request.ref = ref
        request.path = path
        request.language = lang
        request.kind = kind
        request.limit = limit
        request.cursor = cursor
        let searcher = try Searcher(store: store, embedder: Workbench.embedder(workbench.settings))
        let answer = try searcher.search(request)
        if !common.quiet { answer.warnings.forEach(Terminal.warn) }
        if common.json {
            try JSONOutput.print(
                SearchAnswerDocument(answer, query: request.query, mode: mode.rawValue))
        } else {
            SearchAnswerText.print(answer)
        }
    }
}
