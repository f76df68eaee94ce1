import CLibgit2

/// A bare copy of a remote that holds the references it was asked to fetch, and their objects.
///
/// A path is one mirror's at a time, and a mirror one thread's: who shares mirrors between threads
/// or processes locks them. A process may be killed at any moment: objects come into the mirror as
/// a whole pack or not at all, references change one by one after that, and what is left behind is
/// removed by the next who opens the mirror. When many small packs have come together, a fetch ends
/// with making one of them. The mirror is not forced to the disk; one that a power
/// cut damaged is made anew.
public final class Mirror {
    /// The repository to read from; ``fetch(refs:)`` may replace it.
    public private(set) var repository: Repository
    private let folder: MirrorFolder
    private let url: RemoteURL
    private let options: RemoteOptions
    /// How often one fetch makes the mirror anew, which somebody may remove meanwhile.
    private static let renewals = 3

    /// Opens the mirror at a path, or makes one.
    ///
    /// A folder that is no usable mirror is repaired or replaced, but not one that holds other things.
    ///
    /// - Parameters:
    ///   - path: The folder of the mirror; those above it are made as well.
    ///   - url: Where the remote is. It is not stored in the mirror.
    ///   - options: How the remote is spoken to.
    /// - Throws: ``GitError`` with code `unsupportedURL`, `unsafeOwnership`, `permissionDenied` or
    ///   `other`.
    public init(
        at path: String, url: String, options: RemoteOptions = RemoteOptions()
    ) throws(GitError) {
        self.url = try RemoteURL(url)
        self.options = options
        folder = MirrorFolder(path: path)
        try folder.check()
        folder.removeLeftovers()
        if let opened = try folder.open() {
            repository = opened
            return
        }
        // A part may be missing only, such as HEAD, and the objects be worth keeping.
        if (try? folder.make()) != nil, let opened = try folder.open() {
            repository = opened
            return
        }
        repository = try Self.anew(folder)
    }

    /// Fetches some references, wherever they pointed before, and no others.
    ///
    /// A reference that the remote does not have is removed from the mirror. When the mirror proves
    /// damaged, or is removed meanwhile, it is made anew and fetched once more, a few times at most.
    ///
    /// - Parameter refs: Full names, such as `refs/heads/main` or `refs/pull/1/head`.
    /// - Returns: What each of them points to now; those that are gone from the remote are absent.
    /// - Throws: ``GitError`` with code `authenticationFailed`, `network`, `notFound` (the repository
    ///   is gone), `untrustedHost`, `unsupportedURL`, `cancelled`, `invalidRevision` (a name is not a
    ///   full one) or what the disk has to say.
    public func fetch(refs: [String]) throws(GitError) -> [String: ObjectID] {
        for name in refs where !name.hasPrefix("refs/") || !RemoteConnection.isValid(name) {
            throw GitError(
                .invalidRevision, "\(name) cannot be fetched",
                remedy: "name references in full, such as refs/heads/main")
        }
        let result = try fetched(refs)
        // What fails here leaves a mirror that is as good as before.
        if (try? MirrorPacks(repository: repository).consolidate()) == true,
            let opened = try? folder.open()
        {
            repository = opened
        }
        return result
    }

    private func fetched(_ refs: [String]) throws(GitError) -> [String: ObjectID] {
        var renewals = 0
        var hasMoved = false
        while true {
            do throws(GitError) {
                return try attempt(refs)
            } catch {
                if Self.hasMoved(error), !hasMoved {
                    hasMoved = true
                } else if Self.isDamage(error), renewals < Self.renewals {
                    renewals += 1
                    repository = try Self.anew(folder)
                } else {
                    throw error
                }
            }
        }
    }

    /// Lists the references of the mirror.
    ///
    /// - Returns: What each points to, by full name.
    /// - Throws: ``GitError`` when they cannot be read.
    public func references() throws(GitError) -> [String: ObjectID] {
        try MirrorReferences(repository: repository).all()
    }

    /// Removes the mirror from the disk; this object must not be used any more.
    ///
    /// - Throws: ``GitError`` when a file cannot be removed, or the folder holds other things.
    public func remove() throws(GitError) {
        try folder.remove()
    }

    private func attempt(_ refs: [String]) throws(GitError) -> [String: ObjectID] {
        if options.borrowsLocalObjects, MirrorAlternates(path: folder.path).borrow(from: url),
            let opened = try folder.open()
        {
            repository = opened
        }
        return try RemoteOperation.converse(url, options) { operation throws(GitError) in
            let connection = try RemoteConnection(repository, operation)
            try connection.connect()
            let listing = try connection.references()
            let remote = Dictionary(
                listing.references.map { ($0.name, $0.oid) }, uniquingKeysWith: { $1 })
            let isBorrowing = options.borrowsLocalObjects && url.transport == .local
            let wanted = refs.filter {
                guard let oid = remote[$0] else { return false }
                // What is borrowed is there with all that it needs.
                return !isBorrowing || !repository.hasObject(oid)
            }
            if !wanted.isEmpty { try connection.download(wanted) }
            return try update(refs, remote, listing.head)
        }
    }

    private func update(
        _ refs: [String], _ remote: [String: ObjectID], _ head: String?
    ) throws(GitError) -> [String: ObjectID] {
        let references = MirrorReferences(repository: repository)
        // First what goes, which may stand in the way of what comes.
        for name in refs where remote[name] == nil { try references.remove(name) }
        let names = Set(remote.keys)
        var result: [String: ObjectID] = [:]
        for name in refs {
            guard let oid = remote[name] else { continue }
            try references.set(name, to: oid, remote: names)
            result[name] = oid
        }
        if let head, RemoteConnection.isValid(head) { try references.setHead(to: head) }
        return result
    }

    /// Makes the mirror anew, again where somebody removes it just then.
    private static func anew(_ folder: MirrorFolder) throws(GitError) -> Repository {
        for _ in 1..<renewals {
            if let made = try? made(folder) { return made }
        }
        return try made(folder)
    }

    private static func made(_ folder: MirrorFolder) throws(GitError) -> Repository {
        try folder.remove()
        do throws(GitError) {
            try folder.make()
        } catch {
            // What is not found is a folder here, and not the remote.
            throw GitError(
                error.code == .notFound ? .other : error.code, error.message,
                remedy: "check the folder and the space on its disk", cause: error.cause)
        }
        guard let made = try folder.open() else {
            throw GitError(
                .other, "cannot make a mirror at \(folder.path)",
                remedy: "check the folder and the space on its disk")
        }
        return made
    }

    /// A reference moved between the list and the request for its objects.
    private static func hasMoved(_ error: GitError) -> Bool {
        error.code == .network && error.cause?.contains("not our ref") == true
    }

    /// The mirror's own files cannot be read, as opposed to the remote's.
    private static func isDamage(_ error: GitError) -> Bool {
        switch error.code {
        case .corruptObject, .notARepository: true
        default: false
        }
    }
}
