#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The program that this process runs.
public enum RunningExecutable {
    /// Returns the absolute path of the program file, with symbolic links followed.
    ///
    /// - Returns: The path, or nil where the system cannot tell.
    public static func path() -> String? {
        #if os(Linux)
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            guard realpath("/proc/self/exe", &buffer) != nil else { return nil }
        #else
            var size = UInt32(PATH_MAX)
            var raw = [CChar](repeating: 0, count: Int(size))
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            guard _NSGetExecutablePath(&raw, &size) == 0, realpath(raw, &buffer) != nil else {
                return nil
            }
        #endif
        return buffer.withUnsafeBufferPointer { characters in
            characters.baseAddress.map { String(cString: $0) }
        }
    }
}
