/// A rule file as it is in the working directory, where a tree holds it otherwise.
public enum WorkingRuleFile: Sendable, Equatable {
    /// There is none, or none that counts: a symbolic link, one that is too large or unreadable.
    case absent
    /// Its bytes.
    case content([UInt8])
}

extension Repository {
    /// Reads the rule files among the changes of the working directory.
    ///
    /// - Parameter changes: What the working directory has otherwise than a tree.
    /// - Returns: Those of the changes that are rule files, by path.
    /// - Throws: ``GitError`` with code `bareRepository`.
    public func workingRuleFiles(
        among changes: [WorkingChange]
    ) throws(GitError) -> [GitPath: WorkingRuleFile] {
        var files: [GitPath: WorkingRuleFile] = [:]
        for change in changes where TreeRules.isRuleFile(change.path) {
            files[change.path] = .absent
            guard change.new?.mode.isFile == true else { continue }
            do throws(GitError) {
                let content = try workingContent(
                    at: change.path, limitBytes: TreeRules.maximumRuleFileBytes)
                if case .content(let bytes, _, let mode)? = content, mode.isFile {
                    files[change.path] = .content(bytes)
                }
            } catch {
                // Left out with a reason of its own, as any file that cannot be read.
                if error.code == .bareRepository { throw error }
            }
        }
        return files
    }
}
