import Glibc

/// The descriptors 0 to 2, which must never be those of a file or connection that is opened later.
enum StandardStreams {
    /// Puts something in place of streams that the caller closed.
    ///
    /// Else the connection to the database could become descriptor 1, and output would go into it.
    /// Writing to what stands there fails, as writing to a closed stream does.
    static func reserve() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The lowest that is free, and so this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
