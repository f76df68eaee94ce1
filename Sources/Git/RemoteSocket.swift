import Addresses
import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

private let systemConnect = connect
private let systemSocket = socket

/// The sockets of libgit2, which do what its own do and can be ended by their ``RemoteOperation``.
///
/// They also send small pieces at once, as libgit2 writes the head and the body of a request apart,
/// and never raise SIGPIPE.
enum RemoteSocket {
    typealias Stream = UnsafeMutablePointer<gitdex_socket_stream>

    /// How long one of several addresses of a host may take to answer.
    private static let addressMilliseconds = 10_000

    private static let registered: Int32 = {
        var registration = git_stream_registration()
        registration.version = GIT_STREAM_VERSION
        registration.`init` = { make($0, $1, $2) }
        return git_stream_register(GIT_STREAM_STANDARD, &registration)
    }()

    /// Makes libgit2 use these sockets, once for the process.
    static func register() {
        _ = registered
    }

    private static func make(
        _ result: UnsafeMutablePointer<UnsafeMutablePointer<git_stream>?>?,
        _ host: UnsafePointer<CChar>?, _ port: UnsafePointer<CChar>?
    ) -> Int32 {
        guard let result, let host, let port, let operation = RemoteOperation.current,
            operation.mayConnect(to: String(cString: host), String(cString: port))
        else { return failure("a connection to another host was refused") }
        let stream = Stream.allocate(capacity: 1)
        stream.initialize(to: gitdex_socket_stream())
        stream.pointee.host = strdup(host)
        stream.pointee.port = strdup(port)
        stream.pointee.descriptor = -1
        stream.pointee.operation = Unmanaged.passRetained(operation).toOpaque()
        stream.pointee.parent.version = GIT_STREAM_VERSION
        stream.pointee.parent.connect = { RemoteSocket.connect(RemoteSocket.stream($0)) }
        stream.pointee.parent.read = { RemoteSocket.read(RemoteSocket.stream($0), $1, $2) }
        stream.pointee.parent.write = { stream, bytes, count, _ in
            RemoteSocket.write(RemoteSocket.stream(stream), bytes, count)
        }
        stream.pointee.parent.close = { RemoteSocket.close(RemoteSocket.stream($0)) }
        stream.pointee.parent.free = { RemoteSocket.free(RemoteSocket.stream($0)) }
        result.pointee = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: git_stream.self)
        return 0
    }

    /// The stream is the first member, so both begin at one address.
    private static func stream(_ stream: UnsafeMutablePointer<git_stream>?) -> Stream? {
        UnsafeMutableRawPointer(stream)?.assumingMemoryBound(to: gitdex_socket_stream.self)
    }

    private static func owner(of stream: Stream) -> RemoteOperation? {
        stream.pointee.operation.map {
            Unmanaged<RemoteOperation>.fromOpaque($0).takeUnretainedValue()
        }
    }

    private static func connect(_ stream: Stream?) -> Int32 {
        guard let stream, let operation = owner(of: stream) else {
            return failure("there is no connection")
        }
        let host = String(cString: stream.pointee.host)
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = streamType
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, stream.pointee.port, &hints, &list)
        guard code == 0, let list else {
            return failure("no address for \(host): " + String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(list) }
        operation.noteActivity()
        var addresses: [addrinfo] = []
        for address in sequence(first: list, next: \.pointee.ai_next).map(\.pointee) {
            let isPrivate = address.ai_addr.map { PrivateAddress.contains($0) } ?? true
            if operation.options.allowsPrivateAddresses || !isPrivate { addresses.append(address) }
        }
        if addresses.isEmpty { operation.end(.privateAddress(host)) }
        var number: Int32 = ECONNREFUSED
        for (index, address) in addresses.enumerated() where operation.verdict == nil {
            let isLast = index == addresses.count - 1
            switch connect(to: address, operation, isLast ? nil : addressMilliseconds) {
            case .connected(let descriptor):
                stream.pointee.descriptor = descriptor
                return 0
            case .failed(let code): number = code
            }
        }
        return failure("cannot connect to \(host): " + String(cString: strerror(number)))
    }

    private enum Attempt {
        case connected(Int32)
        case failed(Int32)
    }

    private static func connect(
        to address: addrinfo, _ operation: RemoteOperation, _ limitMilliseconds: Int?
    ) -> Attempt {
        let descriptor = systemSocket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { return .failed(errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        #if canImport(Darwin)
            setOption(descriptor, SOL_SOCKET, SO_NOSIGPIPE)
        #endif
        guard operation.adopt(descriptor) else {
            operation.close(descriptor)
            return .failed(ECONNABORTED)
        }
        var number: Int32 = 0
        if systemConnect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
            number =
                errno == EINPROGRESS
                ? wait(descriptor, operation, limitMilliseconds ?? .max) : errno
        }
        guard number == 0, operation.verdict == nil else {
            operation.close(descriptor)
            return .failed(number)
        }
        _ = fcntl(descriptor, F_SETFL, flags)
        operation.noteActivity()
        return .connected(descriptor)
    }

    /// Waits until a connection stands; returns the number of the error, or 0.
    private static func wait(
        _ descriptor: Int32, _ operation: RemoteOperation, _ limitMilliseconds: Int
    ) -> Int32 {
        var waited = 0
        while operation.verdict == nil, waited < limitMilliseconds {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            if poll(&entry, 1, Int32(RemoteOperation.tickMilliseconds)) > 0 {
                var number: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size)
                return number
            }
            waited += RemoteOperation.tickMilliseconds
        }
        return ETIMEDOUT
    }

    private static func read(
        _ stream: Stream?, _ bytes: UnsafeMutableRawPointer?, _ count: Int
    ) -> Int {
        guard let stream, let operation = owner(of: stream) else { return -1 }
        while true {
            let result = recv(stream.pointee.descriptor, bytes, count, 0)
            if result < 0, errno == EINTR { continue }
            if result < 0 {
                return Int(failure("cannot receive: " + String(cString: strerror(errno))))
            }
            operation.noteActivity()
            return result
        }
    }

    private static func write(
        _ stream: Stream?, _ bytes: UnsafePointer<CChar>?, _ count: Int
    ) -> Int {
        guard let stream, let operation = owner(of: stream) else { return -1 }
        while true {
            let result = send(stream.pointee.descriptor, bytes, count, noSignal)
            if result < 0, errno == EINTR { continue }
            if result < 0 {
                return Int(failure("cannot send: " + String(cString: strerror(errno))))
            }
            operation.noteActivity()
            return result
        }
    }

    private static func close(_ stream: Stream?) -> Int32 {
        guard let stream, stream.pointee.descriptor >= 0 else { return 0 }
        owner(of: stream)?.close(stream.pointee.descriptor)
        stream.pointee.descriptor = -1
        return 0
    }

    private static func free(_ stream: Stream?) {
        guard let stream else { return }
        // libgit2 forgets to close after a TLS connection that could not say good-bye.
        _ = close(stream)
        systemFree(stream.pointee.host)
        systemFree(stream.pointee.port)
        if let operation = stream.pointee.operation {
            Unmanaged<RemoteOperation>.fromOpaque(operation).release()
        }
        stream.deallocate()
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func failure(_ message: String) -> Int32 {
        git_error_set_str(Int32(GIT_ERROR_NET.rawValue), message)
        return -1
    }
}

private let systemFree = free

#if canImport(Glibc)
    private let streamType = Int32(SOCK_STREAM.rawValue)
    private let noSignal = Int32(MSG_NOSIGNAL)
#else
    private let streamType = SOCK_STREAM
    private let noSignal: Int32 = 0
#endif
