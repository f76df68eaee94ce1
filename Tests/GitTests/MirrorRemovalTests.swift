import Foundation
import Git
import GitdexTesting
import Synchronization
import Testing

@Suite("A mirror is removed while it is fetched into", .timeLimit(.minutes(2)))
struct MirrorRemovalTests {
    @Test(
        "it is made anew, and the remote is not said to be gone",
        arguments: ["", "/objects", "/objects/pack", "/refs"])
    func removed(part: String) throws {
        let remote = try GitRemote()
        var generator = SystemRandomNumberGenerator()
        let text = (0..<6_000).map { _ in String(generator.next(), radix: 36) }
        try remote.fixture.write("a.txt", text.joined(separator: "\n"))
        let commit = try remote.fixture.commit()
        // Slow enough for the removal to come in the middle of the pack.
        try remote.setFault(.slow(pauseMilliseconds: 20), on: .pack)
        let path = remote.fixture.folder + "/mirror.git"
        let isRemoved = Mutex(false)
        var options = remote.options
        options.progress = { _, total in
            let isFirst = isRemoved.withLock { isRemoved in
                guard total > 0, !isRemoved else { return false }
                isRemoved = true
                return true
            }
            if isFirst { try? FileManager.default.removeItem(atPath: path + part) }
            return true
        }
        let mirror = try Mirror(at: path, url: remote.url, options: options)
        let fetched = try mirror.fetch(refs: ["refs/heads/main"])
        #expect(isRemoved.withLock { $0 })
        #expect(fetched["refs/heads/main"]?.hex == commit)
        let oid = try #require(ObjectID(hex: commit))
        #expect(try Repository(at: path).hasObject(oid))
    }
}
