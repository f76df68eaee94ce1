public import Cryptography
public import Git
public import Postgres

/// An issue, a pull request or the like, as GitHub has it.
public struct SyncedItemRecord: Sendable {
    /// What it is.
    public var kind: SyncedKind
    /// GitHub's number for it.
    public var externalID: Int
    /// The number of the issue, pull request or discussion that it is or belongs to.
    public var number: Int?
    /// Where its text stands among the files of the repository's ``SyncedRef``.
    public var path: GitPath
    /// Its title, or that of what it belongs to where it has none.
    public var title: String
    /// Where people see it.
    public var url: String
    /// Who wrote it.
    public var author: String?
    /// Such as `open`.
    public var state: String?
    /// When it was made.
    public var createdAt: Timestamp?
    /// When it last changed.
    public var updatedAt: Timestamp?
    /// All that is kept of it: a JSON object.
    public var body: String
    /// What is searched and embedded; empty where there is nothing.
    public var text: [UInt8]

    /// Makes a record; the parameters are its properties.
    public init(
        kind: SyncedKind, externalID: Int, number: Int?, path: GitPath, title: String, url: String,
        author: String?, state: String?, createdAt: Timestamp?, updatedAt: Timestamp?, body: String,
        text: [UInt8]
    ) {
        self.kind = kind
        self.externalID = externalID
        self.number = number
        self.path = path
        self.title = title
        self.url = url
        self.author = author
        self.state = state
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.body = body
        self.text = text
    }

    /// The hash of the text; nil where there is none.
    public var contentHash: SHA256Digest? { text.isEmpty ? nil : SHA256Digest.of(text) }

    /// The most bytes of one text that are indexed.
    private static let textLimitBytes = 256 << 10

    /// The text of an item as it is indexed: its title as a heading, then what was written.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - title: Its own title.
    ///   - body: What was written, as Markdown.
    /// - Returns: The text with plain line ends; empty where there is nothing to be found.
    public static func text(of kind: SyncedKind, title: String, body: String) -> [UInt8] {
        var text = ""
        switch kind {
        case .issue, .pullRequest, .release, .discussion: text = "# " + title + "\n\n" + body
        case .comment, .review, .reviewComment, .discussionComment: text = body
        }
        var bytes: [UInt8] = []
        for byte in text.utf8.prefix(textLimitBytes) where byte != 0 && byte != 0x0D {
            bytes.append(byte)
        }
        // The limit may have cut a sign in two.
        while let last = bytes.last, last >= 0x80, String(validating: bytes, as: UTF8.self) == nil {
            bytes.removeLast()
        }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes
    }
}
