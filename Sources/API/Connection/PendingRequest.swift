internal import NIOHTTP1

/// What has to be known of a request when its answer is written.
struct PendingRequest {
    /// Whether it asks for the head of an answer alone.
    let isOfHead: Bool
    /// Whether the content could have been compressed.
    private let couldBeCompressed: Bool

    /// Notes a request, and takes out of it what must not reach the compressor.
    init(taking head: inout HTTPRequestHead) {
        isOfHead = head.method == .HEAD
        couldBeCompressed = isOfHead && head.headers.contains(name: "accept-encoding")
        // It would send the compressed form of nothing.
        if isOfHead { head.headers.remove(name: "accept-encoding") }
    }

    /// Takes a length out of the head of an answer that would not be the one of the content.
    func describe(_ head: inout HTTPResponseHead) {
        guard couldBeCompressed, head.headers[canonicalForm: "vary"].contains("accept-encoding"),
            let length = head.headers.first(name: "content-length").flatMap({ Int($0) }),
            length >= APILimits.compressedBytes
        else { return }
        head.headers.remove(name: "content-length")
    }
}
