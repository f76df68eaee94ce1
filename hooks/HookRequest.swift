/// One wish of a hook: bring the index to where a branch stands now.
public struct HookRequest: Sendable, Hashable {
    /// The hook that asked.
    public let hook: HookName
    /// Git's directory of the working tree the hook ran in; absolute.
    public let gitDirectory: String
    /// The branch's full name, or nil for whatever HEAD is at the time of the run.
    public let reference: String?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - hook: The hook that asked.
    ///   - gitDirectory: Git's directory of the working tree the hook ran in; absolute.
    ///   - reference: The branch's full name, or nil for a detached HEAD.
    public init(hook: HookName, gitDirectory: String, reference: String?) {
        self.hook = hook
        self.gitDirectory = gitDirectory
        self.reference = reference
    }

    /// The file name under which the request waits: equal for requests of which the last one is
    /// enough, those for one branch, or for one working tree with a detached HEAD.
    var fileName: String {
        let key = reference.map { "branch " + $0 } ?? "head " + gitDirectory
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in key.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let readable = key.utf8.suffix(80).map { byte -> Character in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
            return isPlain ? Character(UnicodeScalar(byte)) : "-"
        }
        return String(readable) + "-" + String(hash, radix: 16)
    }

    var fileContents: [UInt8] {
        Array("\(hook.rawValue)\n\(reference ?? "")\n\(gitDirectory)".utf8)
    }

    init?(fileContents bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, let hook = HookName(rawValue: String(lines[0])),
            lines[2].hasPrefix("/")
        else { return nil }
        self.init(
            hook: hook, gitDirectory: String(lines[2]),
            reference: lines[1].isEmpty ? nil : String(lines[1]))
    }
}
