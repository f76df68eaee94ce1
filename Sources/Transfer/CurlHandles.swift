import Synchronization

/// The handles that are not in use, with the connections that they keep.
///
/// `@unchecked Sendable`: a handle is in `free`, which only one thread reaches at a time, or with the
/// one thread that took it out.
final class CurlHandles: @unchecked Sendable {
    /// A handle on its way between threads.
    ///
    /// `@unchecked Sendable`: whoever takes the box out of the list is the only one that has it.
    private struct Box: @unchecked Sendable {
        let handle: CurlHandle
    }

    private let free = Mutex<[Box]>([])
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// A handle for this thread alone.
    func take() -> CurlHandle {
        free.withLock { $0.popLast() }?.handle ?? CurlHandle()
    }

    /// Gives a handle back, or lets it go where there are enough.
    func give(_ handle: CurlHandle) {
        handle.reset()
        let box = Box(handle: handle)
        free.withLock { free in
            if free.count < limit { free.append(box) }
        }
    }
}
