/// What an installation or a removal did.
public struct HookChanges: Sendable, Hashable {
    /// Hooks that were written or removed; those that stood as they should are not among them.
    public internal(set) var changed: [HookName] = []
    /// Hooks of somebody else that now run first, or stand in their old place again.
    public internal(set) var earlier: [HookName] = []
    /// Hooks of somebody else that were left as they are.
    public internal(set) var left: [HookName] = []
    /// Other repositories that use the same hooks directory and still want the hooks.
    public internal(set) var sharedWith: [String] = []
}
