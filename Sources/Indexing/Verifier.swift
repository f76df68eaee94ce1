import Cryptography
import Git
public import Storage
import Synchronization
import Threads

/// Computes from git what a ref's index must hold, and compares it with every row.
public final class Verifier {
    private let indexer: Indexer

    /// Makes a verifier.
    ///
    /// - Parameter indexer: An indexer of the repository, whose parts are used.
    public init(indexer: Indexer) {
        self.indexer = indexer
    }

    /// Compares a ref's index with the tree of the commit that it stands at, that of a working tree
    /// with the files as they are at this moment.
    ///
    /// Costs what a full index costs, and writes nothing unless told to.
    ///
    /// - Parameters:
    ///   - repository: The repository's row.
    ///   - refName: The ref's full name.
    ///   - repairs: Whether what differs is written anew.
    /// - Returns: What was found, as it was before any repair.
    /// - Throws: ``IndexingError`` when the ref was never indexed, or what git, the database or the
    ///   embedder said.
    public func verify(
        _ repository: RepositoryRecord, refName: String, repairs: Bool
    ) throws -> VerificationReport {
        let store = indexer.store
        return try store.withRefLock(
            repository: repository.id, name: refName, onWait: indexer.saysThatItWaits
        ) {
            guard let ref = try store.ref(named: refName, ofRepository: repository.id),
                let commit = ref.indexedCommit
            else {
                throw IndexingError(
                    code: .notIndexed, message: "\(refName) is not indexed",
                    remedy: "run 'gitdex index' first")
            }
            let isWorkingTree = refName.hasPrefix(Indexer.workingTreePrefix)
            guard isWorkingTree || indexer.repository.hasObject(commit) else {
                throw IndexingError(
                    code: .notIndexed,
                    message: "the indexed commit \(commit.hex) is not in the repository",
                    remedy: "run 'gitdex index --full'")
            }
            let check = VerificationRun(
                indexer: indexer, ref: ref,
                target: try target(refName, commit, isWorkingTree: isWorkingTree),
                selection: PathSelection(
                    include: repository.include, exclude: repository.exclude),
                repairs: repairs)
            return try check.perform()
        }
    }

    private func target(
        _ name: String, _ commit: ObjectID, isWorkingTree: Bool
    ) throws -> IndexTarget {
        guard isWorkingTree else {
            return IndexTarget(
                refName: name, commit: commit, tree: try indexer.repository.tree(of: commit))
        }
        var request = IndexRequest()
        request.isWorkingTree = true
        let target = try indexer.resolve(request)
        guard target.refName == name else {
            throw IndexingError(
                code: .invalidRequest,
                message: "\(name) is not the working tree of this repository",
                remedy: "run the command in that folder")
        }
        return target
    }
}
