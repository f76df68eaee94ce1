#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Runs a program to its end, detached from the caller's terminal, files and environment.
enum Command {
    private static let outputLimitBytes = 256 << 10

    /// How a program ended and what it printed on both streams.
    struct Outcome {
        let isSuccess: Bool
        let output: String
    }

    /// Runs a program.
    static func run(_ arguments: [String]) throws(EmbeddedPostgresError) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system("make a pipe for", arguments[0], errno: errno) }
        defer { close(ends[0]) }
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        let (child, status) = spawn(arguments, output: ends[1])
        close(ends[1])
        guard status == 0 else { throw .system("run", arguments[0], errno: status) }
        let output = readAll(ends[0])
        var exit: Int32 = 0
        while waitpid(child, &exit, 0) < 0 && errno == EINTR {}
        return Outcome(isSuccess: exit == 0, output: output)
    }

    private static func spawn(_ arguments: [String], output: Int32) -> (pid_t, Int32) {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        for descriptor in inheritable() {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        setAttributes(&attributes)
        let variables = ["PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C", "TZ=UTC"]
        let environment = variables.map { strdup($0) } + [nil]
        let words = arguments.map { strdup($0) } + [nil]
        defer {
            words.forEach { free($0) }
            environment.forEach { free($0) }
        }
        var child: pid_t = 0
        let status = posix_spawn(&child, arguments[0], &actions, &attributes, words, environment)
        return (child, status)
    }

    #if canImport(Darwin)
        private static func setAttributes(_ attributes: inout posix_spawnattr_t?) {
            posix_spawnattr_setflags(
                &attributes, Int16(POSIX_SPAWN_SETSID | POSIX_SPAWN_CLOEXEC_DEFAULT))
        }

        private static func inheritable() -> [Int32] { [] }
    #else
        /// A session of its own: no signal of the caller's terminal reaches the server.
        private static func setAttributes(_ attributes: inout posix_spawnattr_t) {
            // The name of this flag is a GNU extension that Swift does not see.
            let setSession: Int32 = 0x80
            var all = sigset_t()
            var none = sigset_t()
            sigfillset(&all)
            sigemptyset(&none)
            posix_spawnattr_setsigdefault(&attributes, &all)
            posix_spawnattr_setsigmask(&attributes, &none)
            posix_spawnattr_setflags(
                &attributes,
                Int16(setSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))
        }

        /// What the child would inherit beyond its three streams.
        ///
        /// One that is closed meanwhile
        /// does no harm: closing it again in the child is no error.
        private static func inheritable() -> [Int32] {
            guard let directory = opendir("/proc/self/fd") else { return [] }
            defer { closedir(directory) }
            var found: [Int32] = []
            while let entry = readdir(directory) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if let descriptor = Int32(name), descriptor > 2 { found.append(descriptor) }
            }
            return found
        }
    #endif

    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &part, part.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            if bytes.count < outputLimitBytes { bytes.append(contentsOf: part.prefix(count)) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
