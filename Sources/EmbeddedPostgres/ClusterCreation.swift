#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Creates the server's data: all of it, or nothing that a later start would take for it.
struct ClusterCreation {
    /// One program run: `$1` is the programs' directory, `$2` the new cluster, `$3` whether to
    /// bring it to disk before it gets its name.
    private static let script = """
        umask 077
        cd /
        "$1/initdb" --pgdata="$2" --username=gitdex --auth=trust --encoding=UTF8 \
            --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-sync \
            --no-instructions || exit 1
        echo 'CREATE DATABASE gitdex' |
            "$1/postgres" --single -D "$2" -c log_checkpoints=off postgres || exit 1
        [ "$3" = off ] || sync -f "$2/PG_VERSION" 2>/dev/null || sync
        """

    let layout: ServerLayout
    let programs: String
    let account: ServerAccount
    let isSynced: Bool

    /// Creates the data under another name and renames it when it is complete.
    func run() throws(EmbeddedPostgresError) {
        try remove(layout.newCluster)
        let outcome = try Command.run(
            account.commandLine([
                "/bin/sh", "-c", Self.script, "sh", programs, layout.newCluster,
                isSynced ? "on" : "off",
            ]))
        guard outcome.isSuccess, !outcome.output.contains("ERROR:") else {
            try? remove(layout.newCluster)
            throw failure(outcome.output)
        }
        guard rename(layout.newCluster, layout.cluster) == 0 else {
            throw .system("create", layout.cluster, errno: errno)
        }
    }

    private func remove(_ path: String) throws(EmbeddedPostgresError) {
        guard FileStatus(path) != nil else { return }
        _ = try Command.run(account.commandLine(["/bin/rm", "-rf", "--", path]))
    }

    private func failure(_ output: String) -> EmbeddedPostgresError {
        if output.contains("No space left on device") { return .noSpace(layout.base) }
        if output.contains("Permission denied") {
            return EmbeddedPostgresError(
                .unreachableDirectory,
                "user \(account.name) cannot use \(layout.base) or \(programs)",
                remedy: "give that user access, or set GITDEX_DATA_DIR")
        }
        if output.contains("not found") || output.contains("cannot open shared object") {
            return EmbeddedPostgresError(
                .assetsUnusable, "PostgreSQL in \(programs) does not run: \(lastLine(output))",
                remedy: "run scripts/setup-postgres again, or set DATABASE_URL")
        }
        return EmbeddedPostgresError(
            .startFailed, "the data of PostgreSQL could not be created: \(lastLine(output))",
            remedy: "mend that, or set DATABASE_URL")
    }
}

/// The line that says most: the last of an error, else the last.
func lastLine(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline)
    let telling = lines.last {
        $0.contains("FATAL:") || $0.contains("error:") || $0.contains("PANIC:")
    }
    return (telling ?? lines.last).map(String.init) ?? "no reason given"
}
