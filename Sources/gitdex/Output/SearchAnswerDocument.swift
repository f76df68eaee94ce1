import Git
import Search
import Storage

/// What `search --json` prints.
struct SearchAnswerDocument: Encodable {
    struct Result: Encodable {
        private enum CodingKeys: String, CodingKey {
            case repository, ref, commit, path, language, symbol, kind, score, signals, snippet
            case number, title, url, state, author
            case startLine = "start_line"
            case endLine = "end_line"
            case symbolLine = "symbol_line"
        }

        let repository, ref, commit, path, language: String
        let symbol: String?
        let kind: String
        let startLine, endLine: Int
        let symbolLine: Int?
        let score: Double
        let signals: [String: Int]
        let snippet: String
        let item: SyncedItemReference?

        init(_ result: SearchResult) {
            repository = result.repository
            ref = result.ref
            commit = result.commit.hex
            path = result.path.description
            language = result.language
            symbol = result.symbol
            kind = result.item?.kind ?? result.kind
            startLine = result.startLine
            endLine = result.endLine
            symbolLine = result.symbolLine
            score = result.score
            signals = result.signals
            snippet = result.snippet
            item = result.item
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(repository, forKey: .repository)
            if let item {
                try container.encode(item.number, forKey: .number)
                try container.encode(item.title, forKey: .title)
                try container.encode(item.url, forKey: .url)
                try container.encode(item.state, forKey: .state)
                try container.encode(item.author, forKey: .author)
            } else {
                try container.encode(ref, forKey: .ref)
                try container.encode(commit, forKey: .commit)
                try container.encode(startLine, forKey: .startLine)
                try container.encode(endLine, forKey: .endLine)
                try container.encode(symbolLine, forKey: .symbolLine)
            }
            try container.encode(path, forKey: .path)
            try container.encode(language, forKey: .language)
            try container.encode(symbol, forKey: .symbol)
            try container.encode(kind, forKey: .kind)
            try container.encode(score, forKey: .score)
            try container.encode(signals, forKey: .signals)
            try container.encode(snippet, forKey: .snippet)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case query, mode, results, freshness, complete
        case tookMilliseconds = "took_ms"
        case answeredBy = "answered_by"
        case nextCursor = "next_cursor"
    }

    let query: String
    let mode: String
    let tookMilliseconds: Double
    let results: [Result]
    let answeredBy: [String]
    let freshness: [FreshnessDocument]
    let nextCursor: String?
    let complete: Bool

    init(_ answer: SearchAnswer, query: String, mode: String) {
        self.query = query
        self.mode = mode
        tookMilliseconds = JSONOutput.milliseconds(answer.duration)
        results = answer.results.map(Result.init)
        answeredBy = answer.answeredBy
        freshness = answer.freshness.map(FreshnessDocument.init)
        nextCursor = answer.nextCursor
        complete = answer.isComplete
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(query, forKey: .query)
        try container.encode(mode, forKey: .mode)
        try container.encode(tookMilliseconds, forKey: .tookMilliseconds)
        try container.encode(results, forKey: .results)
        try container.encode(answeredBy, forKey: .answeredBy)
        try container.encode(freshness, forKey: .freshness)
        try container.encode(nextCursor, forKey: .nextCursor)
        try container.encode(complete, forKey: .complete)
    }
}
