import ArgumentParser
import Git
import Glibc
import Search
import Storage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The command `gitdex related`.
struct RelatedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "related",
        abstract: "Find the code most like that at a place.",
        discussion: """
            EXAMPLES
              gitdex related src/flask/sessions.py:320
              gitdex related lib/parse.c:40 --repo curl -k 5
            """)

    @OptionGroup var common: GlobalOptions

    @Argument(help: "A file of the repository and a line of it: PATH:LINE.")
    var place: String

    @Option(help: "The repository: its name, or a path in it (default: where you stand).")
    var repo: String?

    @Option(help: "The branch, tag or commit (default: the ref indexed last).")
    var ref: String?

    @Option(name: .customShort("k"), help: "How many results.")
    var limit = 10

    mutating func validate() throws {
        guard parsedPlace != nil else {
            throw ValidationError("'\(place)' is no place: write PATH:LINE, with lines from 1.")
        }
        guard (1...SearchRequest.maximumLimit).contains(limit) else {
            throw ValidationError("-k must be from 1 to \(SearchRequest.maximumLimit).")
        }
    }

    private var parsedPlace: (path: String, line: Int)? {
        guard let colon = place.lastIndex(of: ":"), colon > place.startIndex,
            let line = Int(place[place.index(after: colon)...]), line > 0
        else { return nil }
        return (String(place[..<colon]), line)
    }

    mutating func run() throws {
        guard let (path, line) = parsedPlace else { return }
        let workbench = try Workbench(common)
        let store = try workbench.openStore()
        let here = FileManager.default.currentDirectoryPath
        let name =
            try repo.map { try RepositoryArgument.name($0, store: store) }
            ?? RepositoryArgument.name(containing: here, store: store)
        let searcher = try Searcher(store: store, embedder: Workbench.embedder(workbench.settings))
        let answer = try searcher.related(
            repository: name, ref: ref, path: treePath(of: path), line: line, limit: limit)
        if common.json {
            try JSONOutput.print(SearchAnswerDocument(answer, query: place, mode: "related"))
        } else {
            SearchAnswerText.print(answer)
        }
    }

    /// The absolute path without links of something that exists, or nil.
    private static func resolved(_ path: String) -> String? {
        guard let buffer = realpath(path, nil) else { return nil }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    /// A path as the repository has it; the one given may be relative to a folder of it.
    private func treePath(of path: String) -> GitPath {
        let plain = GitPath(percentEncoded: path) ?? GitPath(path)
        let here = FileManager.default.currentDirectoryPath
        guard repo == nil, let repository = try? Repository.discover(from: here),
            let top = repository.workingDirectory
        else { return plain }
        guard let root = Self.resolved(top), let full = Self.resolved(path),
            full.hasPrefix(root + "/")
        else { return plain }
        return GitPath(String(full.dropFirst(root.count + 1)))
    }
}
