import ArgumentParser
import Indexing
import Storage

/// The command `gitdex gc`.
struct CollectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Drop what no ref needs any more.",
        discussion: """
            Refs whose branch or tag is gone from its repository are dropped first, then the files, \
            texts and vectors that no ref holds. A repository whose folder is gone is left alone: it \
            may be on a disk that is not mounted.

            EXAMPLES
              gitdex gc
              gitdex gc --repo old-project     forget one repository altogether
            """)

    private struct Document: Encodable {
        let refs, blobs, contents, embeddings, paths: Int
    }

    @OptionGroup var common: GlobalOptions

    @Option(help: "Forget this repository altogether: its name.")
    var repo: String?

    mutating func run() throws {
        let workbench = try Workbench(common)
        let store = try workbench.openStore()
        let progress = ProgressBar.make(quiet: common.quiet || common.json)
        let collector = GarbageCollector(store: store, progress: progress)
        let counts = try collector.collect(forgetting: repo)
        (progress as? ProgressBar)?.clear()
        if common.json {
            try JSONOutput.print(
                Document(
                    refs: counts.refs, blobs: counts.content.blobs,
                    contents: counts.content.contents, embeddings: counts.content.embeddings,
                    paths: counts.content.paths))
        } else {
            Terminal.print(
                """
                dropped \(Counted.text(counts.refs, "ref")), \
                \(Counted.text(counts.content.blobs, "blob")), \
                \(Counted.text(counts.content.contents, "text")), \
                \(Counted.text(counts.content.embeddings, "vector")), \
                \(Counted.text(counts.content.paths, "path"))
                """)
        }
    }
}
