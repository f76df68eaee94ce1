import Cryptography
import Storage

/// What the headers of a delivery say.
struct DeliveryHeaders: Sendable {
    static let limitBytes = 128

    let event: String
    let guid: String
    let contentType: NewDelivery.ContentType

    /// Reads headers, whose names are in lower case.
    ///
    /// A delivery without a name gets one of its own.
    init(_ headers: [String: String]) throws(PayloadError) {
        guard let event = headers["x-github-event"], Self.isWord(event) else {
            throw PayloadError("the header X-GitHub-Event is missing or malformed")
        }
        self.event = event
        let guid: String
        if let name = headers["x-github-delivery"] {
            guid = name
        } else {
            guid = try Self.makeName()
        }
        guard Self.isWord(guid) else {
            throw PayloadError("the header X-GitHub-Delivery is malformed")
        }
        self.guid = guid
        let type = headers["content-type"] ?? "application/json"
        let kind = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        switch kind {
        case "application/json": contentType = .json
        case "application/x-www-form-urlencoded": contentType = .form
        default: throw PayloadError("the header Content-Type names neither JSON nor a form")
        }
    }

    private static func isWord(_ text: String) -> Bool {
        (1...limitBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }

    private static func makeName() throws(PayloadError) -> String {
        guard let bytes = try? SecureRandom.bytes(SHA256Digest.byteCount),
            let digest = SHA256Digest(bytes: bytes)
        else { throw PayloadError("the header X-GitHub-Delivery is missing") }
        return "unnamed-" + digest.hex
    }
}
