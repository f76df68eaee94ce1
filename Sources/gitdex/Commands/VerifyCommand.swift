import ArgumentParser
import Cryptography
import Git
import Indexing
import Storage

/// The command `gitdex verify`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute from git what the index must hold, and compare.",
        discussion: """
            Ends with status 1 when they differ, naming each path. With --repair, what differs is \
            written anew and nothing else is touched; the status is then 0.

            EXAMPLES
              gitdex verify
              gitdex verify ~/src/flask --ref main --repair
            """)

    private struct Document: Encodable {
        struct Difference: Encodable {
            let path: String
            let problem: String
        }

        private enum CodingKeys: String, CodingKey {
            case isOK = "ok"
            case digest, differences, repaired
            case expectedDigest = "expected_digest"
        }

        let isOK: Bool
        let digest: String
        let expectedDigest: String
        let differences: [Difference]
        let repaired: Bool
    }

    @OptionGroup var common: GlobalOptions

    @Argument(help: "A path in the repository (default: the working directory).")
    var path: String?

    @Option(help: "The branch, tag or commit whose index is verified (default: what HEAD names).")
    var ref: String?

    @Flag(help: "Write anew what differs, and only that.")
    var repair = false

    mutating func run() throws {
        let workbench = try Workbench(common)
        let repository = try workbench.repository(at: path)
        let store = try workbench.openStore()
        let progress = ProgressBar.make(quiet: common.quiet || common.json)
        let indexer = try workbench.indexer(of: repository, store: store, progress: progress)
        let name = try indexer.refName(of: ref)
        guard let record = try store.repository(url: repository.commonDirectory) else {
            throw CommandError(
                "\(repository.commonDirectory) is not indexed", remedy: "run 'gitdex index' first")
        }
        let report = try Verifier(indexer: indexer).verify(
            record, refName: name, repairs: repair)
        (progress as? ProgressBar)?.clear()
        if common.json {
            try JSONOutput.print(
                Document(
                    isOK: report.isOK, digest: report.digest.hex,
                    expectedDigest: report.expectedDigest.hex,
                    differences: report.differences.map {
                        .init(path: $0.path, problem: $0.problem)
                    },
                    repaired: report.repairedDigest != nil))
        } else {
            show(report, record: record, name: name)
        }
        if !report.isOKNow { throw Termination.no }
    }

    private func show(
        _ report: VerificationReport, record: RepositoryRecord, name: String
    ) {
        for difference in report.differences {
            let place = difference.path.isEmpty ? name : difference.path
            Terminal.print("\(Style.path(place)): \(difference.problem)")
        }
        if report.isOK {
            Terminal.print("\(record.name) \(name): the index equals the tree")
            Terminal.print("digest \(report.digest.hex)")
        } else if report.repairedDigest == report.expectedDigest {
            Terminal.print("\(report.differences.count) differences were repaired")
        } else if repair {
            Terminal.print("the index differs still; run 'gitdex index --full'")
        } else {
            Terminal.print(
                "\(report.differences.count) differences; 'gitdex verify --repair' mends them")
        }
    }
}
