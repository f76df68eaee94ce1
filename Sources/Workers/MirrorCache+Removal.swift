public import Postgres
import Storage

extension MirrorCache {
    /// Removes a mirror that is of no use any more, unless a job uses it just now.
    func remove(_ key: Key) {
        let path = path(of: key)
        // Two looks, so that no lock is made for a mirror that never was.
        guard exists(path), let lock = try? FileLock.take(at: path + Self.lockSuffix) else {
            return
        }
        withExtendedLifetime(lock) { MirrorUse.remove(path) }
        forget(path)
    }

    /// Removes the mirrors of repositories that were disconnected.
    ///
    /// - Parameter connection: A connection of the calling thread.
    /// - Throws: What the database said.
    public func removeDisconnected(on connection: Connection) throws {
        // First the disk, then the rows: a mirror is made only where a row is.
        let keys = keys()
        guard !keys.isEmpty else { return }
        let gone = try RemoteStore(connection: connection).disconnected(
            of: keys.map { ($0.workspace, $0.repository) })
        for key in gone {
            remove(Key(workspace: key.workspace, repository: key.repository))
        }
    }
}
