/// The PostgreSQL server that gitdex brings along, for one data directory.
///
/// It listens on a unix socket only, is started by whichever command comes first, and stays up when
/// that command ends. All calls block, for microseconds when the server runs.
public struct EmbeddedServer: Sendable {
    /// The version of the package that `scripts/setup-postgres` brings.
    public static let packageVersion = "18.6.3"
    /// The major version whose data directories it can read.
    public static let majorVersion = "18"

    let layout: ServerLayout
    let assetsDirectories: [String]
    let extraSettings: [String: String]

    /// Describes the server of a data directory; touches nothing.
    ///
    /// - Parameters:
    ///   - dataDirectory: `GITDEX_DATA_DIR`; the server's files lie in `postgres` below it.
    ///   - assetsDirectories: Where set-up may have put the server's programs, best first.
    ///   - extraSettings: Server settings that go before gitdex's own, for tests.
    public init(
        dataDirectory: String, assetsDirectories: [String], extraSettings: [String: String] = [:]
    ) {
        layout = ServerLayout(dataDirectory: dataDirectory)
        self.assetsDirectories = assetsDirectories
        self.extraSettings = extraSettings
    }

    /// The libpq URL of the server's database, whether it runs or not.
    public var url: String { layout.url }

    /// The file that the server writes its messages to.
    public var logFile: String { layout.logFile }

    /// The directory of the server's data.
    public var clusterDirectory: String { layout.cluster }

    /// Makes sure that the server takes connections, creating its data and starting it if need be.
    ///
    /// Costs some tens of microseconds when it runs. Safe when several commands do it at once.
    ///
    /// - Returns: The libpq URL of its database.
    /// - Throws: ``EmbeddedPostgresError``.
    @discardableResult
    public func ensureRunning() throws(EmbeddedPostgresError) -> String {
        if try isReady() {
            ServerLog(layout).truncateIfLarge()
            return url
        }
        try ServerStart(server: self).run()
        return url
    }

    /// Starts the server; the same as ``ensureRunning()``.
    ///
    /// - Throws: ``EmbeddedPostgresError``.
    public func start() throws(EmbeddedPostgresError) {
        try ensureRunning()
    }

    /// Stops the server, breaking its connections, and waits for its end.
    ///
    /// - Returns: Whether it was running.
    /// - Throws: ``EmbeddedPostgresError``.
    @discardableResult
    public func stop() throws(EmbeddedPostgresError) -> Bool {
        try ServerStop(layout: layout).run()
    }

    /// Looks how things stand, without changing anything.
    ///
    /// - Returns: The state.
    public func status() -> EmbeddedServerStatus {
        let process = PostmasterFile.read(layout)
        let isUp = process.map { $0.isAlive(in: layout) } ?? false
        let state: EmbeddedServerStatus.State
        if isUp, let process {
            state = process.isReady ? .running : .changing
        } else {
            state = FileStatus(layout.versionFile) == nil ? .notInitialised : .stopped
        }
        return EmbeddedServerStatus(
            state: state, processID: isUp ? process.map { Int($0.processID) } : nil, url: url,
            clusterDirectory: layout.cluster, logFile: layout.logFile)
    }

    /// Whether the server takes connections and says that it has finished starting.
    ///
    /// Its process is asked for first, since each connect makes it fork. One that lives in another
    /// container on the same data is not to be seen, but its socket answers.
    func isReady() throws(EmbeddedPostgresError) -> Bool {
        guard let process = PostmasterFile.read(layout), process.isReady,
            process.isSeen(in: layout) || UnixSocket.accepts(layout.socket)
        else { return false }
        try RunDirectory(layout).check()
        return true
    }
}
