import Testing

@testable import Hooks

@Suite("The hook log stays small and readable")
struct HookLogTests {
    private func entry(_ message: String, reference: String? = "refs/heads/main") -> HookLogEntry {
        HookLogEntry(
            time: HookLog.now(), hook: .postMerge, reference: reference, outcome: .failed,
            durationMilliseconds: 41, message: message)
    }

    @Test(
        "an entry reads back as it was written",
        arguments: ["", "two words", "what happened: what to do", "naïve – ünïcode"])
    func roundTrip(message: String) {
        for reference in [nil, "refs/heads/topic/one"] as [String?] {
            let entry = entry(message, reference: reference)
            #expect(HookLogEntry(line: entry.description) == entry)
        }
    }

    @Test("a message is one line of bounded length, whatever it holds")
    func oneLine() {
        let line = entry("a\nb\u{1B}[31m\r" + String(repeating: "x", count: 5000)).description
        #expect(!line.contains { $0.isNewline || $0 == "\u{1B}" })
        #expect(line.utf8.count < 1200)
    }

    @Test(
        "lines that are no entries are passed over",
        arguments: ["", "nonsense", "t post-commit r done x ms y", "t no-hook r done 1 ms y"])
    func nonsense(line: String) {
        #expect(HookLogEntry(line: line) == nil)
    }

    @Test("two files of bounded size, and the newest entries across both")
    func bounded() throws {
        let directory = try ScratchDirectory()
        let log = HookLog(path: directory.path + "/hook.log")
        let filler = String(repeating: "x", count: 900)
        for number in 0..<1000 { try log.append(entry("\(number) \(filler)")) }
        #expect(HookFiles.names(in: directory.path) == ["hook.log", "hook.log.1"])
        for name in ["/hook.log", "/hook.log.1"] {
            #expect(HookFiles.size(of: directory.path + name) < HookLog.limitBytes + 2000)
        }
        let numbers = log.tail(290).map { $0.message.split(separator: " ").first.map(String.init) }
        #expect(numbers == (710..<1000).map { "\($0)" })
    }

    @Test("the time is in UTC, to the second")
    func time() {
        #expect(HookLog.now().wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    }
}
