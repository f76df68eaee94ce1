import ArgumentParser
import Git
import Indexing
import Storage

/// The command `gitdex index`.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Bring the index to a ref's tip.",
        discussion: """
            The first run indexes all, later ones only the difference.

            EXAMPLES
              gitdex index                          HEAD's branch of the repository you stand in
              gitdex index ~/src/flask --ref v3.0   a tag of another repository
              gitdex index --all-branches           every local branch
              gitdex index --worktree               what is not committed yet, as a ref of its own
              gitdex index --include 'src/**'       only these paths, from now on
            """)

    @OptionGroup var common: GlobalOptions

    @Argument(help: "A path in the repository (default: the working directory).")
    var path: String?

    @Option(help: "A branch, tag or commit (default: what HEAD names).")
    var ref: String?

    @Flag(help: "Index every local branch.")
    var allBranches = false

    @Flag(help: "Index the uncommitted working tree, as a ref of its own.")
    var worktree = false

    @Option(
        parsing: .singleValue,
        help: "Index only paths that match; kept with the repository. Repeatable; '' resets.")
    var include: [String] = []

    @Option(
        parsing: .singleValue,
        help: "Leave out paths that match; kept with the repository. Repeatable; '' resets.")
    var exclude: [String] = []

    @Flag(help: "Read and cut every file again.")
    var full = false

    mutating func validate() throws {
        if [allBranches, worktree, ref != nil].filter({ $0 }).count > 1 {
            throw ValidationError("Give one of --ref, --all-branches and --worktree.")
        }
        if ref?.isEmpty == true { throw ValidationError("--ref is empty.") }
    }

    mutating func run() throws {
        let workbench = try Workbench(common)
        workbench.prepareModels()
        let store = try workbench.openStore()
        let repository = try workbench.repository(at: path)
        let progress = ProgressBar.make(quiet: common.quiet || common.json)
        let indexer = try workbench.indexer(of: repository, store: store, progress: progress)
        var reports: [IndexReport] = []
        var failure: (any Error)?
        for revision in try revisions(of: repository) {
            do {
                let report = try indexer.index(request(for: revision))
                (progress as? ProgressBar)?.clear()
                warn(about: report)
                if !common.json { Terminal.print(text(report)) }
                reports.append(report)
            } catch {
                // One branch that cannot be read must not keep the others from being indexed.
                guard allBranches else { throw error }
                (progress as? ProgressBar)?.clear()
                if failure != nil { Termination.report(error) }
                failure = failure ?? error
            }
        }
        if common.json { try printDocument(of: reports) }
        if let failure { throw failure }
    }

    /// Tells what was left out, or may have been meant otherwise.
    private func warn(about report: IndexReport) {
        guard !common.quiet else { return }
        if let old = report.movedFrom {
            Terminal.printError("gitdex: the repository was moved from \(old)\n")
        }
        for path in report.unreadable {
            Terminal.warn("\(path) cannot be read and is left out")
        }
        for pattern in report.unmatchedPatterns {
            Terminal.warn("no path of the tree fits the pattern '\(pattern)'")
        }
    }

    private func printDocument(of reports: [IndexReport]) throws {
        let documents = reports.map(IndexReportDocument.init)
        if allBranches {
            try JSONOutput.print(["refs": documents])
        } else if let document = documents.first {
            try JSONOutput.print(document)
        }
    }

    private func revisions(of repository: Repository) throws -> [String?] {
        guard allBranches else { return [ref] }
        let branches = try repository.localBranches()
        if branches.isEmpty {
            throw CommandError(
                "the repository has no branch with a commit", remedy: "commit something first")
        }
        // The branch that HEAD names comes last: a search answers from the ref asked for last.
        var names = branches.map { Indexer.fullName(ofBranch: $0.name) }
        if case .branch(let name, _) = try repository.head() {
            let full = Indexer.fullName(ofBranch: name)
            names = names.filter { $0 != full } + [full]
        }
        return names
    }

    private func request(for revision: String?) -> IndexRequest {
        var request = IndexRequest()
        request.revision = revision
        request.include = include.isEmpty ? nil : include.filter { !$0.isEmpty }
        request.exclude = exclude.isEmpty ? nil : exclude.filter { !$0.isEmpty }
        request.isFull = full
        request.isWorkingTree = worktree
        request.wantsDigest = common.json
        return request
    }

    private func text(_ report: IndexReport) -> String {
        let files = report.files
        let chunks = report.chunks
        let name = Style.bold(report.repository) + " " + report.ref
        let commit = report.to == .none ? "no commit" : String(report.to.hex.prefix(10))
        if report.from == report.to, !full, files.added + files.modified + files.deleted == 0 {
            return "\(name) is at \(commit): nothing to do "
                + "(\(Counted.text(files.total, "file")), \(Counted.text(chunks.total, "chunk")))"
        }
        let milliseconds = JSONOutput.milliseconds(report.duration)
        let time =
            milliseconds < 1000
            ? "\(Int(milliseconds.rounded())) ms"
            : "\((milliseconds / 100).rounded() / 10) s"
        return """
            \(name) is at \(commit) after \(time)
              files   \(files.added) added, \(files.modified) modified, \(files.deleted) deleted, \
            \(files.renamed) renamed, \(files.skipped) left out; \(files.total) in all
              chunks  \(chunks.added) added, \(chunks.removed) removed, \(chunks.reused) reused; \
            \(chunks.total) in all
              texts embedded: \(report.embedded)
            """
    }
}
