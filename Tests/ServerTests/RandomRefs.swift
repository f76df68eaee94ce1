import Foundation
import GitdexTesting

/// Moves the refs of a remote at random, and says what GitHub would post about each move.
struct RandomRefs {
    /// One delivery, not posted yet.
    struct Delivery {
        let payload: String
        let guid = UUID().uuidString
    }

    private let bench: ServerBench
    private var random: SeededRandom
    private var commits: [String]
    private var places: [String: String]
    private let names: [String]
    private var number = 0

    /// Begins with one commit on `main`; `refs` says how many refs may come to be.
    init(_ bench: ServerBench, refs: Int, seed: UInt64) throws {
        self.bench = bench
        random = SeededRandom(seed: seed)
        names =
            ["refs/heads/main"]
            + (1..<refs).map { $0 % 8 == 0 ? "refs/tags/v\($0)" : "refs/heads/topic/\($0)" }
        try bench.remote.fixture.write("seed.py", "def seed():\n    return 0\n")
        let first = try bench.remote.fixture.commit()
        commits = [first]
        places = ["refs/heads/main": first]
    }

    /// A number below a limit.
    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    /// Moves one ref: forward, back, elsewhere, away, or into being.
    mutating func move() throws -> Delivery {
        let name = names[below(names.count)]
        let before = places[name]
        let after: String?
        switch below(10) {
        case 0 where before != nil && name != "refs/heads/main": after = nil
        case 1, 2: after = commits[below(commits.count)]
        default: after = try commit(on: before ?? commits[below(commits.count)])
        }
        if let after {
            try bench.remote.git("update-ref", name, after)
        } else {
            try bench.remote.git("update-ref", "-d", name)
        }
        places[name] = after
        return Delivery(payload: bench.push(name, before: before, after: after))
    }

    /// Makes a commit without a working directory, one file of which is new.
    private mutating func commit(on parent: String) throws -> String {
        number += 1
        let path = "folder\(below(5))/file\(below(12)).py"
        let file = bench.remote.fixture.folder + "/blob.py"
        let text = "def function_\(number)():\n    return \(number &* 7919)\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let blob = try bench.remote.git("hash-object", "-w", file)
        try bench.remote.git("read-tree", parent)
        try bench.remote.git("update-index", "--add", "--cacheinfo", "100644,\(blob),\(path)")
        let tree = try bench.remote.git("write-tree")
        let made = try bench.remote.git("commit-tree", tree, "-p", parent, "-m", "change \(number)")
        commits.append(made)
        return made
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
