import Settings
import Testing

@Suite("The settings of accounts")
struct AccountSettingsTests {
    private static let secret = "q8ZrT1vXo3_yWm7kLd0PnB4sHc6GfJ2u"
    private static let other = "Vb5NxE9aKt2-RzQ7cYw1MuS8pLg4HjDf"

    @Test("are closed to strangers where nothing is set")
    func absent() throws {
        let accounts = try SettingsFixture().load().accounts
        #expect(accounts.jwtSecrets.isEmpty)
        #expect(accounts.jwtIssuer == "gitdex")
        #expect(accounts.registration == .invitation)
        #expect(accounts.publicURL == nil)
        #expect(!accounts.isProduction)
        let error = #expect(throws: SettingsError.self) { try accounts.requiredJWTSecrets() }
        #expect(error?.code == .missing)
        #expect(error?.description.contains("JWT_SECRET") == true)
        #expect(error?.description.contains("gitdex key generate") == true)
    }

    @Test("hold the secret that signs before older ones")
    func secrets() throws {
        let accounts = try SettingsFixture().load(["JWT_SECRET": "\(Self.secret), \(Self.other)"])
            .accounts
        #expect(try accounts.requiredJWTSecrets().map { $0.reveal() } == [Self.secret, Self.other])
    }

    @Test(
        "that sign nothing safely are refused without being shown",
        arguments: [
            String(secret.dropLast()), secret + ",", "," + secret, secret + ",short", "sesame",
        ])
    func badSecrets(text: String) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) { try fixture.load(["JWT_SECRET": text]) }
        #expect(error?.code == .malformed)
        #expect(error?.subject == "JWT_SECRET")
        #expect(error?.description.contains(Self.secret.dropLast()) == false)
        #expect(error?.description.contains("sesame") == false)
        #expect(error?.description.contains("gitdex key generate") == true)
    }

    @Test(
        "in production refuse what only looks like a secret",
        arguments: [
            ("JWT_SECRET", String(repeating: "a", count: 64)),
            ("JWT_SECRET", "please-changeme-please-changeme-please"),
            ("JWT_SECRET", "q8ZrT1vXo3_yWm7kLd0PnB4sHc6GfJ2u,01234567890123456789012345678901"),
            ("ENCRYPTION_KEY", String(repeating: "A", count: 43) + "="),
            ("GITHUB_WEBHOOK_SECRET", "hunter2"),
            ("GITDEX_PUBLIC_URL", "http://code.example"),
        ])
    func production(name: String, value: String) throws {
        let fixture = try SettingsFixture()
        _ = try fixture.load([name: value])
        let error = #expect(throws: SettingsError.self) {
            try fixture.load([name: value, "GITDEX_PRODUCTION": "1"])
        }
        #expect(error?.subject == name)
        #expect(error?.description.contains(value) == false)
    }

    @Test("in production take what is random")
    func goodProduction() throws {
        let settings = try SettingsFixture().load([
            "GITDEX_PRODUCTION": "1", "JWT_SECRET": Self.secret,
            "ENCRYPTION_KEY": "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
            "GITHUB_WEBHOOK_SECRET": "x7Kp2mQ9vT4wZ8nB",
            "GITDEX_PUBLIC_URL": "https://Code.example/",
        ])
        #expect(settings.accounts.isProduction)
        #expect(settings.accounts.publicURL == "https://code.example")
        #expect(settings.accounts.jwtIssuer == "https://code.example")
    }

    @Test("name who may register", arguments: AccountSettings.Registration.allCases)
    func registration(_ registration: AccountSettings.Registration) throws {
        let fixture = try SettingsFixture()
        #expect(
            try fixture.load(["GITDEX_REGISTRATION": registration.rawValue]).accounts.registration
                == registration)
    }

    @Test(
        "of another form are refused by name",
        arguments: [
            ("GITDEX_REGISTRATION", "anybody"), ("GITDEX_PRODUCTION", "perhaps"),
            ("JWT_ISSUER", "two words"), ("JWT_ISSUER", String(repeating: "i", count: 201)),
            ("GITDEX_PUBLIC_URL", "code.example"), ("GITDEX_PUBLIC_URL", "https://code.example/x"),
            ("GITDEX_PUBLIC_URL", "https://ada@code.example"),
            ("GITDEX_PUBLIC_URL", "ftp://code.example"), ("GITDEX_PUBLIC_URL", "https://"),
        ])
    func malformed(name: String, value: String) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) { try fixture.load([name: value]) }
        #expect(error?.code == .malformed)
        #expect(error?.subject == name)
    }
}
