import Foundation
import Settings
import Testing

@Suite("Which GitHub is spoken to, and as whom")
struct GitHubSettingsTests {
    private static let key =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"

    @Test("is GitHub itself and nobody where nothing is set")
    func standard() throws {
        let values = try SettingsFixture().load().github
        #expect(values.webURL == nil && values.apiURL == nil && values.clientID == nil)
        #expect(values.clientSecret == nil && values.appID == nil && values.appPrivateKey == nil)
    }

    @Test("is as it is set, with the key in one line or in a file")
    func given() throws {
        let fixture = try SettingsFixture()
        let values = try fixture.load([
            "GITHUB_URL": "https://github.example.com/", "GITHUB_CLIENT_ID": "Iv1.abc",
            "GITHUB_CLIENT_SECRET": "s3cret", "GITHUB_APP_ID": "12",
            "GITHUB_APP_PRIVATE_KEY": Self.key.replacingOccurrences(of: "\n", with: "\\n"),
        ]).github
        #expect(values.webURL == "https://github.example.com")
        #expect(values.clientID == "Iv1.abc" && values.clientSecret?.reveal() == "s3cret")
        #expect(values.appID == "12" && values.appPrivateKey?.reveal() == Self.key)
        #expect("\(values)".contains("s3cret") == false)
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex-key-" + UUID().uuidString)
        try Data(Self.key.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let second = try fixture.load([
            "GITHUB_APP_ID": "12", "GITHUB_APP_PRIVATE_KEY_FILE": file.path,
        ]).github
        #expect(second.appPrivateKey?.reveal() == Self.key)
    }

    @Test(
        "is refused where it is not what it must be, by its name and without its value",
        arguments: [
            ("GITHUB_URL", "github.com"), ("GITHUB_URL", "ftp://github.com"),
            ("GITHUB_URL", "https://user:pass@github.com"), ("GITHUB_URL", "https://:80"),
            ("GITHUB_API_URL", "https://api.github.com?x=y"), ("GITHUB_CLIENT_ID", "with space"),
            ("GITHUB_APP_PRIVATE_KEY", "nonsense"), ("GITHUB_APP_PRIVATE_KEY_FILE", "/no/file"),
        ])
    func malformed(name: String, value: String) throws {
        let fixture = try SettingsFixture()
        #expect {
            try fixture.load([name: value])
        } throws: { error in
            guard let error = error as? SettingsError else { return false }
            return error.code == .malformed && error.subject == name
                && !error.description.contains(value)
        }
    }

    @Test(
        "is refused where one half is missing",
        arguments: [
            ("GITHUB_CLIENT_ID", "a", "GITHUB_CLIENT_SECRET"),
            ("GITHUB_CLIENT_SECRET", "a", "GITHUB_CLIENT_ID"),
            ("GITHUB_APP_ID", "1", "GITHUB_APP_PRIVATE_KEY"),
            ("GITHUB_APP_PRIVATE_KEY", key, "GITHUB_APP_ID"),
        ])
    func halves(name: String, value: String, missing: String) throws {
        let fixture = try SettingsFixture()
        #expect {
            try fixture.load([name: value])
        } throws: { error in
            let error = error as? SettingsError
            return error?.code == .missing && error?.subject == missing
        }
    }
}
