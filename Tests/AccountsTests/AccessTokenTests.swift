import Cryptography
import Testing

@testable import Accounts

/// What a forger can try, and what a clock can do.
@Suite("An access token")
struct AccessTokenTests {
    private static let secret = Array("q8ZrT1vXo3_yWm7kLd0PnB4sHc6GfJ2u".utf8)
    private static let other = Array("Vb5NxE9aKt2-RzQ7cYw1MuS8pLg4HjDf".utf8)
    private static let moment = 1_800_000_000

    private func signer(
        _ secrets: [[UInt8]] = [secret], issuer: String = "here", audience: String = "gitdex",
        at now: Int = moment
    ) async throws -> AccessTokenSigner {
        try await AccessTokenSigner(
            secrets: secrets, issuer: issuer, audience: audience, lifetimeSeconds: 600,
            now: { now })
    }

    private func expect(
        _ code: AccountError.Code, _ token: String, _ signer: AccessTokenSigner,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let error = await #expect(throws: AccountError.self, sourceLocation: sourceLocation) {
            try await signer.verify(token)
        }
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    /// Makes a token from the text of its head and its claims.
    private func forge(
        _ head: String, _ claims: String, secret: [UInt8] = secret
    ) -> String {
        let signed =
            Base64URL.encodeUnpadded(Array(head.utf8)) + "."
            + Base64URL.encodeUnpadded(Array(claims.utf8))
        let code = HMACSHA256.authenticationCode(of: Array(signed.utf8), key: secret)
        return signed + "." + Base64URL.encodeUnpadded(code)
    }

    private var keyID: String { AccessTokenSigner.keyID(of: Self.secret) }
    private var head: String { #"{"alg":"HS256","kid":"\#(keyID)","typ":"JWT"}"# }

    private func claims(
        issuer: String = "here", audience: String = #""gitdex""#, issued: Int = moment,
        notBefore: Int = moment, expires: Int = moment + 600
    ) -> String {
        #"{"iss":"\#(issuer)","aud":\#(audience),"sub":"u1","sid":"s1","#
            + #""iat":\#(issued),"nbf":\#(notBefore),"exp":\#(expires)}"#
    }

    @Test("says who has signed in, in which session")
    func roundTrip() async throws {
        let signer = try await signer()
        let token = try await signer.sign(subject: "u1", session: "s1")
        let claims = try await signer.verify(token)
        #expect(
            claims
                == AccessClaims(
                    subject: "u1", session: "s1", issuedAt: Self.moment,
                    expiresAt: Self.moment + 600))
        guard case .access(claims) = try await signer.credential(bearer: token) else {
            Issue.record("a token was taken for something else")
            return
        }
    }

    @Test("that this test makes by hand is taken, so that those below fail for their own reason")
    func forgeryIsGood() async throws {
        #expect(try await signer().verify(forge(head, claims())).subject == "u1")
    }

    @Test("with another algorithm, key id or head is refused")
    func heads() async throws {
        let signer = try await signer()
        let otherID = AccessTokenSigner.keyID(of: Self.other)
        let heads = [
            #"{"alg":"none","kid":"\#(keyID)","typ":"JWT"}"#,
            #"{"alg":"None","kid":"\#(keyID)","typ":"JWT"}"#,
            #"{"alg":"RS256","kid":"\#(keyID)","typ":"JWT"}"#,
            #"{"alg":"HS512","kid":"\#(keyID)","typ":"JWT"}"#,
            #"{"alg":"HS256","kid":"\#(otherID)","typ":"JWT"}"#,
            #"{"alg":"HS256","typ":"JWT"}"#,
            #"{"alg":"HS256","kid":null,"typ":"JWT"}"#,
            #"{"alg":"HS256","kid":"\#(keyID)"}"#,
            #"{"alg":"HS256","kid":"\#(keyID)","typ":"JWT","jku":"https://evil.example/k"}"#,
            #"{"alg":"HS256","kid":"\#(keyID)","typ":"JWT","crit":["x"]}"#,
            #"{"alg":"HS256","kid":"\#(keyID)","typ":"JWT","x":1e300}"#,
            #"{"alg":"HS256","kid":"../../dev/null","typ":"JWT"}"#,
            #"["alg"]"#, "{", "",
        ]
        for head in heads { await expect(.tokenInvalid, forge(head, claims()), signer) }
        // Without a signature, as `none` has it.
        let unsigned = forge(heads[0], claims()).split(separator: ".").prefix(2)
        await expect(.tokenInvalid, unsigned.joined(separator: ".") + ".", signer)
        await expect(.tokenInvalid, unsigned.joined(separator: "."), signer)
    }

    @Test("of another secret or with changed claims is refused")
    func signatures() async throws {
        let signer = try await signer()
        await expect(.tokenInvalid, forge(head, claims(), secret: Self.other), signer)
        await expect(.tokenInvalid, forge(head, claims(), secret: []), signer)
        let parts = forge(head, claims()).split(separator: ".").map(String.init)
        let changed = Base64URL.encodeUnpadded(
            Array(claims().replacing("u1", with: "u2").utf8))
        await expect(.tokenInvalid, "\(parts[0]).\(changed).\(parts[2])", signer)
        // Each signature has one text: the last letter's spare bits are looked at.
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = try #require(parts[2].last.flatMap(letters.firstIndex(of:)))
        let twin = parts[2].dropLast() + String(letters[last ^ 1])
        await expect(.tokenInvalid, "\(parts[0]).\(parts[1]).\(twin)", signer)
        await expect(.tokenInvalid, "\(parts[0]).\(parts[1]).\(parts[2])=", signer)
        await expect(.tokenInvalid, "\(parts[0]).\(parts[1]).\(parts[2]).x", signer)
    }

    @Test("of another issuer or for another audience is refused")
    func audiences() async throws {
        let signer = try await signer()
        await expect(.tokenInvalid, forge(head, claims(issuer: "there")), signer)
        await expect(.tokenInvalid, forge(head, claims(audience: #""others""#)), signer)
        await expect(.tokenInvalid, forge(head, claims(audience: #"["gitdex"]"#)), signer)
        await expect(.tokenInvalid, forge(head, #"{"iss":"here","aud":"gitdex"}"#), signer)
        await expect(.tokenInvalid, forge(head, "[]"), signer)
    }

    @Test("is good from its first second to the last, and a minute before for clocks that are off")
    func times() async throws {
        let token = forge(head, claims())
        for now in [Self.moment - 60, Self.moment, Self.moment + 599] {
            #expect(try await signer(at: now).verify(token).subject == "u1")
        }
        await expect(.tokenInvalid, token, try await signer(at: Self.moment - 61))
        await expect(.tokenExpired, token, try await signer(at: Self.moment + 600))
        let later = claims(notBefore: Self.moment + 61)
        await expect(.tokenInvalid, forge(head, later), try await signer())
        let future = claims(issued: Self.moment + 61, expires: Self.moment + 900)
        await expect(.tokenInvalid, forge(head, future), try await signer())
    }

    @Test("with times that no clock shows does no harm")
    func oddTimes() async throws {
        let signer = try await signer()
        for times in [
            #""iat":1e400,"nbf":0,"exp":1e400"#, #""iat":"0","nbf":"0","exp":"9""#,
            #""iat":\#(Int.min),"nbf":\#(Int.min),"exp":\#(Int.min)"#,
            #""iat":9999999999999999999,"nbf":0,"exp":1"#,
        ] {
            let claims = #"{"iss":"here","aud":"gitdex","sub":"u","sid":"s",\#(times)}"#
            await #expect(throws: AccountError.self) {
                try await signer.verify(forge(head, claims))
            }
        }
    }

    @Test("signed with an older secret stays good while the secret changes, and not after")
    func rotation() async throws {
        let token = try await signer([Self.secret]).sign(subject: "u1", session: "s1")
        let during = try await signer([Self.other, Self.secret])
        #expect(try await during.verify(token).subject == "u1")
        let next = try await during.sign(subject: "u2", session: "s2")
        #expect(try await signer([Self.other]).verify(next).subject == "u2")
        await expect(.tokenInvalid, token, try await signer([Self.other]))
    }

    @Test("of any length, or that is none, is refused")
    func sizes() async throws {
        let signer = try await signer()
        let long = claims().replacing("u1", with: String(repeating: "u", count: 3000))
        await expect(.tokenInvalid, forge(head, long), signer)
        for text in [
            "", ".", "..", "...", "a.b.c", " ", "\0", String(repeating: "A.", count: 50_000),
        ] {
            await expect(.tokenInvalid, text, signer)
        }
    }

    @Test("is told from an API key by how it begins")
    func keys() async throws {
        let signer = try await signer()
        let key = try RandomText.token(prefix: "gdx_")
        guard case .apiKey(key) = try await signer.credential(bearer: key) else {
            Issue.record("a key was taken for something else")
            return
        }
        for text in ["gdx_", "gdx_short", key + "A", key + "=", " " + key] {
            let error = await #expect(throws: AccountError.self) {
                try await signer.credential(bearer: text)
            }
            #expect(error?.code == .tokenInvalid)
        }
    }

    @Test("is not signed with a secret that is too short")
    func shortSecret() async {
        for secrets in [[], [Array(Self.secret.dropLast())], [Self.secret, [1, 2, 3]]] {
            let error = await #expect(throws: AccountError.self) {
                try await AccessTokenSigner(secrets: secrets, issuer: "here")
            }
            #expect(error?.code == .invalidArgument)
        }
    }
}
