import Settings
import Testing

@Suite("A database address has one of libpq's two forms")
struct DatabaseAddressTests {
    @Test(
        "accepted, and shown without its secrets",
        arguments: [
            ("postgresql://ada:hunter2@db:5432/code", "postgresql://ada@db:5432/code"),
            ("postgres://db/code?sslmode=require", "postgresql://db/code?sslmode=require"),
            ("postgresql://gitdex@/gitdex?host=/run/x", "postgresql://gitdex@/gitdex?host=/run/x"),
            ("postgresql://a,b:5433/x?password=hunter2", "postgresql://a,b:5433/x"),
            ("postgresql://[::1]:5432/x", "postgresql://[::1]:5432/x"),
            ("postgresql://u:hunter2%40x@h", "postgresql://u@h"),
            ("postgresql://", "postgresql://"),
            ("host=db dbname=code password=hunter2", "host=db dbname=code"),
            ("host = db password = 'hun\\'ter2 x' user=ada", "host=db user=ada"),
            ("service=prod", "service=prod"),
        ])
    func accepted(text: String, shown: String) throws {
        let address = try #require(DatabaseAddress(text))
        #expect(address.description == shown)
        #expect(address.connection.reveal() == text)
        #expect(!"\(address)".contains("hunter2"))
    }

    @Test(
        "refused in one line that names the setting, never the value",
        arguments: [
            "hunter2", "mysql://ada:hunter2@db/x", "http://hunter2", "postgresql://h:hunter2/x",
            "postgresql://h:0/x", "postgresql://h:65536/x", "postgresql://hunter2%4/x",
            "postgresql://hunter2 x/y", "postgresql://h/x?hunter2", "host=db password='hunter2",
            "host=db hunter2", "host=db port=hunter2", "=hunter2", "host=db\npassword=hunter2",
            "postgresql://[::1/hunter2", "password=hunter2\\",
        ])
    func refused(text: String) throws {
        let fixture = try SettingsFixture()
        let error = #expect(throws: SettingsError.self) {
            try fixture.load(["DATABASE_URL": text])
        }
        let line = try #require(error.map { "\($0)" })
        #expect(error?.code == .malformed)
        #expect(line.hasPrefix("DATABASE_URL (from the environment) is malformed: "))
        #expect(!line.contains("hunter2"))
        #expect(!line.contains("\n"))
    }
}
