import Foundation

/// A named pipe through which a server process tells its port.
public final class PortPipe {
    private let descriptor: Int32

    /// Makes the pipe.
    ///
    /// - Parameter path: Where; the server opens it and writes the port and the end of a line.
    /// - Throws: ``GitdexProcess/Failure``.
    public init(at path: String) throws {
        guard mkfifo(path, 0o600) == 0 else {
            throw GitdexProcess.Failure(description: "cannot make a pipe at \(path)")
        }
        // Open for writing as well, so that opening does not wait for the server.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
    }

    deinit {
        close(descriptor)
    }

    /// Waits until the server has told its port.
    ///
    /// - Parameter server: The server, whose early end ends the wait.
    /// - Returns: The port.
    /// - Throws: ``GitdexProcess/Failure`` with what the server had to say.
    public func port(of server: GitdexProcess) throws -> Int {
        var bytes: [UInt8] = []
        while bytes.last != UInt8(ascii: "\n") {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&entry, 1, 100) > 0 {
                var piece = [UInt8](repeating: 0, count: 16)
                let count = read(descriptor, &piece, piece.count)
                bytes += piece[..<max(0, count)]
            } else if !server.isRunning {
                throw GitdexProcess.Failure(
                    description: "the server did not start: " + server.finish().errors)
            }
        }
        guard let port = Int(String(decoding: bytes.dropLast(), as: UTF8.self)) else {
            throw GitdexProcess.Failure(description: "the server told no port")
        }
        return port
    }
}
