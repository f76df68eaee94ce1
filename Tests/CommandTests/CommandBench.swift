import Foundation
import GitdexTesting
import Testing

/// A repository, a database of its own, and the real command.
final class CommandBench {
    let database: TestDatabase
    let fixture: GitFixture
    /// The environment of each command.
    var environment: [String: String]

    /// Makes the bench; `migrates` says whether the database gets its schema.
    init(_ fixture: GitFixture? = nil, migrates: Bool = true) throws {
        self.fixture = try fixture ?? GitFixture()
        database = try TestDatabase()
        environment = Self.environment(folder: self.fixture.folder)
        environment["DATABASE_URL"] = database.url
        if migrates {
            let outcome = try gitdex("migrate", "up")
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
    }

    /// An environment that names nothing of the host but the assets.
    static func environment(folder: String) -> [String: String] {
        var environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
            "HOME": folder, "LC_ALL": "C", "XDG_DATA_HOME": folder + "/share",
            "GITDEX_DATA_DIR": folder + "/data",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
        ]
        environment["GITDEX_ASSETS_DIR"] = TestAssets.directories.first {
            FileManager.default.fileExists(atPath: $0)
        }
        return environment
    }

    /// Runs the command to its end, in the repository unless another directory is given.
    @discardableResult
    func gitdex(_ arguments: String..., in directory: String? = nil) throws -> GitdexOutcome {
        try start(arguments, in: directory).finish()
    }

    /// Starts the command.
    func start(_ arguments: [String], in directory: String? = nil) throws -> GitdexProcess {
        try GitdexProcess(
            arguments, in: directory ?? fixture.path, environment: environment)
    }

    /// Runs a command that must succeed and print one JSON document and nothing else.
    @discardableResult
    func json(_ arguments: String..., in directory: String? = nil) throws -> JSONValue {
        let outcome = try start(arguments + ["--json"], in: directory).finish()
        #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
        #expect(outcome.errors.isEmpty, "\(arguments): \(outcome.errors)")
        return try outcome.json()
    }

    /// The commit at which the index of the only ref stands.
    func indexedCommit() throws -> String? {
        try json("status")["refs"][0]["indexed_commit"].string
    }

    /// Verifies what HEAD names, and returns the digest.
    @discardableResult
    func verifiedDigest(_ arguments: String...) throws -> String? {
        let outcome = try start(["verify", "--json"] + arguments).finish()
        let report = try outcome.json()
        #expect(outcome.status == 0, "\(report["differences"]) \(outcome.errors)")
        #expect(report["ok"].bool == true)
        return report["digest"].string
    }
}

/// Expects that a command refused with one line that says what happened and what to do.
func expectRefusal(
    _ outcome: GitdexOutcome, status: Int32, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let errors = outcome.errors
    #expect(outcome.status == status, "\(errors)", sourceLocation: sourceLocation)
    #expect(outcome.output.isEmpty, sourceLocation: sourceLocation)
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines.last == "", "\(errors)", sourceLocation: sourceLocation)
    let parts = errors.split(separator: ": ")
    #expect(parts.count >= 3 && parts[0] == "gitdex", "\(errors)", sourceLocation: sourceLocation)
    for word in words {
        #expect(errors.contains(word), "\(errors)", sourceLocation: sourceLocation)
    }
}

extension GitFixture {
    /// Writes files that each hold one function with a text of their own, 40 to a folder.
    func writeFunctions(_ numbers: Range<Int>, version: String = "first") throws {
        for number in numbers {
            try write(
                "package\(number / 40)/module\(number).py",
                """
                def function_\(number)(value):
                    \"\"\"The \(version) version of number \(number &* 7919 % 1000).\"\"\"
                    return value + \(number)

                """)
        }
    }
}
