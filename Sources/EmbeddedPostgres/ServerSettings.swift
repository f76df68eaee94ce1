#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The settings that the server is started with.
///
/// They go on its command line at every start, so that a newer gitdex changes them without
/// touching the data directory.
struct ServerSettings {
    private static let megabyte = 1 << 20

    let layout: ServerLayout
    let extra: [String: String]

    /// The command line's words.
    var arguments: [String] {
        all.merging(extra) { _, extra in extra }.sorted { $0.key < $1.key }
            .flatMap { ["-c", "\($0.key)=\($0.value)"] }
    }

    private var all: [String: String] {
        let memory = Self.memoryBytes / Self.megabyte
        var settings = [
            "listen_addresses": "",
            "port": "5432",
            // The setting is a list: quotes keep a comma or blank in the path together.
            "unix_socket_directories":
                "\""
                + layout.run.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\"\"") + "\"",
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "shared_buffers": "\(min(max(memory / 8, 32), 256))MB",
            "maintenance_work_mem": "\(min(max(memory / 16, 64), 256))MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "fsync": "on",
            "synchronous_commit": "on",
            // Nothing is replicated: a table loaded where it was made then needs no log.
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "checkpoint_warning": "0",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "lc_messages": "C",
            // The client hears of its errors itself; in the log they, and the statements with
            // them, would only use up the disk.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_checkpoints": "off",
            "log_line_prefix": "%m [%p] ",
            "cluster_name": "gitdex",
        ]
        #if os(Linux)
            // Containers often have 64 MB of /dev/shm, too little for building an index.
            settings["dynamic_shared_memory_type"] = "mmap"
        #endif
        return settings
    }

    /// The machine's memory, or the container's limit where that is lower.
    private static var memoryBytes: Int {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        let limit = Files.read("/sys/fs/cgroup/memory.max")
            .flatMap { Int($0.prefix { $0 != "\n" }) }
        return min(machine, limit ?? machine)
    }
}
