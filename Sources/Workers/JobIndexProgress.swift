import Indexing
import Queue
import Synchronization

/// Hands on to the job how far its index run is.
final class JobIndexProgress: IndexProgress {
    private let control: JobControl
    private let total = Mutex(0)

    init(_ control: JobControl) {
        self.control = control
    }

    func begin(total: Int) {
        self.total.withLock { $0 = total }
        control.progress(done: 0, total: total)
    }

    func advance(to count: Int) {
        control.progress(done: count, total: total.withLock { $0 })
    }

    func stage(_ name: String) {}
}
