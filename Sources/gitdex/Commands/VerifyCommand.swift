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
              gitdex verify --worktree              against the files as they are now
              gitdex verify --repo shop --ref main  a connected one, from its mirror
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
            case differenceCount = "difference_count"
        }

        let isOK: Bool
        let digest: String
        let expectedDigest: String
        let differences: [Difference]
        /// All of them, also those that are too many to list.
        let differenceCount: Int
        let repaired: Bool
    }

    @OptionGroup var common: GlobalOptions

    @Argument(help: "A path in the repository (default: the working directory).")
    var path: String?

    @Option(
        help: ArgumentHelp(
            "The name of an indexed repository, instead of a path; a connected one is verified from "
                + "its mirror, which is fetched where it is not there.", valueName: "name"))
    var repo: String?

    @Option(help: "The branch, tag or commit whose index is verified (default: what HEAD names).")
    var ref: String?

    @Flag(help: "Verify the index of the uncommitted working tree.")
    var worktree = false

    @Flag(help: "Write anew what differs, and only that.")
    var repair = false

    mutating func validate() throws {
        if ref?.isEmpty == true { throw ValidationError("--ref is empty.") }
        if worktree, ref != nil { throw ValidationError("Give --ref or --worktree, not both.") }
        if repo != nil, path != nil { throw ValidationError("Give a path or --repo, not both.") }
    }

    mutating func run() throws {
        let workbench = try Workbench(common)
        let progress = ProgressBar.make(quiet: common.quiet || common.json)
        let (record, name, report) = try verified(workbench, progress)
        (progress as? ProgressBar)?.clear()
        if common.json {
            try JSONOutput.print(
                Document(
                    isOK: report.isOK, digest: report.digest.hex,
                    expectedDigest: report.expectedDigest.hex,
                    differences: report.differences.map {
                        .init(path: $0.path, problem: $0.problem)
                    },
                    differenceCount: report.differenceCount,
                    repaired: report.repairedDigest != nil))
        } else {
            show(report, record: record, name: name)
        }
        if !report.isOKNow { throw Termination.no }
    }

    private typealias Verified = (
        record: RepositoryRecord, name: String, report: VerificationReport
    )

    private func verified(
        _ workbench: Workbench, _ progress: any IndexProgress
    ) throws -> Verified {
        guard let repo else {
            let repository = try workbench.repository(at: path)
            return try verified(repository, try workbench.openStore(), workbench, progress)
        }
        let store = try workbench.openStore()
        guard let record = try store.repository(named: repo) else {
            throw StorageError(
                code: .notFound, message: "no repository '\(repo)' is indexed",
                remedy: "list them with 'gitdex status'")
        }
        let remotes = RemoteStore(connection: store.connection)
        guard
            let remote = try remotes.repository(workspace: store.workspace, id: record.id)
        else {
            return try verified(Repository(at: record.url), store, workbench, progress)
        }
        if worktree {
            throw CommandError(
                "a connected repository has no working tree", remedy: "leave --worktree out",
                status: Termination.usage)
        }
        return try ConnectedVerification(
            workbench: workbench, store: store, repository: remote, progress: progress
        ).run(record, ref: ref, repairs: repair)
    }

    private func verified(
        _ repository: Repository, _ store: IndexStore, _ workbench: Workbench,
        _ progress: any IndexProgress
    ) throws -> Verified {
        let indexer = try workbench.indexer(of: repository, store: store, progress: progress)
        let name = try refName(indexer, repository)
        guard let record = try store.repository(url: repository.commonDirectory) else {
            throw CommandError(
                "\(repository.commonDirectory) is not indexed", remedy: "run 'gitdex index' first")
        }
        let report = try Verifier(indexer: indexer).verify(
            record, refName: name, repairs: repair)
        return (record, name, report)
    }

    /// The name of the ref to verify; `worktree` as a ref is the working tree, as in a search.
    private func refName(_ indexer: Indexer, _ repository: Repository) throws -> String {
        let isNamed = ref == "worktree" || ref?.hasPrefix(Indexer.workingTreePrefix) == true
        let isMeant = try worktree || isNamed && !repository.has(ref ?? "")
        guard isMeant else { return try indexer.refName(of: ref) }
        guard let directory = repository.workingDirectory else {
            throw CommandError(
                "a bare repository has no working tree", remedy: "leave --worktree out",
                status: Termination.usage)
        }
        if let ref, ref != "worktree" { return ref }
        return Indexer.workingTreeRefName(directory)
    }

    private func show(
        _ report: VerificationReport, record: RepositoryRecord, name: String
    ) {
        for difference in report.differences {
            let place = difference.path.isEmpty ? name : difference.path
            Terminal.print("\(Style.path(place)): \(difference.problem)")
        }
        let unlisted = report.differenceCount - report.differences.count
        if unlisted > 0 { Terminal.print("and \(Counted.text(unlisted, "difference")) more") }
        if report.isOK {
            let tree = name.hasPrefix(Indexer.workingTreePrefix) ? "working tree" : "tree"
            Terminal.print("\(record.name) \(name): the index equals the \(tree)")
            Terminal.print("digest \(report.digest.hex)")
        } else if report.repairedDigest == report.expectedDigest {
            let count = report.differenceCount
            Terminal.print(
                Counted.text(count, "difference") + (count == 1 ? " was" : " were") + " repaired")
        } else if repair {
            Terminal.print("the index differs still; run 'gitdex index --full'")
        } else {
            Terminal.print(
                Counted.text(report.differenceCount, "difference")
                    + "; 'gitdex verify --repair' mends "
                    + (report.differenceCount == 1 ? "it" : "them"))
        }
    }
}

extension Repository {
    /// Whether a revision names something.
    fileprivate func has(_ revision: String) throws -> Bool {
        do {
            _ = try resolve(revision)
            return true
        } catch  where error.code == .notFound {
            return false
        }
    }
}
