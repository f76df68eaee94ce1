import Foundation
import GitdexTesting
import Synchronization

/// Searches all the time, and looks whether each answer belongs to exactly one commit.
///
/// Every commit writes its number into the same files, so an answer with two numbers, or with
/// another number than that of the commit it names, shows half a commit.
final class CommitReader: Sendable {
    private struct State {
        var port = 0
        var isDone = false
        var generations: [String: Int] = [:]
        var answers = 0
        var complaints: [String] = []
    }

    private let state = Mutex(State())
    private let files: Int

    /// Expects `files` results, one of each file.
    init(files: Int) { self.files = files }

    /// How many answers came.
    var answers: Int { state.withLock { $0.answers } }
    /// What was wrong with any of them.
    var complaints: [String] { state.withLock { $0.complaints } }

    /// Says where the server listens.
    func follow(_ client: HTTPClient) { state.withLock { $0.port = client.port } }

    /// Says which number a commit wrote.
    func learn(_ commit: String, _ generation: Int) {
        state.withLock { $0.generations[commit] = generation }
    }

    /// Ends the reading.
    func end() { state.withLock { $0.isDone = true } }

    /// Reads until ``end()``; a server that is not there is asked again.
    func run() async {
        while !state.withLock({ $0.isDone }) {
            let client = HTTPClient(port: state.withLock { $0.port })
            let path = "/v1/workspaces/local/search?q=generation&mode=lexical&limit=50"
            guard let answer = try? await client.send("GET", path), answer.status == 200 else {
                try? await Task.sleep(for: .milliseconds(20))
                continue
            }
            check(answer.json["results"].elements)
        }
    }

    private func check(_ results: [JSONValue]) {
        let commits = Set(results.map { $0["commit"].string ?? "" })
        let texts = results.map { $0["snippet"].string ?? "" }
        state.withLock { state in
            state.answers += 1
            let generation = commits.first.flatMap { state.generations[$0] }
            guard commits.count == 1, results.count == files, let generation else {
                state.complaints.append("\(results.count) results of \(commits)")
                return
            }
            for text in texts where !text.contains("\"generation \(generation)\"") {
                state.complaints.append("\(generation): \(text)")
            }
        }
    }
}
