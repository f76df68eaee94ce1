import Settings
import Testing

@Suite("The first place that names a setting wins")
struct PrecedenceTests {
    private static let names = ["flag", "environment", "envfile", "settings-file"]

    @Test("flag, environment, environment file, gitdex.json", arguments: 0..<4)
    func order(strongest: Int) throws {
        let fixture = try SettingsFixture()
        func address(_ layer: Int) -> String { "host=\(Self.names[layer])" }
        try fixture.write(#"{"DATABASE_URL": "\#(address(3))"}"#, to: "gitdex.json")
        let file = try fixture.write(
            strongest <= 2 ? "DATABASE_URL='\(address(2))'\n" : "# nothing\n", to: "some.env")
        let settings = try fixture.load(
            strongest <= 1 ? ["DATABASE_URL": address(1)] : [:],
            overrides: strongest == 0 ? [.databaseURL: address(0)] : [:],
            environmentFile: .file(file))
        #expect(settings.databaseURL?.reveal() == address(strongest))
        let origins: [SettingOrigin] = [
            .commandLine, .environment, .environmentFile(file),
            .settingsFile(fixture.directory + "/gitdex.json"),
        ]
        #expect(settings.origins[.databaseURL] == origins[strongest])
    }

    @Test("an empty value leaves the word to the next place")
    func emptyIsAbsent() throws {
        let fixture = try SettingsFixture()
        try fixture.write(#"{"database": {"url": "host=db"}}"#, to: "gitdex.json")
        let settings = try fixture.load(["DATABASE_URL": ""])
        #expect(settings.databaseURL?.reveal() == "host=db")
    }

    @Test("without a database the embedded server is meant")
    func embedded() throws {
        let settings = try SettingsFixture().load()
        #expect(settings.database == nil)
        #expect(settings.embeddingProvider == .static)
    }

    @Test("the working directory's .env is read only where the command asks for it")
    func workingDirectory() throws {
        let fixture = try SettingsFixture()
        try fixture.write("DATABASE_URL=host=stolen\n", to: ".env")
        #expect(try fixture.load(environmentFile: .none).database == nil)
        let settings = try fixture.load(environmentFile: .workingDirectory(fixture.directory))
        #expect(settings.databaseURL?.reveal() == "host=stolen")
    }

    @Test("a missing .env is nothing, a missing --env-file is an error")
    func missingFiles() throws {
        let fixture = try SettingsFixture()
        #expect(
            try fixture.load(environmentFile: .workingDirectory(fixture.directory)).database == nil)
        let path = fixture.directory + "/absent.env"
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(environmentFile: .file(path))
        }
        #expect(error?.code == .unreadableFile)
        #expect(error?.subject == path)
    }
}
