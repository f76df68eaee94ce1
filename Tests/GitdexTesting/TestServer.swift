internal import EmbeddedPostgres

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The server that the tests of one checkout share: the embedded one, unless
/// `GITDEX_TEST_SERVER_URL` names another.
///
/// That URL has the form `postgresql://USER:PASSWORD@HOST:PORT/gitdex?PARAMETERS`; its user may
/// create databases.
enum TestServer {
    /// Its URL, or why it could not be started.
    static let shared: Result<String, any Error> = Result { try start() }

    static let processID = getpid()

    private static var server: EmbeddedServer {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in #filePath.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return EmbeddedServer(
            dataDirectory: "/tmp/gitdex-tests-\(getuid())-\(String(hash, radix: 16))",
            assetsDirectories: TestAssets.directories,
            extraSettings: [
                "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
                "autovacuum_naptime": "1d", "max_connections": "400", "shared_buffers": "128MB",
            ])
    }

    private static func start() throws -> String {
        if let url = getenv("GITDEX_TEST_SERVER_URL").map({ String(cString: $0) }), !url.isEmpty {
            return url
        }
        // Another test process may be stopping the server just now; then it is started again.
        let url = try server.ensureRunning()
        holdShared()
        try server.ensureRunning()
        atexit { TestServer.stopIfUnused() }
        return url
    }

    private static let usersFile = open(
        server.clusterDirectory + "/../users", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)

    /// Every test process holds a shared lock; it goes with the process, however that ends.
    private static func holdShared() {
        flock(usersFile, LOCK_SH)
    }

    private static func stopIfUnused() {
        guard flock(usersFile, LOCK_EX | LOCK_NB) == 0 else { return }
        _ = try? server.stop()
    }
}
