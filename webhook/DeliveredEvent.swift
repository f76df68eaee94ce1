import Storage

/// An event as GitHub delivers it: which repositories it concerns, and what is to be done.
struct DeliveredEvent: Sendable {
    /// More repositories than this in one delivery are refused.
    static let repositoryLimit = 10_000

    let kind: String
    private let payload: PayloadDocument

    init(_ kind: String, _ payload: PayloadDocument) {
        self.kind = kind
        self.payload = payload
    }

    private var isAboutInstallation: Bool {
        kind == "installation" || kind == "installation_repositories"
    }

    // MARK: Whom it concerns

    /// What the payload says about each repository it concerns.
    func names() throws(PayloadError) -> [RemoteNames] {
        guard isAboutInstallation else {
            guard let repository = try payload.root.object("repository") else { return [] }
            return [try Self.names(of: repository, isMoved: kind == "repository", payload.root)]
        }
        var names: [RemoteNames] = []
        for (list, _) in Self.lists {
            for entry in try payload.root.objects(list, limit: Self.repositoryLimit) {
                names.append(
                    RemoteNames(
                        providerID: try entry.positiveInteger("id"),
                        fullName: try entry.string("full_name")))
            }
        }
        return names
    }

    /// The fields that list repositories, and whether those were taken away.
    private static let lists = [
        ("repositories", false), ("repositories_added", false), ("repositories_removed", true),
    ]

    private static func names(
        of repository: PayloadObject, isMoved: Bool, _ root: PayloadObject
    ) throws(PayloadError) -> RemoteNames {
        var urls: [String] = []
        for field in ["clone_url", "html_url", "ssh_url"] {
            if let url = try repository.string(field) { urls.append(url) }
        }
        let fullName = try repository.string("full_name")
        if isMoved, let fullName, let before = try nameBefore(root, fullName) {
            // It is still stored under its former name. The new one stands wherever that stood.
            urls += urls.map { $0.replacing(fullName, with: before) }
        }
        return RemoteNames(
            providerID: try repository.positiveInteger("id"),
            locations: urls.compactMap { RemoteLocation($0)?.normalised }, fullName: fullName)
    }

    /// What a repository was called before it was renamed or given to another owner.
    private static func nameBefore(
        _ root: PayloadObject, _ fullName: String
    ) throws(PayloadError) -> String? {
        guard let changes = try root.object("changes") else { return nil }
        let parts = fullName.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return nil }
        if let name = try changes.object("repository")?.object("name")?.string("from") {
            return "\(parts[0])/\(name)"
        }
        if let owner = try changes.object("owner")?.object("from") {
            let login = try owner.object("user")?.string("login")
            let organization = try owner.object("organization")?.string("login")
            if let former = login ?? organization { return "\(former)/\(parts[1])" }
        }
        return nil
    }

    // MARK: What is to be done

    /// What is to be done about each of ``names()``; nil when there is no use for the event.
    func actions() throws(PayloadError) -> [[DeliveryAction]]? {
        if isAboutInstallation { return try installation() }
        let root = payload.root
        let repository = try root.object("repository")
        let actions: [DeliveryAction]?
        switch kind {
        case "ping": actions = []
        case "push": actions = try push(root)
        case "create", "delete": actions = [try createOrDelete(root)]
        case "pull_request": actions = try (pullRequest(root) ?? []) + [.synchronise(nil)]
        case let kind where Self.itemEvents.contains(kind): actions = [try synchronisation(root)]
        case "repository": actions = try changed(root, repository)
        default: actions = nil
        }
        guard let actions else { return nil }
        if repository == nil {
            if kind == "ping" { return nil }
            throw PayloadError("the payload names no repository")
        }
        return [actions]
    }

    /// Other refs than branches and tags are not followed.
    private func push(_ root: PayloadObject) throws(PayloadError) -> [DeliveryAction]? {
        guard let ref = try root.string("ref"), RefName.isValid(ref) else {
            throw .malformed("ref")
        }
        let before = try Self.commit(root, "before")
        let after = try Self.commit(root, "after")
        guard ref.hasPrefix("refs/heads/") || ref.hasPrefix("refs/tags/") else { return nil }
        return [.follow(ref: ref, before: before, after: after)]
    }

    /// A commit's id, all zeros for none, as of a ref that was deleted; nil when nothing is said.
    private static func commit(
        _ object: PayloadObject, _ field: String
    ) throws(PayloadError) -> String? {
        guard let text = try object.string(field) else { return nil }
        guard [40, 64].contains(text.utf8.count), text.utf8.allSatisfy({ isHexadecimal($0) })
        else { throw .malformed(field) }
        return text.lowercased()
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private func createOrDelete(_ root: PayloadObject) throws(PayloadError) -> DeliveryAction {
        let prefix: String
        switch try root.string("ref_type") {
        case "branch": prefix = "refs/heads/"
        case "tag": prefix = "refs/tags/"
        case "repository": return .compare
        default: throw .malformed("ref_type")
        }
        guard let name = try root.string("ref"), RefName.isValid(prefix + name) else {
            throw .malformed("ref")
        }
        return .follow(ref: prefix + name)
    }

    private func pullRequest(_ root: PayloadObject) throws(PayloadError) -> [DeliveryAction]? {
        guard let action = try root.string("action"), let pull = try root.object("pull_request")
        else { throw .malformed("pull_request") }
        var stated = try pull.positiveInteger("number")
        if stated == nil { stated = try root.positiveInteger("number") }
        guard let number = stated, number <= Int(Int32.max) else { throw .malformed("number") }
        guard ["opened", "reopened", "synchronize", "closed"].contains(action) else { return nil }
        guard let time = try pull.string("updated_at").flatMap(ProviderTime.parse) else {
            throw .malformed("updated_at")
        }
        let isOpen: Bool
        switch try pull.string("state") {
        case "open": isOpen = true
        case "closed": isOpen = false
        case nil: isOpen = action != "closed"
        default: throw .malformed("state")
        }
        let record = PullRequestRecord(number: number, isOpen: isOpen, updatedAt: time)
        var commit: String?
        if let head = try pull.object("head") { commit = try Self.commit(head, "sha") }
        return [.record(record), .follow(ref: record.ref, after: isOpen ? commit : nil)]
    }

    private func changed(
        _ root: PayloadObject, _ repository: PayloadObject?
    ) throws(PayloadError) -> [DeliveryAction]? {
        guard let repository else { return [] }
        var time: RemoteDescription?
        if let text = try repository.string("updated_at") {
            guard let parsed = ProviderTime.parse(text) else { throw .malformed("updated_at") }
            time = RemoteDescription(describedAt: parsed)
        }
        var description = time ?? RemoteDescription()
        description.providerID = try repository.positiveInteger("id")
        description.url = try repository.string("clone_url")
        description.archived = try repository.boolean("archived")
        switch try root.string("action") {
        case "renamed", "transferred", "archived", "unarchived", "publicized", "created":
            return [.describe(description), .compare]
        case "deleted", "privatized":
            return [.doubtAccess, .compare]
        case "edited":
            let isMoved = try root.object("changes")?.has("default_branch") == true
            return isMoved ? [.describe(description), .compare] : nil
        case nil: throw .malformed("action")
        default: return nil
        }
    }

    private func installation() throws(PayloadError) -> [[DeliveryAction]]? {
        guard let action = try payload.root.string("action") else { throw .malformed("action") }
        let isGone = ["deleted", "suspend"].contains(action)
        var all: [[DeliveryAction]] = []
        for (list, isTakenAway) in Self.lists {
            let count = try payload.root.objects(list, limit: Self.repositoryLimit).count
            let actions: [DeliveryAction] =
                isGone || isTakenAway ? [.doubtAccess, .compare] : [.compare]
            all += [[DeliveryAction]](repeating: actions, count: count)
        }
        return all.isEmpty ? nil : all
    }
}
