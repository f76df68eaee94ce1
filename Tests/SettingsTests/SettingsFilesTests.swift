import Foundation
import Settings
import Testing

@Suite("Settings files are read strictly and quoted nowhere")
struct SettingsFilesTests {
    @Test(
        "values of an environment file",
        arguments: [
            ("DATABASE_URL=host=db", "host=db"),
            ("  DATABASE_URL = host=db  ", "host=db"),
            ("export DATABASE_URL=host=db", "host=db"),
            ("DATABASE_URL=host=db # the big one", "host=db"),
            ("DATABASE_URL=service=a#b", "service=a#b"),
            ("DATABASE_URL='service=a_#_b ' # remark", "service=a_#_b "),
            ("DATABASE_URL=\"service=\\\"a\\\\b\"", "service=\"a\\b"),
            ("DATABASE_URL=host=first\nDATABASE_URL=host=last", "host=last"),
            ("# DATABASE_URL=no\r\n\r\nDATABASE_URL=host=crlf\r\n", "host=crlf"),
        ])
    func environmentFile(text: String, expected: String) throws {
        let fixture = try SettingsFixture()
        let path = try fixture.write(text, to: "x.env")
        let settings = try fixture.load(environmentFile: .file(path))
        #expect(settings.databaseURL?.reveal() == expected)
    }

    @Test(
        "a broken line is named by number, not by content",
        arguments: [
            "hunter2", "=hunter2", "1X=hunter2", "A B=hunter2", "A='hunter2", "A=\"hunter2",
            "A='x' hunter2",
        ])
    func brokenLine(line: String) throws {
        let fixture = try SettingsFixture()
        let path = try fixture.write("# one\n\n\(line)\n", to: "x.env")
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(environmentFile: .file(path))
        }
        let text = try #require(error.map { "\($0)" })
        #expect(text.hasPrefix("line 3 of \(path) is not a setting: "))
        #expect(!text.contains("hunter2"))
    }

    @Test("gitdex.json takes names, nested names, numbers, booleans, lists and null")
    func settingsFile() throws {
        let fixture = try SettingsFixture()
        try fixture.write(
            """
            {"database": {"url": "host=db"}, "embedding": {"provider": "static"},
             "GITDEX_ALLOW_PRIVATE_REMOTES": true, "RATE_LIMIT_LOGIN": 5,
             "cors-origins": ["https://a", "https://b"], "JWT_SECRET": null,
             "database_ulr": "misspelt"}
            """, to: "gitdex.json")
        let settings = try fixture.load()
        #expect(settings.databaseURL?.reveal() == "host=db")
        #expect(settings.unknownNames == ["DATABASE_ULR"])
        let named = Set(settings.origins.keys)
        #expect(
            named == [
                .databaseURL, .embeddingProvider, .allowPrivateRemotes, .corsOrigins,
                .rateLimitLogin, .dataDirectory,
            ])
    }

    @Test(
        "a broken gitdex.json is one clear line",
        arguments: ["", "[]", "\"hunter2\"", "{hunter2}", "{\"DATABASE_URL\": [{}]}"])
    func brokenSettingsFile(text: String) throws {
        let fixture = try SettingsFixture()
        try fixture.write(text, to: "gitdex.json")
        let error = #expect(throws: SettingsError.self) { try fixture.load() }
        #expect(error?.code == .unreadableFile)
        #expect(error?.subject == fixture.directory + "/gitdex.json")
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
    }

    @Test("a directory in the place of a file, or a huge file, is refused")
    func wrongFiles() throws {
        let fixture = try SettingsFixture()
        let path = fixture.directory + "/gitdex.json"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        #expect(throws: SettingsError.self) { try fixture.load() }
        try FileManager.default.removeItem(atPath: path)
        try fixture.write(String(repeating: " ", count: 2 << 20), to: "gitdex.json")
        #expect(throws: SettingsError.self) { try fixture.load() }
    }

    @Test(
        "malformed values name their setting",
        arguments: [
            (SettingName.assetsDirectory, "relative/path", SettingsError.Code.malformed),
            (.dataDirectory, "~/data", .malformed),
            (.embeddingProvider, "magic", .malformed),
            (.embeddingProvider, "openai", .unsupported),
        ])
    func malformed(name: SettingName, value: String, code: SettingsError.Code) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(overrides: [name: value])
        }
        #expect(error?.code == code)
        #expect(error?.subject == name.rawValue)
        #expect(error?.message.hasPrefix("\(name.rawValue) (from the command line) is ") == true)
    }
}
