import Foundation
import GitdexTesting

/// OpenSSH's server on a free port of this machine, for the user of the tests and one key.
final class SSHServer {
    /// A server or a tool of it that does not run.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let program = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Takes connections and starts the server for each, so that the port is known at once.
    private static let script = """
        import os, socket, subprocess, sys, threading, time
        folder, program = sys.argv[1:3]
        parent = os.getppid()
        listener = socket.create_server(("127.0.0.1", 0))
        log = open(folder + "/log", "w")
        def serve():
            while True:
                connection, _ = listener.accept()
                subprocess.Popen(
                    [program, "-i", "-e", "-f", folder + "/config"],
                    stdin=connection, stdout=connection, stderr=log)
                connection.close()
        threading.Thread(target=serve, daemon=True).start()
        with open(folder + "/port", "w") as port:
            port.write(f"{listener.getsockname()[1]}\\n")
        while os.getppid() == parent:
            time.sleep(0.5)
        """

    /// The private key that may log in, and one that may not.
    let key: String
    let otherKey: String
    let fingerprint: String
    let user = NSUserName()
    let port: Int
    private let process: GitdexProcess

    init(in folder: String) throws {
        func run(_ words: String...) throws -> String {
            let outcome = try GitdexProcess(
                Array(words.dropFirst()), program: ["/usr/bin/env", words[0]], in: folder,
                environment: ProcessInfo.processInfo.environment
            ).finish()
            guard outcome.status == 0 else { throw Failure(description: outcome.errors) }
            return outcome.output
        }
        for (name, phrase) in [("host", ""), ("key", "a phrase"), ("other", "")] {
            _ = try run("ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-f", name)
        }
        fingerprint = try String(run("ssh-keygen", "-l", "-f", "host.pub").split(separator: " ")[1])
        key = try String(contentsOfFile: folder + "/key", encoding: .utf8)
        otherKey = try String(contentsOfFile: folder + "/other", encoding: .utf8)
        let config = """
            HostKey \(folder)/host
            AuthorizedKeysFile \(folder)/key.pub
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            """
        try Data(config.utf8).write(to: URL(fileURLWithPath: folder + "/config"))
        try Data(Self.script.utf8).write(to: URL(fileURLWithPath: folder + "/ssh.py"))
        // Root's server separates its privileges, and wants a folder that an init script makes.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        guard let program = Self.program else { throw Failure(description: "there is no sshd") }
        let pipe = try PortPipe(at: folder + "/port")
        process = try GitdexProcess(
            [folder, program], program: ["/usr/bin/env", "python3", folder + "/ssh.py"],
            in: folder, environment: ProcessInfo.processInfo.environment)
        port = try pipe.port(of: process)
    }
}
