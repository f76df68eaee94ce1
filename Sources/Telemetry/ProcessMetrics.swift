import CoreMetrics

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What the process uses, under the names that Prometheus' own clients use.
public enum ProcessMetrics {
    /// Adds the metrics to a registry; they are read at each exposition.
    ///
    /// - Parameter registry: The registry.
    public static func add(to registry: PrometheusRegistry) {
        let started = now()
        registry.describe("process_cpu_seconds_total", "Processor time used, in seconds.")
        registry.describe("process_resident_memory_bytes", "Memory in use, in bytes.")
        registry.describe("process_open_fds", "Open file descriptors.")
        registry.describe("process_start_time_seconds", "When the process began, in Unix time.")
        registry.beforeScrape { registry in
            let processor = registry.makeFloatingPointCounter(
                label: "process_cpu_seconds_total", dimensions: [])
            processor.reset()
            processor.increment(by: processorSeconds())
            set(registry, "process_start_time_seconds", started)
            if let bytes = residentBytes() {
                set(registry, "process_resident_memory_bytes", bytes)
            }
            if let count = openDescriptors() { set(registry, "process_open_fds", count) }
        }
    }

    private static func set(_ registry: PrometheusRegistry, _ name: String, _ value: Double) {
        registry.makeMeter(label: name, dimensions: []).set(value)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The second number of `statm`, in pages; nil where there is no such file.
    private static func residentBytes() -> Double? {
        guard let file = fopen("/proc/self/statm", "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let words = line.split(separator: 32)
        guard words.count > 1 else { return nil }
        let digits = String(decoding: words[1].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Double(digits).map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
    }

    private static func openDescriptors() -> Double? {
        guard let directory = opendir("/proc/self/fd") else { return nil }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        // The two names of folders, and the descriptor that reads this one.
        return Double(count - 3)
    }
}
