#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a job about a repository was asked with.
struct JobPayload: Decodable, Sendable {
    /// The repository's number within the job's workspace.
    let repository: Int
    /// The full name of a ref.
    let ref: String?
    /// Where a push says the ref stood before it.
    let before: String?
    /// Where a push says the ref stands since; zeros when it is gone.
    let after: String?
    /// When the push was received.
    let receivedAt: Date?

    private enum CodingKeys: String, CodingKey {
        case repository, ref, before, after
        case receivedAt = "received_at"
    }

    /// Reads a job's payload.
    ///
    /// - Throws: ``WorkerError`` when it is not what a job about a repository needs.
    init(_ payload: String) throws(WorkerError) {
        do {
            self = try JSONDecoder().decode(JobPayload.self, from: Data(payload.utf8))
        } catch {
            throw WorkerError(
                code: .invalidPayload, message: "the job does not name a repository",
                remedy: "cancel it; it was queued by a program of another version")
        }
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        repository = try values.decode(Int.self, forKey: .repository)
        ref = try values.decodeIfPresent(String.self, forKey: .ref)
        before = try values.decodeIfPresent(String.self, forKey: .before)
        after = try values.decodeIfPresent(String.self, forKey: .after)
        receivedAt = Self.date(values)
    }

    /// Unix time in seconds, or text as RFC 3339 has it; a time that cannot be read is none.
    private static func date(_ values: KeyedDecodingContainer<CodingKeys>) -> Date? {
        if let seconds = try? values.decodeIfPresent(Double.self, forKey: .receivedAt) {
            return Date(timeIntervalSince1970: seconds)
        }
        guard let text = try? values.decodeIfPresent(String.self, forKey: .receivedAt) else {
            return nil
        }
        let plain = Date.ISO8601FormatStyle()
        let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? Date(text, strategy: plain)) ?? (try? Date(text, strategy: fractional))
    }
}
