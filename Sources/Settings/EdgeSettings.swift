/// Whom the HTTP server lets in, and how often.
public struct EdgeSettings: Sendable {
    /// The origins whose pages may call the API from a browser; none unless named.
    public let corsOrigins: [String]
    /// The addresses and networks of proxies whose `X-Forwarded-For` is believed; none unless named.
    public let trustedProxies: [String]
    /// The requests that one address may send in a minute; nil for as many as it likes.
    public let requestsPerAddress: Int?
    /// The requests that one user may send in a minute; nil for as many as they like.
    public let requestsPerUser: Int?
    /// The requests that may be sent with one API key in a minute; nil for as many as one likes.
    public let requestsPerKey: Int?
    /// The logins and registrations that one address may try in a minute; nil for no limit.
    public let loginsPerAddress: Int?
    /// The requests with wrong signatures and tokens that one address may send in a minute; nil for
    /// no limit.
    public let failuresPerAddress: Int?

    private static let mostPerMinute = 1_000_000

    init(_ layers: SettingLayers) throws(SettingsError) {
        corsOrigins = try Self.origins(layers)
        trustedProxies = try Self.proxies(layers)
        requestsPerAddress = try Self.limit(.rateLimitAddress, 1_200, layers)
        requestsPerUser = try Self.limit(.rateLimitUser, 600, layers)
        requestsPerKey = try Self.limit(.rateLimitKey, 600, layers)
        loginsPerAddress = try Self.limit(.rateLimitLogin, 10, layers)
        failuresPerAddress = try Self.limit(.rateLimitFailures, 30, layers)
    }

    private static func limit(
        _ name: SettingName, _ standard: Int, _ layers: SettingLayers
    ) throws(SettingsError) -> Int? {
        guard let (text, origin) = layers.value(of: name) else { return standard }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
            number <= mostPerMinute
        else {
            throw .malformed(
                name, origin: origin,
                form: "set it to how many a minute, such as \(standard), or to 0 for no limit")
        }
        return number == 0 ? nil : number
    }

    private static func origins(_ layers: SettingLayers) throws(SettingsError) -> [String] {
        guard let (text, origin) = layers.value(of: .corsOrigins) else { return [] }
        let origins = GitdexSettings.parts(text)
        guard origins.allSatisfy(isOrigin) else {
            throw .malformed(
                .corsOrigins, origin: origin,
                form: """
                    set it to origins such as https://code.example, with commas between them; each \
                    is named in full, and '*' is not taken
                    """)
        }
        return origins.map { $0.lowercased() }
    }

    /// Whether a text is an origin as browsers write it: a scheme, a host, perhaps a port.
    static func isOrigin(_ text: String) -> Bool {
        let text = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) })
        else { return false }
        let host = text.dropFirst(scheme.count)
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["),
                    UInt8(ascii: "]"):
                    true
                default: false
                }
            }
    }

    private static func proxies(_ layers: SettingLayers) throws(SettingsError) -> [String] {
        guard let (text, origin) = layers.value(of: .trustedProxies) else { return [] }
        let proxies = GitdexSettings.parts(text)
        guard proxies.allSatisfy(isNetwork) else {
            throw .malformed(
                .trustedProxies, origin: origin,
                form: """
                    set it to the addresses of your proxies, or their networks such as 10.0.0.0/8, \
                    with commas between them
                    """)
        }
        return proxies
    }

    /// Whether a text has the characters of an address or a network; what it means is read later.
    private static func isNetwork(_ text: String) -> Bool {
        (text.contains(".") || text.contains(":")) && text.utf8.count <= 49
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"),
                    UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}
