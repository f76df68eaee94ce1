import Git
import Postgres
import Storage

/// Reads items as GitHub's REST API sends them.
struct ItemReader {
    let kind: SyncedKind

    /// The item; nil where the document is of something else, such as a pull request among issues.
    func item(_ document: JSONValue) -> SyncedItemRecord? {
        switch kind {
        case .issue:
            guard document["pull_request"] == nil else { return nil }
            return numbered(document, below: "issues/")
        case .pullRequest: return numbered(document, below: "pulls/")
        case .comment:
            return comment(
                document, number: Self.number(atEndOf: document["issue_url"]), below: "issues/")
        case .reviewComment:
            return comment(
                document, number: Self.number(atEndOf: document["pull_request_url"]),
                below: "pulls/")
        case .review:
            // One that is not handed in yet is its author's alone.
            guard document["state"]?.string != "PENDING" else { return nil }
            return comment(
                document, number: Self.number(atEndOf: document["pull_request_url"]),
                below: "pulls/", "/reviews/")
        case .release: return release(document)
        case .discussion, .discussionComment: return nil
        }
    }

    private func numbered(_ document: JSONValue, below folder: String) -> SyncedItemRecord? {
        guard let number = document["number"]?.int, let title = document["title"]?.string else {
            return nil
        }
        let isMerged = document["merged_at"]?.string != nil
        return record(
            document, id: number, number: number, path: folder + "\(number)", title: title,
            state: isMerged ? "merged" : document["state"]?.string)
    }

    private func comment(
        _ document: JSONValue, number: Int?, below folder: String, _ infix: String = "/comments/"
    ) -> SyncedItemRecord? {
        guard let id = document["id"]?.int, let number else { return nil }
        return record(
            document, id: id, number: number, path: folder + "\(number)" + infix + "\(id)",
            title: "", state: document["state"]?.string?.lowercased())
    }

    private func release(_ document: JSONValue) -> SyncedItemRecord? {
        guard document["draft"]?.bool != true, let id = document["id"]?.int,
            let tag = document["tag_name"]?.string
        else { return nil }
        let name = document["name"]?.string ?? ""
        return record(
            document, id: id, number: nil, path: "releases/\(id)",
            title: name.isEmpty || name == tag ? tag : name + " (" + tag + ")",
            state: document["prerelease"]?.bool == true ? "prerelease" : "published")
    }

    private func record(
        _ document: JSONValue, id: Int, number: Int?, path: String, title: String, state: String?
    ) -> SyncedItemRecord {
        SyncedItemRecord(
            kind: kind, externalID: id, number: number, path: GitPath(path), title: title,
            url: document["html_url"]?.string ?? "",
            author: (document["user"] ?? document["author"])?["login"]?.string, state: state,
            createdAt: Timestamp(document["created_at"] ?? document["submitted_at"]),
            updatedAt: Timestamp(
                document["updated_at"] ?? document["submitted_at"] ?? document["published_at"]),
            body: document.compacted.encoded(),
            text: SyncedItemRecord.text(
                of: kind, title: title, body: document["body"]?.string ?? ""))
    }

    /// The number that an address such as `…/issues/42` ends in.
    static func number(atEndOf url: JSONValue?) -> Int? {
        url?.string?.split(separator: "/").last.flatMap { Int($0) }
    }
}

extension Timestamp {
    /// A time as GitHub writes it; nil for anything else.
    init?(_ value: JSONValue?) {
        guard let seconds = value?.string.flatMap(HTTPDate.seconds(iso8601:)) else { return nil }
        self.init(unixMicroseconds: Int64(seconds) * 1_000_000)
    }

    /// The time in whole seconds of Unix time.
    var unixSeconds: Int {
        let second: Int64 = 1_000_000
        return Int((unixMicroseconds - (unixMicroseconds < 0 ? second - 1 : 0)) / second)
    }
}

extension JSONValue {
    private static let dropped: Set<String> = [
        "url", "node_id", "_links", "gravatar_id", "performed_via_github_app", "site_admin",
        "assets",
    ]

    /// The value without what is only of use to clients of GitHub: addresses of its API, and the
    /// details of users and repositories that are named in it.
    var compacted: JSONValue {
        switch self {
        case .object(let members):
            if self["login"] != nil, self["id"] != nil { return picking(["login", "id", "type"]) }
            if self["full_name"] != nil { return picking(["id", "full_name"]) }
            return .object(
                members.filter { member in
                    !Self.dropped.contains(member.name)
                        && (member.name == "html_url" || !member.name.hasSuffix("_url"))
                }.map { Member($0.name, $0.value.compacted) })
        case .array(let values): return .array(values.map(\.compacted))
        default: return self
        }
    }

    private func picking(_ names: [String]) -> JSONValue {
        .object(names.compactMap { name in self[name].map { Member(name, $0) } })
    }
}
