internal import HTTPTypes

/// What every answer says to browsers about itself.
struct SecurityHeaders: Sendable {
    /// Nothing may come out of an answer of the API: it is data, whatever a browser takes it for.
    private static let dataPolicy = "default-src 'none'; frame-ancestors 'none'"
    /// The page loads its own script and style and asks its own server; nothing in it is inline.
    static let pagePolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
        img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'; trusted-types 'none'
        """
    private static let transportSeconds = 31_536_000

    /// Whether browsers reach the server by https, and shall never try without.
    let isSecure: Bool

    func add(to headers: inout HTTPFields) {
        headers[.xContentTypeOptions] = "nosniff"
        headers[.referrerPolicy] = "no-referrer"
        headers[.frameOptions] = "DENY"
        headers[.resourcePolicy] = "same-origin"
        headers[.openerPolicy] = "same-origin"
        if headers[.contentSecurityPolicy] == nil {
            headers[.contentSecurityPolicy] = Self.dataPolicy
        }
        if isSecure {
            headers[.strictTransportSecurity] = "max-age=\(Self.transportSeconds)"
        }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name(token: "Referrer-Policy")
    static let frameOptions = HTTPField.Name(token: "X-Frame-Options")
    static let resourcePolicy = HTTPField.Name(token: "Cross-Origin-Resource-Policy")
    static let openerPolicy = HTTPField.Name(token: "Cross-Origin-Opener-Policy")
    static let rateLimitLimit = HTTPField.Name(token: "RateLimit-Limit")
    static let rateLimitRemaining = HTTPField.Name(token: "RateLimit-Remaining")
    static let rateLimitReset = HTTPField.Name(token: "RateLimit-Reset")
    static let rateLimitPolicy = HTTPField.Name(token: "RateLimit-Policy")
}
