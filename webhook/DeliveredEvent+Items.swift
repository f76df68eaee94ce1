import Storage

/// What is synchronised besides files: issues, comments and the like.
extension DeliveredEvent {
    /// The events that tell of such items.
    static let itemEvents: Set<String> = [
        "issues", "issue_comment", "pull_request_review", "pull_request_review_comment", "release",
        "discussion", "discussion_comment",
    ]

    /// What is to be done about an event that tells of an item.
    ///
    /// The item itself is read from GitHub, so that it does not matter in which order deliveries come.
    /// That one is gone is looked after there as well.
    func synchronisation(_ root: PayloadObject) throws(PayloadError) -> DeliveryAction {
        guard ["deleted", "transferred", "unpublished"].contains(try root.string("action")) else {
            return .synchronise(nil)
        }
        let doubt: SyncedStore.Doubt?
        switch kind {
        case "issues": doubt = try item(root, "issue", .issue, by: "number")
        case "issue_comment": doubt = try item(root, "comment", .comment)
        case "pull_request_review_comment": doubt = try item(root, "comment", .reviewComment)
        case "release": doubt = try item(root, "release", .release)
        case "discussion": doubt = try item(root, "discussion", .discussion, by: "number")
        case "discussion_comment": doubt = try item(root, "comment", .discussionComment)
        default: doubt = nil
        }
        return .synchronise(doubt)
    }

    private func item(
        _ root: PayloadObject, _ name: String, _ kind: SyncedKind, by field: String = "id"
    ) throws(PayloadError) -> SyncedStore.Doubt? {
        guard let id = try root.object(name)?.positiveInteger(field) else { return nil }
        return SyncedStore.Doubt(kind: kind, externalID: id, number: nil)
    }
}
