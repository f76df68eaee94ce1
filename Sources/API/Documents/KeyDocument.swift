internal import Accounts
internal import Postgres

/// An API key, as JSON; with its text once, when it is made.
struct KeyDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, prefix, scopes, user, key
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
    }

    let key: APIKey
    var text: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(key.id, forKey: .id)
        try container.encode(key.name, forKey: .name)
        try container.encode(key.prefix, forKey: .prefix)
        try container.encode(key.scopes.map(\.rawValue).sorted(), forKey: .scopes)
        try container.encode(key.userID, forKey: .user)
        try container.encode(TimeText.text(key.createdAt), forKey: .createdAt)
        // A null says never; a missing key would say nothing.
        try container.encode(key.expiresAt.map(TimeText.text), forKey: .expiresAt)
        try container.encode(key.lastUsedAt.map(TimeText.text), forKey: .lastUsedAt)
        try container.encodeIfPresent(text, forKey: .key)
    }
}

/// A security event, as JSON.
struct AuditEventDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, at, event, actor, email, subject, address
        case requestID = "request_id"
    }

    let event: AuditEvent

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(event.id, forKey: .id)
        try container.encode(TimeText.text(event.at), forKey: .at)
        try container.encode(event.kind.rawValue, forKey: .event)
        try container.encode(event.actor, forKey: .actor)
        try container.encode(event.actorEmail, forKey: .email)
        try container.encode(event.subject, forKey: .subject)
        try container.encode(event.address, forKey: .address)
        try container.encode(event.requestID, forKey: .requestID)
    }
}
