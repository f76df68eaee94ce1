/// The list of repositories that use a hooks directory which is not one repository's own.
///
/// With `core.hooksPath` many repositories may share their hooks: the last one that goes takes
/// the hooks away.
struct SharedHooks {
    private let path: String
    private let own: String

    /// Returns nil for the hooks directory inside the repository, which needs no list.
    init?(hooksDirectory: String, commonDirectory: String) {
        guard hooksDirectory != commonDirectory + "/hooks" else { return nil }
        path = hooksDirectory + "/gitdex-repositories"
        own = commonDirectory
    }

    /// The other repositories that still want the hooks.
    var others: [String] {
        let text = String(decoding: HookFiles.contents(of: path) ?? [], as: UTF8.self)
        return text.split(separator: "\n").map(String.init).filter {
            $0 != own && HookFiles.exists(HookState(commonDirectory: $0).enabled)
        }
    }

    func join() throws(HookError) {
        try write(others + [own])
    }

    /// Takes this repository off the list and returns those that stay.
    func leave() throws(HookError) -> [String] {
        let others = self.others
        if others.isEmpty {
            try HookFiles.remove(path)
        } else {
            try write(others)
        }
        return others
    }

    private func write(_ repositories: [String]) throws(HookError) {
        let text = repositories.sorted().map { $0 + "\n" }.joined()
        try HookFiles.replace(path, with: Array(text.utf8))
    }
}
