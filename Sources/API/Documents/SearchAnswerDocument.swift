internal import Search

/// The answer to a search, as JSON.
struct SearchAnswerDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case query, mode, results, freshness
        case tookMilliseconds = "took_ms"
        case answeredBy = "answered_by"
        case nextCursor = "next_cursor"
    }

    let answer: SearchAnswer
    let query: String
    let mode: String

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(query, forKey: .query)
        try container.encode(mode, forKey: .mode)
        try container.encode(answer.duration.milliseconds, forKey: .tookMilliseconds)
        try container.encode(answer.results.map(SearchResultDocument.init), forKey: .results)
        try container.encode(answer.answeredBy, forKey: .answeredBy)
        try container.encode(answer.freshness.map(FreshnessDocument.init), forKey: .freshness)
        try container.encode(answer.nextCursor, forKey: .nextCursor)
    }
}
