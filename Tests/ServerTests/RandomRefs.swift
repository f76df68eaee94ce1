import Foundation
import GitdexTesting
import Testing

/// Moves the refs of a remote at random, and says what GitHub would post about each move.
struct RandomRefs {
    /// One delivery, not posted yet.
    struct Delivery {
        let payload: String
        let guid = UUID().uuidString
    }

    private let bench: ServerBench
    private var random: SeededRandom
    private var places: [String: String]
    private let names: [String]
    /// For each ref the commits that it moves forward by, the next one last.
    private var chains: [[String]]
    /// Commits that some ref has stood at.
    private var seen: [String]

    /// Begins with one commit on `main`; `refs` says how many refs may come to be, and `commits` how
    /// often each can move forward.
    init(_ bench: ServerBench, refs: Int, commits: Int, seed: UInt64) throws {
        self.bench = bench
        random = SeededRandom(seed: seed)
        names =
            ["refs/heads/main"]
            + (1..<refs).map { $0 % 8 == 0 ? "refs/tags/v\($0)" : "refs/heads/topic/\($0)" }
        try bench.remote.fixture.write("seed.py", "def seed():\n    return 0\n")
        let first = try bench.remote.fixture.commit()
        places = ["refs/heads/main": first]
        seen = [first]
        chains = try Self.makeChains(bench.remote.fixture, refs, commits, on: first, &random)
    }

    /// Makes all commits by one run of git, each with one new text.
    private static func makeChains(
        _ fixture: GitFixture, _ refs: Int, _ commits: Int, on first: String,
        _ random: inout SeededRandom
    ) throws -> [[String]] {
        var stream = ""
        for number in 0..<refs * commits {
            let text = "def function_\(number)():\n    return \(number &* 7919)\n"
            let path = "folder\(random.next() % 5)/file\(random.next() % 12).py"
            stream += """
                commit refs/unseen/\(number / commits)
                mark :\(number + 1)
                committer test <test@example.com> \(1_700_000_000 + number) +0000
                data 0
                from \(number % commits == 0 ? first : ":\(number)")
                M 100644 inline \(path)
                data \(text.utf8.count)
                \(text)

                """
        }
        let file = fixture.folder + "/stream"
        try Data(stream.utf8).write(to: URL(fileURLWithPath: file))
        let script = "git fast-import --quiet --export-marks=\(file).marks < \(file)"
        let outcome = try GitdexProcess(
            ["-c", script], program: ["/bin/sh"], in: fixture.path,
            environment: ServerBench.environment(folder: fixture.folder)
        ).finish()
        try #require(outcome.status == 0, "\(outcome.errors)")
        let marks = try String(contentsOfFile: file + ".marks", encoding: .utf8)
        var made = [String](repeating: "", count: refs * commits)
        for line in marks.split(separator: "\n") {
            let parts = line.split(separator: " ")
            if let number = Int(parts[0].dropFirst()) { made[number - 1] = String(parts[1]) }
        }
        return (0..<refs).map { ref in made[ref * commits..<(ref + 1) * commits].reversed() }
    }

    /// A number below a limit.
    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    /// Moves one ref: forward, back, elsewhere, away, or into being.
    mutating func move() throws -> Delivery {
        let ref = below(names.count)
        let name = names[ref]
        let before = places[name]
        let after: String?
        switch below(10) {
        case 0 where before != nil && name != "refs/heads/main": after = nil
        case 1, 2: after = seen[below(seen.count)]
        default: after = chains[ref].popLast() ?? seen[below(seen.count)]
        }
        if let after {
            try bench.remote.git("update-ref", name, after)
            seen.append(after)
        } else {
            try bench.remote.git("update-ref", "-d", name)
        }
        places[name] = after
        return Delivery(payload: bench.push(name, before: before, after: after))
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
