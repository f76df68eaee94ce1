internal import Git
internal import Search
internal import Storage

/// A connected repository, as JSON.
struct RepositoryDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, url, provider, include, exclude, refs, webhook
    }

    private struct Ref: Encodable {
        enum CodingKeys: String, CodingKey {
            case name, behind
            case indexedCommit = "indexed_commit"
            case seenCommit = "seen_commit"
        }

        let record: RefRecord
        let freshness: Freshness?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(record.name, forKey: .name)
            try container.encode(record.indexedCommit?.hex, forKey: .indexedCommit)
            try container.encode(
                freshness?.seenCommit.hex ?? record.seenCommit?.hex, forKey: .seenCommit)
            try container.encode(freshness?.behind, forKey: .behind)
        }
    }

    /// What a provider needs to send webhooks; shown once, when the repository is connected.
    struct Hook: Encodable {
        enum CodingKeys: String, CodingKey {
            case url, secret
            case isSetUp = "is_set_up"
        }

        let url, secret: String
        /// Whether the provider sends them already; otherwise it has to be told by hand.
        var isSetUp = false
    }

    let record: RepositoryRecord
    let provider: String
    private let refs: [Ref]
    var webhook: Hook?

    /// Reads the refs of a repository, those that are not indexed yet included.
    init(_ record: RepositoryRecord, provider: String, store: IndexStore) throws {
        self.record = record
        self.provider = provider
        var freshness: [Int: Freshness] = [:]
        for status in try StatusReader(store: store).statuses(of: record) {
            freshness[status.ref.id] = status.freshness
        }
        refs = try store.refs(ofRepository: record.id).map {
            Ref(record: $0, freshness: freshness[$0.id])
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(record.id, forKey: .id)
        try container.encode(record.name, forKey: .name)
        try container.encode(RemoteAddress.withoutSecrets(record.url), forKey: .url)
        try container.encode(provider, forKey: .provider)
        try container.encode(record.include, forKey: .include)
        try container.encode(record.exclude, forKey: .exclude)
        try container.encode(refs, forKey: .refs)
        try container.encodeIfPresent(webhook, forKey: .webhook)
    }
}
