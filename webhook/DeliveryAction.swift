import Storage

/// What has to be done about a repository that a delivery concerns.
///
/// A delivery is a hint: jobs bring things to the state that the remote shows when they run.
enum DeliveryAction: Sendable, Equatable {
    /// Bring a ref to the remote's head. The commits are where the delivery saw it, zeros for none.
    case follow(ref: String, before: String? = nil, after: String? = nil)
    /// Compare all refs with the remote's.
    case compare
    /// Take over what the provider said about the repository.
    case describe(RemoteDescription)
    /// Write down that the repository was said to be deleted or hidden.
    case doubtAccess
    /// Read what is synchronised besides files, and look after an item that was said to be gone.
    case synchronise(SyncedStore.Doubt?)
    /// Write down the state of a pull request.
    case record(PullRequestRecord)
}
