import ArgumentParser
import Git
import Glibc
import Search
import Storage

/// The command `gitdex status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say what is indexed, at which commit, and how far it is behind.",
        discussion: """
            With a path, only the repository it lies in. --json lists every file that is left out, \
            with the reason.

            EXAMPLES
              gitdex status
              gitdex status ~/src/flask --json
            """)

    @OptionGroup var common: GlobalOptions

    @Argument(help: "A path in a repository (default: every repository).")
    var path: String?

    mutating func run() throws {
        let store = try Workbench(common).openStore()
        let reader = StatusReader(store: store)
        let statuses = try repositories(store).flatMap { record in
            try reader.statuses(of: record).map { (record, $0) }
        }
        if let path, statuses.isEmpty {
            // A first run was cut off.
            throw notIndexed(try RepositoryArgument.discover(from: path).commonDirectory, path)
        }
        if common.json {
            try JSONOutput.print(
                ["refs": try statuses.map { try StatusDocument($0, $1, store: store) }])
            return
        }
        if statuses.isEmpty {
            Terminal.print("nothing is indexed; run 'gitdex index' in a repository")
        }
        for (record, status) in statuses { try show(record, status, store) }
    }

    private func repositories(_ store: IndexStore) throws -> [RepositoryRecord] {
        guard let path else { return try store.repositories() }
        let url = try RepositoryArgument.discover(from: path).commonDirectory
        guard let record = try store.repository(url: url) else {
            throw notIndexed(url, path)
        }
        return [record]
    }

    private func notIndexed(_ url: String, _ path: String) -> CommandError {
        CommandError("\(url) is not indexed", remedy: "run 'gitdex index \(path)' first")
    }

    private func show(
        _ record: RepositoryRecord, _ status: StatusReader.Status, _ store: IndexStore
    ) throws {
        let freshness = status.freshness
        let indexed = freshness.indexedCommit
        let commit = indexed == .none ? "no commit" : String(indexed.hex.prefix(10))
        let distance: String
        switch freshness.behind {
        case 0: distance = "up to date"
        case .some(let count): distance = Counted.text(count, "commit") + " behind"
        case nil where freshness.seenCommit != freshness.indexedCommit:
            distance =
                (record.url.hasPrefix("/")
                    ? "not where its ref is now, " : "not yet at its remote's ")
                + freshness.seenCommit.hex.prefix(10)
        case nil: distance = "whose ref or repository cannot be found any more"
        }
        let changed = freshness.changedFiles ?? 0
        var parts = freshness.behind == 0 ? [] : [distance]
        if changed > 0 { parts.append(Counted.text(changed, "file") + " changed since") }
        if freshness.hasOtherRules {
            parts.append("indexed by other patterns or an older version: run 'gitdex index' for it")
        }
        let state = parts.isEmpty ? distance : parts.joined(separator: ", ")
        Terminal.print(
            "\(Style.bold(record.name)) \(freshness.ref) at \(commit), \(state)")
        Terminal.print(Style.dim("  \(record.url)"))
        if record.isGone {
            Terminal.print(
                "  this folder is gone: run 'gitdex index' where the repository is now, or forget "
                    + "it with 'gitdex gc --repo \(record.name)'")
        }
        Terminal.print(
            "  " + Counted.text(status.ref.fileCount, "file") + ", "
                + Counted.text(status.ref.chunkCount, "chunk"))
        let reasons = try store.skippedCounts(ofRef: status.ref.id)
        if !reasons.isEmpty {
            let list = reasons.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value) \($0.key.rawValue)" }
            Terminal.print("  left out: \(list.joined(separator: ", "))")
        }
        if !record.include.isEmpty {
            Terminal.print("  only \(record.include.joined(separator: " "))")
        }
        if !record.exclude.isEmpty {
            Terminal.print("  without \(record.exclude.joined(separator: " "))")
        }
    }
}

extension RepositoryRecord {
    /// Whether it was in a folder of this machine that is there no more.
    var isGone: Bool { url.hasPrefix("/") && access(url, F_OK) != 0 && errno == ENOENT }
}
