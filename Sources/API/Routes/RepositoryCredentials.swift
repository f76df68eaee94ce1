/// How a client writes what a repository is fetched with.
struct RepositoryCredentials: Decodable, Sendable {
    private enum CodingKeys: String, CodingKey {
        case token, username, passphrase
        case sshKey = "ssh_key"
    }

    let value: ConnectRequest.Credentials

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let token = try container.decodeIfPresent(String.self, forKey: .token)
        let key = try container.decodeIfPresent(String.self, forKey: .sshKey)
        switch (token, key) {
        case (let token?, nil):
            value = .token(
                token, username: try container.decodeIfPresent(String.self, forKey: .username))
        case (nil, let key?):
            value = .sshKey(
                key, passphrase: try container.decodeIfPresent(String.self, forKey: .passphrase))
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .token, in: container,
                debugDescription: "either a token or an SSH key is wanted")
        }
    }

    /// Makes sure of the texts' lengths.
    func check() throws(Problem) {
        let texts: [String?] =
            switch value {
            case .token(let token, let username): [token, username]
            case .sshKey(let key, let passphrase): [key, passphrase]
            }
        for text in texts { try TextCheck.check(text, "credentials", 1...16384) }
    }
}

/// How a client changes what a repository is fetched with: not at all, to nothing by `null`, or to
/// something else.
enum RepositoryCredentialsChange: Sendable {
    case kept
    case removed
    case replaced(RepositoryCredentials)

    /// What the secrets' keeper is told.
    var value: SecretChange.Credentials {
        switch self {
        case .kept: .kept
        case .removed: .removed
        case .replaced(let credentials): .replaced(credentials.value)
        }
    }

    var isChange: Bool {
        if case .kept = self { false } else { true }
    }

    /// Makes sure of the texts' lengths.
    func check() throws(Problem) {
        if case .replaced(let credentials) = self { try credentials.check() }
    }
}

extension KeyedDecodingContainer {
    /// Decodes a change whose absence says another thing than `null`.
    ///
    /// A synthesised `init(from:)` takes this one for members of its type.
    func decode(
        _ type: RepositoryCredentialsChange.Type, forKey key: Key
    ) throws -> RepositoryCredentialsChange {
        guard contains(key) else { return .kept }
        if try decodeNil(forKey: key) { return .removed }
        return .replaced(try decode(RepositoryCredentials.self, forKey: key))
    }
}

extension RepositoryCredentialsChange: Decodable {
    init(from decoder: any Decoder) throws {
        self = .replaced(try RepositoryCredentials(from: decoder))
    }
}
