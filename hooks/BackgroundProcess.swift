#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Cuts a process off from the terminal and the git command that started it.
public enum BackgroundProcess {
    /// The highest descriptor that is closed; shells and build tools leak low ones.
    private static let descriptorLimit: CInt = 1024

    /// Makes this process a session of its own, with only the three standard streams open and the
    /// usual effect of an interrupt, which shells turn off for what they start in the background.
    ///
    /// To be called first in `gitdex hook run`, before any file or thread is opened.
    public static func detach() {
        // Fails when the hook's `setsid` made the session already, which is as well.
        _ = setsid()
        // What was inherited cannot have the flag that closes it at exec; what the runtime has
        // opened for its timers has it, and must stay.
        for descriptor in 3..<descriptorLimit where fcntl(descriptor, F_GETFD) == 0 {
            close(descriptor)
        }
        signal(SIGINT, SIG_DFL)
        signal(SIGQUIT, SIG_DFL)
        signal(SIGHUP, SIG_IGN)
    }
}
