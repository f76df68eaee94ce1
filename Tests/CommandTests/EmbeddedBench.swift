import Foundation
import GitdexTesting
import Testing

/// The command with a data directory of its own, and so with a PostgreSQL of its own.
///
/// Its assets are links that a test may take away. Root's default places hold assets as well, so
/// what is missing can only be shown to a user who is not root: under root the command runs as one.
final class EmbeddedBench {
    private static let otherUser: uid_t = 65_534

    let fixture: GitFixture
    let assets: String
    let data: String
    let environment: [String: String]
    private let program: [String]

    /// Whether commands can be run as somebody who is not root.
    static let canLeaveRoot: Bool = {
        if geteuid() != 0 { return true }
        let folder = FileManager.default.temporaryDirectory.path
        let outcome = try? GitdexProcess(
            ["--version"], program: withoutRoot, in: folder,
            environment: CommandBench.environment(folder: folder)
        ).finish()
        return outcome?.status == 0
    }()

    private static let withoutRoot = [
        "/usr/bin/setpriv", "--reuid=\(otherUser)", "--regid=\(otherUser)", "--clear-groups",
        GitdexProcess.executable,
    ]

    /// Makes the bench; `leavesRoot` says that its commands must not run as root.
    init(leavesRoot: Bool = false) throws {
        fixture = try GitFixture()
        assets = fixture.folder + "/assets"
        data = fixture.folder + "/data"
        let changesUser = leavesRoot && geteuid() == 0
        program = changesUser ? Self.withoutRoot : [GitdexProcess.executable]
        var environment = CommandBench.environment(folder: fixture.folder)
        let real = environment["GITDEX_ASSETS_DIR"]
        environment["GITDEX_ASSETS_DIR"] = assets
        self.environment = environment
        let manager = FileManager.default
        try manager.createDirectory(atPath: assets, withIntermediateDirectories: true)
        for part in ["postgres", "grammars", "model"] {
            try manager.createSymbolicLink(
                atPath: assets + "/" + part, withDestinationPath: (real ?? "") + "/" + part)
        }
        // The server's own user has to reach its data.
        chmod(fixture.folder, 0o755)
        if changesUser { try giveAway(fixture.folder) }
    }

    deinit {
        _ = try? gitdex("db", "stop")
    }

    /// Runs the command to its end, in the repository unless another directory is given.
    @discardableResult
    func gitdex(_ arguments: String..., in directory: String? = nil) throws -> GitdexOutcome {
        try GitdexProcess(
            arguments, program: program, in: directory ?? fixture.path, environment: environment
        ).finish()
    }

    /// Runs a command that must succeed and print one JSON document and nothing else.
    @discardableResult
    func json(_ arguments: String...) throws -> JSONValue {
        let outcome = try GitdexProcess(
            arguments + ["--json"], program: program, in: fixture.path, environment: environment
        ).finish()
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors.isEmpty, "\(arguments): \(outcome.errors)")
        return try outcome.json()
    }

    /// Commits, and lets the repository belong to whoever runs the commands.
    func commit() throws {
        if program.count == 1 {
            try fixture.commit()
        } else {
            try Self.run("/bin/chown", "-R", "-h", "0:0", fixture.path)
            try fixture.commit()
            try giveAway(fixture.path)
        }
    }

    /// Takes a part of the assets away while `body` runs.
    func without(_ part: String, _ body: () throws -> Void) throws {
        let manager = FileManager.default
        try manager.moveItem(atPath: assets + "/" + part, toPath: assets + "/." + part)
        defer { try? manager.moveItem(atPath: assets + "/." + part, toPath: assets + "/" + part) }
        try body()
    }

    private func giveAway(_ path: String) throws {
        try Self.run("/bin/chown", "-R", "-h", "\(Self.otherUser):\(Self.otherUser)", path)
    }

    /// Runs another program that must succeed.
    static func run(_ program: String, _ arguments: String...) throws {
        let outcome = try GitdexProcess(
            arguments, program: [program], in: "/", environment: ["PATH": "/usr/bin:/bin:/usr/sbin"]
        ).finish()
        try #require(outcome.status == 0, "\(program) \(arguments): \(outcome.errors)")
    }
}
