internal import Accounts

/// A workspace as one of its members sees it, as JSON.
struct WorkspaceDocument: Encodable {
    private enum CodingKeys: String, CodingKey { case id, name, role }

    let membership: Membership

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(membership.publicID, forKey: .id)
        try container.encode(membership.name, forKey: .name)
        try container.encode(membership.role.rawValue, forKey: .role)
    }
}
