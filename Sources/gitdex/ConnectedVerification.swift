import Indexing
import Storage
import Workers

/// Verifies a ref of a connected repository from its mirror on this host.
struct ConnectedVerification {
    let workbench: Workbench
    let store: IndexStore
    let repository: RemoteRepository
    let progress: any IndexProgress

    /// Verifies the index of a ref: the named one, else the default branch.
    func run(
        _ record: RepositoryRecord, ref wanted: String?, repairs: Bool
    ) throws -> (record: RepositoryRecord, name: String, report: VerificationReport) {
        let ref = try ref(wanted)
        guard let commit = ref.indexedCommit else {
            throw CommandError(
                "\(ref.name) of \(repository.name) is not indexed yet",
                remedy: "see 'gitdex jobs list'")
        }
        let mirrors = MirrorCache(directory: workbench.mirrorDirectory, limitBytes: Int.max)
        do {
            let report = try mirrors.reading(
                repository, at: commit, of: ref.name, by: workbench.remoteAccess,
                onFetch: { progress.stage("fetching \(ref.name)") }
            ) { mirror in
                let indexer = try workbench.indexer(of: mirror, store: store, progress: progress)
                return try Verifier(indexer: indexer).verify(
                    record, refName: ref.name, repairs: repairs)
            }
            return (record, ref.name, report)
        } catch let error as WorkerError where error.code == .mirrorBusy {
            throw CommandError(
                "a worker of this host uses the mirror of \(repository.name)",
                remedy: "run it again in a moment")
        }
    }

    private func ref(_ wanted: String?) throws -> RefRecord {
        let refs = try store.refs(ofRepository: repository.id)
        guard let wanted else {
            if let found = refs.first(where: { $0.name == repository.defaultRef }) { return found }
            if refs.count == 1 { return refs[0] }
            throw CommandError(
                refs.isEmpty
                    ? "\(repository.name) is not indexed yet"
                    : "\(repository.name) has no default branch that is indexed",
                remedy: refs.isEmpty ? "see 'gitdex jobs list'" : "name one with --ref",
                status: refs.isEmpty ? Termination.no : Termination.usage)
        }
        for name in [wanted, "refs/heads/" + wanted, "refs/tags/" + wanted] {
            if let found = refs.first(where: { $0.name == name }) { return found }
        }
        throw CommandError(
            "\(wanted) of \(repository.name) is not indexed",
            remedy: "list what is with 'gitdex status'")
    }
}
