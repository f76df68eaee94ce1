import Foundation

/// Carries TCP connections to the socket of a database of the tests', as a network does.
///
/// It can be held still, and then the database answers nobody who came through it.
public final class DatabaseRelay {
    /// The address of the database through the relay.
    public let url: String
    private let process: GitdexProcess

    private static let script = """
        import socket, sys, threading

        def carry(source, sink):
            try:
                while data := source.recv(65536):
                    sink.sendall(data)
            except OSError:
                pass
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

        host, target, port = sys.argv[1:4]
        server = socket.create_server((host, 0), backlog=128)
        with open(port, "w") as pipe:
            pipe.write(f"{server.getsockname()[1]}\\n")
        while True:
            client, _ = server.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            upstream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                upstream.connect(target)
            except OSError:
                client.close()
                continue
            for pair in ((client, upstream), (upstream, client)):
                threading.Thread(target=carry, args=pair, daemon=True).start()
        """

    /// Starts a relay.
    ///
    /// - Parameters:
    ///   - database: The database, on a server that listens on a socket.
    ///   - host: The address of this machine that the relay listens on.
    ///   - folder: A folder for its files.
    /// - Throws: When it cannot be started, or the tests' server has no socket.
    public init(to database: TestDatabase, host: String = "127.0.0.1", in folder: String) throws {
        let address = database.url.split(separator: "?")
        let directory = address.last?.split(separator: "&")
            .first { $0.hasPrefix("host=/") }?.dropFirst("host=".count)
        guard address.count == 2, let directory = directory?.removingPercentEncoding,
            let name = address[0].split(separator: "/").last
        else {
            throw GitdexProcess.Failure(description: "the tests' server has no socket")
        }
        let stem = folder + "/relay-" + UUID().uuidString
        try Data(Self.script.utf8).write(to: URL(fileURLWithPath: stem + ".py"))
        let pipe = try PortPipe(at: stem + ".port")
        process = try GitdexProcess(
            [host, directory + "/.s.PGSQL.5432", stem + ".port"],
            program: ["/usr/bin/env", "python3", stem + ".py"], in: folder,
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"])
        url = "postgresql://gitdex@\(host):\(try pipe.port(of: process))/\(name)"
    }

    /// Holds everything still that goes through it.
    public func hold() { process.signal(SIGSTOP) }

    /// Lets everything go on.
    public func release() { process.signal(SIGCONT) }
}
