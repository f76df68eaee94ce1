import Git
import GitdexTesting
import Testing

/// The id with these 40 digits.
func oid(_ hex: String) throws -> ObjectID {
    try #require(ObjectID(hex: hex))
}

/// The tree of a revision.
func tree(_ repository: Repository, _ revision: String = "HEAD") throws -> ObjectID {
    try repository.resolve(revision).tree
}

/// All entries of a tree, in the order of the walk.
func entries(_ repository: Repository, _ tree: ObjectID) throws -> [TreeEntry] {
    var all: [TreeEntry] = []
    try repository.forEachEntry(in: tree) { all.append($0) }
    return all
}

extension Change {
    /// The change as `git diff --name-status` shows it.
    var status: String {
        switch self {
        case .added(let new): "A \(new.path)"
        case .deleted(let old): "D \(old.path)"
        case .modified(let old, let new):
            old.mode.isFile == new.mode.isFile && (old.mode.isFile || old.mode == new.mode)
                ? "M \(new.path)" : "T \(new.path)"
        case .renamed(let old, let new): "R \(old.path) \(new.path)"
        }
    }
}

extension GitRemote {
    /// Options with the token that the server wants.
    var options: RemoteOptions {
        var options = RemoteOptions()
        if !token.isEmpty { options.credentials = .token(username: "user", password: token) }
        return options
    }
}
