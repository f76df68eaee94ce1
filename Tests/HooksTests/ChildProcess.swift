import Foundation

/// A child process of which only standard output and error, as one, are known to this one.
///
/// Foundation's `Process` hands its children a socket and waits until all that inherit it have
/// closed it, so it cannot tell whether a command returned before what it left behind.
struct ChildProcess {
    private let identifier: pid_t
    private let output: Int32

    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw SandboxFailure(what: "pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        output = ends[0]
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var argumentPointers = ([program] + arguments).map { strdup($0) } + [nil]
        var variablePointers = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in argumentPointers + variablePointers { free(pointer) } }
        var child: pid_t = 0
        guard
            posix_spawn(
                &child, program, &actions, nil, &argumentPointers, &variablePointers) == 0
        else {
            close(ends[0])
            throw SandboxFailure(what: "spawn \(program)")
        }
        identifier = child
    }

    /// Reads to the end of the output, then waits for the process.
    func finish() throws -> (status: Int32, output: String) {
        defer { close(output) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 {
            guard errno == EINTR else { throw SandboxFailure(what: "waitpid") }
        }
        let isExit = status & 0x7F == 0
        return (isExit ? (status >> 8) & 0xFF : -1, String(decoding: bytes, as: UTF8.self))
    }
}
