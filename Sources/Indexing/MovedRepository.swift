import Git
import Storage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Recognises a repository whose folder was renamed or moved, so that it keeps its row.
///
/// The folder of the row must be gone while the folder that it was in is there, as on a disk that is
/// mounted, and a branch of the row must stand in this repository with the commit that is indexed.
/// When more than one row is like that, none is taken.
struct MovedRepository {
    let repository: Repository
    let store: IndexStore

    /// Gives the row of the old place to this repository.
    ///
    /// - Returns: The old place, or nil where no row is this repository's.
    func adopt() throws -> String? {
        let candidates = try store.repositories().filter(isGone).filter(isThisRepository)
        guard candidates.count == 1, let record = candidates.first else { return nil }
        let (old, new) = (record.url, repository.commonDirectory)
        var trees: [(from: String, to: String)] = []
        if let directory = repository.workingDirectory {
            trees.append(
                (
                    Indexer.workingTreeRefName(Self.folder(of: old)),
                    Indexer.workingTreeRefName(directory)
                ))
        }
        let wasNamedByFolder = Self.isName(record.name, of: RepositoryName.of(old))
        let isMoved = try store.moveRepository(
            record, to: new, name: wasNamedByFolder ? RepositoryName.of(new) : record.name,
            renaming: trees)
        return isMoved ? old : nil
    }

    private func isGone(_ record: RepositoryRecord) -> Bool {
        guard record.url.hasPrefix("/") else { return false }
        var status = stat()
        if stat(record.url, &status) == 0 || errno != ENOENT { return false }
        let folder = Self.folder(of: record.url)
        let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
        return stat(parent.isEmpty ? "/" : parent, &status) == 0
    }

    private func isThisRepository(_ record: RepositoryRecord) throws -> Bool {
        try store.refs(ofRepository: record.id).contains { ref in
            guard ref.name.hasPrefix("refs/"), let commit = ref.indexedCommit else { return false }
            return repository.hasObject(commit) && (try? repository.resolve(ref.name)) != nil
        }
    }

    /// The folder that a person would rename: the one that holds `.git`, or a bare repository.
    private static func folder(of url: String) -> String {
        url.hasSuffix("/.git") ? String(url.dropLast(5)) : url
    }

    /// Whether a row's name is that of its folder, or that with a number.
    private static func isName(_ name: String, of folder: String) -> Bool {
        if name == folder { return true }
        guard name.hasPrefix(folder + "-") else { return false }
        return Int(name.dropFirst(folder.count + 1)) != nil
    }
}
