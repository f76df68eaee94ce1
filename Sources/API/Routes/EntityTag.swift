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
    ///
    /// - Parameters:
    ///   - refs: The refs that were asked.
    ///   - repositories: The repositories that they are of.
    ///   - asked: What was asked.
    init(refs: [RefRecord], repositories: [RepositoryRecord], asked: String) {
        var hasher = SHA256Hasher()
        for repository in repositories {
            // Nothing that the database holds as text has a NUL in it.
            hasher.update(Array("\(repository.id) \(repository.name)\0".utf8))
            for patterns in [repository.include, repository.exclude] {
                hasher.update(Array("\(patterns.count) ".utf8))
                hasher.update(Array(patterns.map { $0 + "\0" }.joined().utf8))
            }
        }
        for ref in refs {
            // A working tree is indexed anew at the same commit: the time tells them apart.
            hasher.update(Array("\(ref.id) \(ref.indexedAt?.bitPattern ?? 0) ".utf8))
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
