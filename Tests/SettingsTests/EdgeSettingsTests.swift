import Settings
import Testing

@Suite("Whom the server lets in, and how often")
struct EdgeSettingsTests {
    @Test("is nobody of another site, nobody's word about addresses, and not without limit")
    func standard() throws {
        let edges = try SettingsFixture().load().edges
        #expect(edges.corsOrigins.isEmpty && edges.trustedProxies.isEmpty)
        #expect(edges.requestsPerAddress == 1_200 && edges.requestsPerUser == 600)
        #expect(edges.requestsPerKey == 600 && edges.loginsPerAddress == 10)
        #expect(edges.failuresPerAddress == 30)
    }

    @Test("is as it is set")
    func given() throws {
        let edges = try SettingsFixture().load([
            "CORS_ORIGINS": "https://code.example, http://Localhost:3000",
            "GITDEX_TRUSTED_PROXIES": "10.0.0.0/8,::1", "RATE_LIMIT_LOGIN": "0",
            "RATE_LIMIT_USER": "5",
        ]).edges
        #expect(edges.corsOrigins == ["https://code.example", "http://localhost:3000"])
        #expect(edges.trustedProxies == ["10.0.0.0/8", "::1"])
        #expect(edges.loginsPerAddress == nil && edges.requestsPerUser == 5)
    }

    @Test(
        "is refused where it is not what it must be, by its name",
        arguments: [
            ("CORS_ORIGINS", "*"), ("CORS_ORIGINS", "code.example"), ("CORS_ORIGINS", "null"),
            ("CORS_ORIGINS", "https://code.example/"), ("CORS_ORIGINS", "https://a.example,"),
            ("GITDEX_TRUSTED_PROXIES", "proxy.example"), ("GITDEX_TRUSTED_PROXIES", "*"),
            ("RATE_LIMIT_USER", "many"), ("RATE_LIMIT_USER", "-1"), ("RATE_LIMIT_KEY", "1.5"),
            ("RATE_LIMIT_ADDRESS", "99999999"),
        ])
    func malformed(name: String, value: String) throws {
        let fixture = try SettingsFixture()
        #expect {
            try fixture.load([name: value])
        } throws: { error in
            let error = error as? SettingsError
            return error?.code == .malformed && error?.subject == name
        }
    }
}
