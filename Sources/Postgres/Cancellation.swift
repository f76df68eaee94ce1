internal import CLibpq
internal import Synchronization

/// Asks the server, from any thread, to cancel what a connection is running.
public final class Cancellation: Sendable {
    /// The address of a `PGcancel`, 0 for none.
    ///
    /// libpq only reads it after making it; the lock
    /// keeps it from being freed while in use.
    private let address = Mutex<UInt>(0)
    private let refusesStatements = Mutex(false)

    init() {}

    deinit {
        replace(with: 0)
    }

    /// Follows a new connection to the server.
    func update(for handle: OpaquePointer?) {
        replace(with: handle.flatMap { PQgetCancel($0) }.map { UInt(bitPattern: $0) } ?? 0)
    }

    private func replace(with new: UInt) {
        address.withLock { address in
            if let old = OpaquePointer(bitPattern: address) { PQfreeCancel(old) }
            address = new
        }
    }

    /// Whether the connection starts no more statements.
    var isRefusing: Bool { refusesStatements.withLock { $0 } }

    /// Makes the connection refuse new statements, or take them again.
    func setRefusing(_ refuses: Bool) {
        refusesStatements.withLock { $0 = refuses }
    }

    /// Sends the request and waits until the server has taken it, not until it has acted.
    ///
    /// Blocks for a round trip: not for Swift's cooperative threads. Where the connection runs
    /// nothing, nothing happens.
    ///
    /// - Returns: Whether the server took the request.
    @discardableResult
    public func cancel() -> Bool {
        address.withLock { address in
            guard let handle = OpaquePointer(bitPattern: address) else { return false }
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
                PQcancel(handle, buffer.baseAddress, Int32(buffer.count)) == 1
            }
        }
    }
}
