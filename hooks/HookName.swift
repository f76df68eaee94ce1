/// The git hooks through which a repository tells that a branch may have moved.
public enum HookName: String, Sendable, CaseIterable {
    /// After `git commit`, also while cherry-picking, reverting and rebasing.
    case postCommit = "post-commit"
    /// After `git merge` and `git pull` that merged.
    case postMerge = "post-merge"
    /// After another branch or commit was checked out, also in a new working tree.
    case postCheckout = "post-checkout"
    /// After `git rebase` and `git commit --amend`.
    case postRewrite = "post-rewrite"
}
