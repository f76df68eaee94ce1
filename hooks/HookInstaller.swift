/// Puts the hooks of one repository in place, takes them away, and tells how they stand.
///
/// A hook that stands there already is kept beside ours as `<name>.gitdex-chained`; ours runs it
/// first, by its own name (see ``EarlierHooks``), with the same arguments and standard input, and
/// keeps its exit status. Removal puts it back. Both can be repeated, also after one that was cut
/// short.
public struct HookInstaller: Sendable {
    /// How many of the last runs ``status()`` tells.
    static let runsShown = 10

    let hooksDirectory: String
    let commonDirectory: String
    let executable: String
    let dataDirectory: String?
    let state: HookState

    /// Makes the installer of one repository.
    ///
    /// - Parameters:
    ///   - hooksDirectory: Where git looks for the repository's hooks; absolute.
    ///   - commonDirectory: What all working trees of the repository share; absolute.
    ///   - executable: The program the hooks start; absolute.
    ///   - dataDirectory: The data directory that the program gets where the environment names
    ///     none; nil for its standard one.
    public init(
        hooksDirectory: String, commonDirectory: String, executable: String,
        dataDirectory: String? = nil
    ) {
        self.hooksDirectory = Self.withoutTrailingSlash(hooksDirectory)
        self.commonDirectory = Self.withoutTrailingSlash(commonDirectory)
        self.executable = executable
        self.dataDirectory = dataDirectory
        state = HookState(commonDirectory: self.commonDirectory)
    }

    /// Puts the hooks in place and asks for this repository to be indexed by them.
    ///
    /// - Returns: What was changed.
    /// - Throws: ``HookError``; with code `conflict` nothing was changed.
    public func install() throws(HookError) -> HookChanges {
        guard executable.hasPrefix("/"), !executable.contains("\n") else {
            throw HookError(
                code: .badExecutable, message: "the hooks cannot start \(executable)",
                remedy: "name the program by its absolute path")
        }
        for hook in HookName.allCases { try refuseConflict(hook) }
        try HookFiles.makeDirectories(hooksDirectory)
        var changes = HookChanges()
        for hook in HookName.allCases { try install(hook, &changes) }
        try refreshEarlierHooks()
        try state.prepare()
        try HookFiles.replace(state.enabled, with: [])
        try shared?.join()
        return changes
    }

    /// Takes the hooks away and puts back what stood there before.
    ///
    /// A hooks directory that other repositories share keeps its hooks for them.
    ///
    /// - Returns: What was changed.
    /// - Throws: ``HookError`` when the file system refuses.
    public func uninstall() throws(HookError) -> HookChanges {
        var changes = HookChanges()
        try HookFiles.remove(state.enabled)
        changes.sharedWith = try shared?.leave() ?? []
        guard changes.sharedWith.isEmpty else { return changes }
        for hook in HookName.allCases { try uninstall(hook, &changes) }
        try refreshEarlierHooks()
        return changes
    }

    private func install(_ hook: HookName, _ changes: inout HookChanges) throws(HookError) {
        let path = path(of: hook)
        let wanted = HookScript.text(
            of: hook, executable: executable, dataDirectory: dataDirectory)
        switch place(of: hook) {
        case .installed where HookFiles.contents(of: path) == wanted:
            return
        case .foreign:
            try HookFiles.move(path, to: earlierPath(of: hook))
        case .absent, .outdated, .installed:
            break
        }
        try HookFiles.replace(path, with: wanted, mode: 0o777)
        changes.changed.append(hook)
        if HookFiles.exists(earlierPath(of: hook)) { changes.earlier.append(hook) }
    }

    private func uninstall(_ hook: HookName, _ changes: inout HookChanges) throws(HookError) {
        let hasEarlier = HookFiles.exists(earlierPath(of: hook))
        switch place(of: hook) {
        case .foreign:
            changes.left.append(hook)
        case .absent where !hasEarlier:
            return
        case .absent, .installed, .outdated:
            if hasEarlier {
                try HookFiles.move(earlierPath(of: hook), to: path(of: hook))
                changes.earlier.append(hook)
            } else {
                try HookFiles.remove(path(of: hook))
            }
            changes.changed.append(hook)
        }
    }

    /// Earlier hooks that are kept while ours stands in their place.
    private func refreshEarlierHooks() throws(HookError) {
        try EarlierHooks(hooksDirectory: hooksDirectory).refresh(
            HookName.allCases.filter { hook in
                let place = place(of: hook)
                return (place == .installed || place == .outdated)
                    && HookFiles.exists(earlierPath(of: hook))
            })
    }

    /// Two hooks that are not ours, one in place and one kept: which of them is wanted, and in
    /// which order, only their owner knows; unless a framework has just written the same again.
    private func refuseConflict(_ hook: HookName) throws(HookError) {
        guard place(of: hook) == .foreign, HookFiles.exists(earlierPath(of: hook)),
            !HookFiles.areAlike(path(of: hook), earlierPath(of: hook))
        else { return }
        throw HookError(
            code: .conflict,
            message: "\(path(of: hook)) was replaced since gitdex kept the hook before it",
            remedy: "merge it with \(earlierPath(of: hook)), or remove one of the two")
    }

    var shared: SharedHooks? {
        SharedHooks(hooksDirectory: hooksDirectory, commonDirectory: commonDirectory)
    }

    func path(of hook: HookName) -> String { hooksDirectory + "/" + hook.rawValue }

    func earlierPath(of hook: HookName) -> String { EarlierHooks.keptPath(path(of: hook)) }

    private static func withoutTrailingSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
