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
