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
    /// A ref that stands at no commit of the repository, because its row is lost or the commit was
    /// pruned, is compared with the commit that its name stands for now, and mended to that.
    /// Costs what a full index costs, and writes nothing unless told to.
    ///
    /// - Parameters:
    ///   - repository: The repository's row.
    ///   - refName: The ref's full name.
    ///   - repairs: Whether what differs is written anew.
    /// - Returns: What was found, as it was before any repair.
    /// - Throws: What git, the database or the embedder said.
    public func verify(
        _ repository: RepositoryRecord, refName: String, repairs: Bool
    ) throws -> VerificationReport {
        let store = indexer.store
        return try store.withRefLock(
            repository: repository.id, name: refName, onWait: indexer.saysThatItWaits
        ) {
            let found = try store.ref(named: refName, ofRepository: repository.id)
            let target = try target(refName, indexed: found?.indexedCommit)
            let ref =
                repairs
                ? try found ?? store.makeRef(named: refName, ofRepository: repository.id)
                : found ?? .unknown(refName, ofRepository: repository.id)
            let check = VerificationRun(
                indexer: indexer, ref: ref, target: target,
                selection: PathSelection(
                    include: repository.include, exclude: repository.exclude),
                repairs: repairs)
            return try check.perform()
        }
    }

    /// What the rows of a ref are compared with.
    private func target(_ name: String, indexed: ObjectID?) throws -> IndexTarget {
        let repository = indexer.repository
        guard name.hasPrefix(Indexer.workingTreePrefix) else {
            if let indexed, let tree = try tree(of: indexed) {
                return IndexTarget(refName: name, commit: indexed, tree: tree)
            }
            let now = try repository.resolve(name)
            return IndexTarget(refName: name, commit: now.commit, tree: now.tree)
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

    /// The tree of a commit, or nil where the repository holds no commit of that name.
    private func tree(of commit: ObjectID) throws(GitError) -> ObjectID? {
        guard indexer.repository.hasObject(commit) else { return nil }
        do throws(GitError) {
            return try indexer.repository.tree(of: commit)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
