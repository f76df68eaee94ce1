internal import Git
internal import Search
internal import Storage

/// One place that answers a query, as JSON: lines of a file at a commit, or an issue and the like.
struct SearchResultDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case repository, ref, commit, path, language, symbol, kind, score, signals, snippet
        case number, title, url, state, author
        case startLine = "start_line"
        case endLine = "end_line"
        case symbolLine = "symbol_line"
    }

    let result: SearchResult

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(result.repository, forKey: .repository)
        if let item = result.item {
            try container.encode(item.number, forKey: .number)
            try container.encode(item.title, forKey: .title)
            try container.encode(item.url, forKey: .url)
            try container.encode(item.state, forKey: .state)
            try container.encode(item.author, forKey: .author)
        } else {
            try container.encode(result.ref, forKey: .ref)
            try container.encode(result.commit.hex, forKey: .commit)
            try container.encode(result.startLine, forKey: .startLine)
            try container.encode(result.endLine, forKey: .endLine)
            try container.encode(result.symbolLine, forKey: .symbolLine)
        }
        try container.encode(result.path.description, forKey: .path)
        try container.encode(result.language, forKey: .language)
        try container.encode(result.symbol, forKey: .symbol)
        try container.encode(result.item?.kind ?? result.kind, forKey: .kind)
        try container.encode(result.score.isFinite ? result.score : 0, forKey: .score)
        try container.encode(result.signals, forKey: .signals)
        try container.encode(result.snippet, forKey: .snippet)
    }
}
