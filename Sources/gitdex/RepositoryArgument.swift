import Git
import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A repository as the command line names it: by its name in the index, or by a path in it.
enum RepositoryArgument {
    /// The repository that a path lies in; the working directory when none is given.
    static func discover(from path: String?) throws -> Repository {
        if path?.isEmpty == true {
            throw CommandError(
                "the path is empty", remedy: "name a folder of a repository, or leave it out",
                status: Termination.usage)
        }
        return try Repository.discover(from: path ?? FileManager.default.currentDirectoryPath)
    }

    /// The name of the repository that an argument means.
    static func name(_ argument: String, store: IndexStore) throws -> String {
        if try store.repository(named: argument) != nil { return argument }
        if FileManager.default.fileExists(atPath: argument),
            let name = try name(containing: argument, store: store)
        {
            return name
        }
        throw StorageError(
            code: .notFound, message: "no repository '\(argument)' is indexed",
            remedy: "list them with 'gitdex status', or run 'gitdex index' there")
    }

    /// The name of the repository that a path lies in, or nil when it is not indexed.
    static func name(containing path: String, store: IndexStore) throws -> String? {
        guard let repository = try? Repository.discover(from: path) else { return nil }
        return try store.repository(url: repository.commonDirectory)?.name
    }
}
