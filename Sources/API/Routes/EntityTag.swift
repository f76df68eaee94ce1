internal import Cryptography
internal import Git
internal import HTTPTypes
internal import Storage

/// Names the state of the index that an answer is of, for `ETag` and `If-None-Match`.
struct EntityTag: Equatable {
    let text: String

    /// The tag of an answer that depends on some refs and on what was asked.
    ///
    /// Weak: the same places are found, but how long it took may differ.
    init(refs: [RefRecord], asked: String) {
        var hasher = SHA256Hasher()
        for ref in refs {
            hasher.update(Array("\(ref.id) ".utf8))
            hasher.update(ref.indexedCommit?.bytes ?? [0])
            hasher.update(ref.vectorsCommit?.bytes ?? [0])
            hasher.update(ref.seenCommit?.bytes ?? [0])
        }
        hasher.update(Array(asked.utf8))
        text = "W/\"\(hasher.finalize().hex.prefix(32))\""
    }

    /// Whether the client has an answer of this state.
    func isKnown(to headers: HTTPFields) -> Bool {
        guard let given = headers[.ifNoneMatch] else { return false }
        return given.split(separator: ",").contains { candidate in
            let tag = candidate.drop { $0 == " " }.prefix { $0 != " " }
            return tag == "*" || Self.opaque(tag) == Self.opaque(text[...])
        }
    }

    /// The tag without its mark of weakness.
    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }
}
