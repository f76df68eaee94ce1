import Settings
import Testing

@Suite("Data and assets have a place by default")
struct DirectoriesTests {
    @Test(
        "the data directory follows the user",
        arguments: [
            (UInt32(0), "/root", ["XDG_DATA_HOME": "/x"], "/var/lib/gitdex"),
            (1000, "/home/ada", [:], "/home/ada/.local/share/gitdex"),
            (1000, "/home/ada", ["XDG_DATA_HOME": "/srv/data/"], "/srv/data/gitdex"),
            (1000, "/home/ada", ["XDG_DATA_HOME": "relative"], "/home/ada/.local/share/gitdex"),
            (0, "/root", ["GITDEX_DATA_DIR": "/srv//gitdex/"], "/srv/gitdex"),
        ] as [(UInt32, String, [String: String], String)])
    func dataDirectory(
        user: UInt32, home: String, environment: [String: String], expected: String
    ) throws {
        let settings = try GitdexSettings.load(
            environment: environment,
            user: UserIdentity(effectiveUserID: user, homeDirectory: home))
        #expect(settings.dataDirectory == expected)
    }

    @Test("a user without a home is told which setting to give")
    func homeless() {
        let error = #expect(throws: SettingsError.self) {
            try GitdexSettings.load(
                environment: [:], user: UserIdentity(effectiveUserID: 1000, homeDirectory: nil))
        }
        #expect(error?.code == .missing)
        #expect(error?.subject == "GITDEX_DATA_DIR")
    }

    @Test("assets: the named place, the data directory, the install prefix, the default")
    func assets() throws {
        let fixture = try SettingsFixture()
        let settings = try fixture.load(
            ["GITDEX_ASSETS_DIR": "/usr/share"], executable: "/usr/local/bin/gitdex")
        #expect(
            settings.assetsDirectories == [
                "/usr/share", fixture.directory + "/assets", "/usr/local/share/gitdex",
                "/home/ada/.local/share/gitdex/assets",
            ])
    }

    @Test("a place is searched once")
    func distinct() throws {
        let settings = try GitdexSettings.load(
            environment: [:],
            user: UserIdentity(effectiveUserID: 1000, homeDirectory: "/home/nobody-here"))
        #expect(settings.assetsDirectories == ["/home/nobody-here/.local/share/gitdex/assets"])
    }

    @Test("the user of this process has an id and, without HOME, still a home")
    func currentUser() throws {
        let named = UserIdentity.current(environment: ["HOME": "/somewhere"])
        #expect(named.homeDirectory == "/somewhere")
        let lookedUp = UserIdentity.current(environment: [:])
        #expect(lookedUp.effectiveUserID == named.effectiveUserID)
        #expect(lookedUp.homeDirectory?.hasPrefix("/") != false)
    }

    @Test("the running program knows its own file")
    func executable() throws {
        let path = try #require(RunningExecutable.path())
        #expect(path.hasPrefix("/"))
    }
}
