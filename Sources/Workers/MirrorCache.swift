import Git
import Metrics
import Synchronization
import Threads

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The bare mirrors of remote repositories on this host.
///
/// A cache: each mirror can be removed at any time and is made anew when it is needed. One job of the
/// host uses a mirror at a time, from the fetch to the end of the indexing: refs of one repository
/// share most of their content, so that two at once would do the same work twice.
public final class MirrorCache: Sendable {
    /// A mirror by what it belongs to.
    struct Key: Hashable, Sendable {
        let workspace: Int
        let repository: Int
    }

    private let directory: String
    private let limitBytes: Int
    private struct Size {
        let bytes: Int
        let measuredMilliseconds: Int
    }

    private let sizes = Mutex<[String: Size]>([:])
    /// A mirror's size is measured no more often than this.
    private static let measuringPauseMilliseconds = 30_000

    /// Makes a cache; nothing is written before the first mirror.
    ///
    /// - Parameters:
    ///   - directory: The folder of the mirrors, made where there is none.
    ///   - limitBytes: How much room the mirrors may take; beyond it those that were not used for the
    ///     longest time are removed.
    public init(directory: String, limitBytes: Int) {
        self.directory = directory
        self.limitBytes = limitBytes
    }

    /// Runs `body` while no other job of this host uses the mirror, and nothing evicts it.
    ///
    /// - Throws: ``WorkerError`` with code `mirrorBusy` when another job uses it for longer than the
    ///   limit, `cancelled`, or `mirrorUnusable`; and what `body` throws.
    func use<R>(
        _ key: Key, isCancelled: () -> Bool, _ body: (MirrorUse) throws -> R
    ) throws -> R {
        let folder = "\(directory)/\(key.workspace)"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw WorkerError(
                code: .mirrorUnusable, message: "cannot make the folder \(folder)",
                remedy: "make the data directory writable for the user of the worker")
        }
        let path = path(of: key)
        let lock = try Self.lock(path + Self.lockSuffix, isCancelled)
        return try withExtendedLifetime(lock) {
            defer { note(path) }
            return try body(MirrorUse(path: path))
        }
    }

    /// Says which commit an object of a remote stands for, as far as the mirror here knows.
    func commits(of key: Key) -> (ObjectID) -> ObjectID? {
        let repository = try? Repository(at: path(of: key))
        return { oid in try? repository?.resolve(oid.hex).commit }
    }

    /// Says whether an object of a remote is in the mirror here and stands for no commit.
    func knownAsNoCommit(of key: Key) -> (ObjectID) -> Bool {
        let repository = try? Repository(at: path(of: key))
        return { oid in
            do throws(GitError) {
                _ = try repository?.resolve(oid.hex)
                return false
            } catch {
                return error.code == .notACommit
            }
        }
    }

    func path(of key: Key) -> String {
        "\(directory)/\(key.workspace)/\(key.repository).git"
    }

    /// Takes a lock, waiting for its holder within a limit.
    private static func lock(_ path: String, _ isCancelled: () -> Bool) throws -> FileLock {
        let end = MonotonicClock.milliseconds() + WorkerLimits.mirrorWaitMilliseconds
        while true {
            if let lock = try FileLock.take(at: path) { return lock }
            if isCancelled() {
                throw WorkerError(
                    code: .cancelled, message: "the worker stops", remedy: "start it again")
            }
            guard MonotonicClock.milliseconds() < end else {
                throw WorkerError(
                    code: .mirrorBusy, message: "another ref of this repository is being indexed",
                    remedy: "it is tried again by itself")
            }
            MonotonicClock.sleep(milliseconds: WorkerLimits.mirrorPollMilliseconds)
        }
    }

    static let lockSuffix = ".lock"
    /// Stands in the name of a mirror that is being removed.
    static let goneInfix = ".gone-"

    // MARK: What is there

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// Takes a mirror that was removed out of the sum of sizes.
    func forget(_ path: String) {
        sizes.withLock { $0[path] = nil }
    }

    /// The mirrors on the disk.
    func keys() -> [Key] {
        let files = FileManager.default
        var keys: [Key] = []
        for folder in (try? files.contentsOfDirectory(atPath: directory)) ?? [] {
            guard let workspace = Int(folder) else { continue }
            for name in (try? files.contentsOfDirectory(atPath: directory + "/" + folder)) ?? [] {
                guard name.hasSuffix(".git"), let repository = Int(name.dropLast(4)) else {
                    continue
                }
                keys.append(Key(workspace: workspace, repository: repository))
            }
        }
        return keys
    }

    // MARK: Room

    /// Measures one mirror, and makes room when all of them together are too large.
    private func note(_ path: String) {
        let now = MonotonicClock.milliseconds()
        let known = sizes.withLock { $0[path] }
        if let known, now - known.measuredMilliseconds < Self.measuringPauseMilliseconds { return }
        let size = Size(bytes: DirectorySize.bytes(of: path), measuredMilliseconds: now)
        let total = sizes.withLock { sizes in
            sizes[path] = size
            return sizes.values.reduce(0) { $0 + $1.bytes }
        }
        report(total)
        if total > limitBytes { trim() }
    }

    /// Measures all mirrors and removes those that nobody uses, the least recently used first, until
    /// the rest is below the limit.
    ///
    /// Costs a look at every file of the mirrors.
    ///
    /// - Returns: The bytes that are left.
    @discardableResult
    public func trim() -> Int {
        let mirrors = measured()
        let now = MonotonicClock.milliseconds()
        sizes.withLock { sizes in
            sizes = [:]
            for mirror in mirrors {
                sizes[mirror.path] = Size(bytes: mirror.bytes, measuredMilliseconds: now)
            }
        }
        var total = mirrors.reduce(0) { $0 + $1.bytes }
        if total > limitBytes {
            let goal = Int(Double(limitBytes) * WorkerLimits.keptShareOfMirrors)
            for mirror in mirrors.sorted(by: { $0.lastUse < $1.lastUse }) where total > goal {
                guard let lock = try? FileLock.take(at: mirror.path + Self.lockSuffix) else {
                    continue
                }
                withExtendedLifetime(lock) { MirrorUse.remove(mirror.path) }
                sizes.withLock { $0[mirror.path] = nil }
                total -= mirror.bytes
            }
        }
        report(total)
        return total
    }

    private func report(_ total: Int) {
        Gauge(label: WorkerMetrics.mirrorBytes).record(total)
    }

    private func measured() -> [(path: String, bytes: Int, lastUse: Int)] {
        var mirrors: [(path: String, bytes: Int, lastUse: Int)] = []
        let files = FileManager.default
        for workspace in (try? files.contentsOfDirectory(atPath: directory)) ?? [] {
            let folder = directory + "/" + workspace
            for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
                let path = folder + "/" + name
                if name.contains(Self.goneInfix) {
                    // A process was killed while it removed this one.
                    try? files.removeItem(atPath: path)
                } else if name.hasSuffix(".git") {
                    mirrors.append(
                        (
                            path, DirectorySize.bytes(of: path),
                            DirectorySize.modified(path + Self.lockSuffix)
                        ))
                }
            }
        }
        return mirrors
    }
}
