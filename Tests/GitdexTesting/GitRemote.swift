import Foundation

/// A remote repository for tests: the real git behind a real HTTP server on a free port.
///
/// The server process ends with the last reference. The served repository is a ``GitFixture``, so
/// what a test commits there can be fetched at once:
/// ```swift
/// let remote = try GitRemote()
/// try remote.fixture.write("a.txt", "text\n")
/// try remote.fixture.commit()
/// try remote.git("update-ref", "refs/pull/1/head", "HEAD")
/// // fetch from remote.url with any user name and the password remote.token
/// ```
public final class GitRemote {
    /// What the server does wrong.
    public enum Fault: Sendable {
        /// Nothing.
        case none
        /// Every answer has this status, after the token was checked.
        case status(Int)
        /// It takes the request and never answers.
        case hang
        /// It closes the connection after so many bytes of the body.
        case cutOff(afterBytes: Int)
        /// It pauses so long after every 256 bytes.
        case slow(pauseMilliseconds: Int)
        /// It sends clients to the same path below another URL, without asking for the token.
        case redirect(to: String)
        /// It asks for the token with a body of no type, on a connection that stays open.
        case untypedChallenge
        /// It asks for the token in HTTP/1.0, with a body that ends with the connection.
        case unmeasuredChallenge

        var line: String {
            switch self {
            case .none: ""
            case .status(let status): "status \(status)"
            case .hang: "hang"
            case .cutOff(let bytes): "cut \(bytes)"
            case .slow(let milliseconds): "slow \(milliseconds)"
            case .redirect(let url): "redirect \(url)"
            case .untypedChallenge: "challenge untyped"
            case .unmeasuredChallenge: "challenge unmeasured"
            }
        }
    }

    /// Which requests a fault concerns.
    public enum Scope: String, Sendable {
        /// All requests.
        case all
        /// Only those for objects, so that the list of references still comes.
        case pack
    }

    /// The served repository, which has a working directory.
    public let fixture: GitFixture
    /// The URL without credentials.
    public let url: String
    /// The password that the server wants, with any user name; empty when it wants none.
    public let token: String
    /// The path of the certificate that the server shows, when it speaks HTTPS.
    public let certificateFile: String?
    private let server: GitdexProcess
    private let folder: String

    /// Makes an empty repository and serves it.
    ///
    /// - Parameters:
    ///   - fixture: What to serve; `nil` makes an empty repository.
    ///   - token: The password that the server wants; `nil` lets everybody in.
    ///   - isSecure: Whether it speaks HTTPS, with a certificate signed by itself for `localhost`.
    /// - Throws: When the server cannot be started.
    public init(
        _ fixture: GitFixture? = nil, token: String? = "gitdex-test-token", isSecure: Bool = false
    ) throws {
        let served = try fixture ?? GitFixture()
        self.fixture = served
        self.token = token ?? ""
        folder = served.folder + "/remote-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        for (name, text) in [
            ("/server.py", GitRemoteScript.text), ("/fault", ""), ("/requests", ""),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + name))
        }
        certificateFile = isSecure ? try Self.makeCertificate(in: folder) : nil
        let pipe = try PortPipe(at: folder + "/port")
        let directory = try served.git("rev-parse", "--absolute-git-dir")
        server = try GitdexProcess(
            [folder, directory, self.token, isSecure ? "secure" : ""],
            program: ["/usr/bin/env", "python3", folder + "/server.py"], in: folder,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
                "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
            ])
        let port = try pipe.port(of: server)
        url =
            isSecure
            ? "https://localhost:\(port)/repository.git"
            : "http://127.0.0.1:\(port)/repository.git"
    }

    /// Runs git in the served repository.
    ///
    /// - Parameter arguments: The words after `git`.
    /// - Returns: What git printed, without the white space around it.
    /// - Throws: When git fails.
    @discardableResult
    public func git(_ arguments: String...) throws -> String {
        try fixture.git(arguments)
    }

    /// Sets what the server does wrong from the next request on.
    ///
    /// - Parameters:
    ///   - fault: What it does; `none` ends the fault.
    ///   - scope: Which requests it concerns.
    /// - Throws: When the fault cannot be written.
    public func setFault(_ fault: Fault, on scope: Scope = .all) throws {
        let line = scope.rawValue + " " + fault.line
        try Data(line.utf8).write(to: URL(fileURLWithPath: folder + "/fault"), options: .atomic)
    }

    /// The requests the server had, such as `GET /repository.git/info/refs?… 200 with credentials`.
    ///
    /// - Returns: One line for each, in order.
    /// - Throws: When the log cannot be read.
    public func requests() throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/requests"))
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Stops the server, so that its port refuses connections.
    public func stop() {
        server.signal(SIGKILL)
        server.finish()
    }

    private static func makeCertificate(in folder: String) throws -> String {
        let process = try GitdexProcess(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost",
                "-keyout", folder + "/key.pem", "-out", folder + "/certificate.pem",
            ], program: ["/usr/bin/env", "openssl"], in: folder,
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            ])
        let outcome = process.finish()
        guard outcome.status == 0 else {
            throw GitdexProcess.Failure(description: "openssl failed: " + outcome.errors)
        }
        return folder + "/certificate.pem"
    }
}
