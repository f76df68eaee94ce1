internal import Accounts
internal import Postgres

/// A member of a workspace, as JSON.
struct MemberDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, email, role, since
        case isDisabled = "is_disabled"
    }

    let member: Member

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(member.userID, forKey: .id)
        try container.encode(member.email, forKey: .email)
        try container.encode(member.role.rawValue, forKey: .role)
        try container.encode(TimeText.text(member.since), forKey: .since)
        try container.encode(member.isDisabled, forKey: .isDisabled)
    }
}

/// An invitation, as JSON; with its token once, when it is made.
struct InvitationDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, email, role, token
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    let invitation: Invitation
    var token: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(invitation.id, forKey: .id)
        try container.encode(invitation.email, forKey: .email)
        try container.encode(invitation.role.rawValue, forKey: .role)
        try container.encode(TimeText.text(invitation.createdAt), forKey: .createdAt)
        try container.encode(TimeText.text(invitation.expiresAt), forKey: .expiresAt)
        try container.encodeIfPresent(token, forKey: .token)
    }
}
