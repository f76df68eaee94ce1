import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

@Suite("Log lines carry what happened, and no secret")
struct LogHandlerTests {
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description = "cannot reach https://me:hunter2@example.com/x"
    }

    private func logger(_ format: LogFormat, _ lines: Lines) -> Logger {
        Logger(label: "gitdex.test") { format.handler(label: $0, output: lines.add) }
    }

    @Test("a JSON line is one object with the fields")
    func json() throws {
        let lines = Lines()
        var logger = logger(.json, lines)
        logger[metadataKey: "job"] = "\(7)"
        logger[metadataKey: "count"] = .stringConvertible(12)
        logger.info("line\nend \"quoted\" \u{1B}[31m", metadata: ["refs": ["a", "b"], "job": "8"])
        logger.debug("left out")
        #expect(lines.all.count == 1)
        let line = try #require(lines.all.first)
        #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("\n"))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["level"] as? String == "info")
        #expect(object["logger"] as? String == "gitdex.test")
        #expect(object["message"] as? String == "line\nend \"quoted\" \u{1B}[31m")
        let fields = try #require(object["fields"] as? [String: Any])
        #expect(fields["job"] as? String == "8")
        #expect(fields["count"] as? Int == 12)
        #expect(fields["refs"] as? [String] == ["a", "b"])
        let time = try #require(object["time"] as? String)
        let read = ISO8601DateFormatter()
        read.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        let date = try #require(read.date(from: time))
        #expect(abs(date.timeIntervalSinceNow) < 60)
    }

    @Test("a text line is one line that no value can break")
    func text() throws {
        let lines = Lines()
        logger(.text, lines).warning(
            "two\nlines", metadata: ["path": "a b", "empty": "", "plain": "word"])
        let line = try #require(lines.all.first)
        #expect(
            line.hasSuffix(
                " warning gitdex.test: two\\nlines empty=\"\" path=\"a b\" plain=word\n"))
    }

    @Test("secrets do not reach the line", arguments: LogFormat.allCases)
    func redaction(format: LogFormat) throws {
        let lines = Lines()
        logger(format, lines).error(
            "fetch of https://user:hunter2@example.com/a@b.git failed", error: Failure(),
            metadata: [
                "webhook_secret": "hunter2", "request": ["Authorization": "hunter2"],
                "tokens": ["hunter2"], "remote": "ssh://git:hunter2@example.com",
                "api_key": "hunter2", "mail": "someone@example.com",
            ])
        let line = try #require(lines.all.first)
        #expect(!line.contains("hunter2"))
        #expect(line.contains("<redacted>@example.com/a@b.git"))
        #expect(line.contains("someone@example.com"))
        #expect(line.contains("cannot reach"))
    }
}
