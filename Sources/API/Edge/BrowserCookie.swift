internal import HTTPTypes

/// A cookie that scripts cannot read and that other sites' requests do not bear.
struct BrowserCookie: Sendable {
    /// Keeps a browser signed in: the refresh token, sent only to the routes that take it.
    static let session = BrowserCookie(
        name: "gitdex_session", path: "/v1/auth", sameSite: "Strict", seconds: 30 * 24 * 60 * 60)
    /// Binds the way to GitHub and back to one browser.
    ///
    /// The way back begins at another site, so that a strict cookie would be missing.
    static let github = BrowserCookie(
        name: "gitdex_github", path: "/v1/auth/github", sameSite: "Lax", seconds: 600)

    private static let longestBytes = 512

    let name: String
    let path: String
    let sameSite: String
    let seconds: Int

    /// The value that a request bears; nil for none, several, or one that is none of ours.
    func value(in headers: HTTPFields) -> String? {
        let values = headers[values: .cookie].flatMap { $0.split(separator: ";") }
            .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix(name + "=") }
            .map { $0.dropFirst(name.count + 1) }
        guard values.count == 1, let value = values.first, !value.isEmpty,
            value.utf8.count <= Self.longestBytes, value.utf8.allSatisfy(Self.isPlain)
        else { return nil }
        return String(value)
    }

    /// The field that sets it, or with nil takes it away.
    func field(_ value: String?, isSecure: Bool) -> HTTPField {
        var text = "\(name)=\(value ?? ""); Path=\(path); HttpOnly; SameSite=\(sameSite)"
        text += "; Max-Age=\(value == nil ? 0 : seconds)"
        if isSecure { text += "; Secure" }
        return HTTPField(name: .setCookie, value: text)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
