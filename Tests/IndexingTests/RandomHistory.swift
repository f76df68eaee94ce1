import Foundation
import GitdexTesting

/// A repository whose history is made of random steps of every kind that git knows.
final class RandomHistory {
    let fixture: GitFixture
    private var random: RandomSource
    private var files: [String] = []
    private var number = 0

    init(seed: UInt64) throws {
        fixture = try GitFixture()
        random = RandomSource(seed: seed)
        for _ in 0..<6 { try add() }
        try fixture.commit("start")
    }

    /// Makes one random step and commits it; returns its name.
    func step() throws -> String {
        let steps: [(String, () throws -> Void)] = [
            ("add", add), ("edit", edit), ("edit", edit), ("delete", delete), ("rename", rename),
            ("copy", copy), ("revert", revert), ("merge", merge), ("force-move", forceMove),
            ("mode", changeMode), ("symlink", symlink), ("file to directory", fileToDirectory),
            ("case-only rename", caseRename), ("binary", binary), ("empty file", emptyFile),
            ("long line", longLine), ("carriage returns", carriageReturns),
            ("invalid UTF-8", invalidText), ("odd path", oddPath),
            ("second language", secondLanguage), ("rules", rules), ("submodule", submodule),
            ("empty tree", emptyTree),
        ]
        guard let (name, body) = steps.randomElement(using: &random) else { return "none" }
        try body()
        if name != "revert", name != "merge", name != "force-move", name != "submodule" {
            try fixture.commit(name)
        }
        files = try fixture.git("ls-files").split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("\"") && $0 != "module" }
        return name
    }

    // MARK: Steps

    private func add() throws {
        number += 1
        let folders = ["", "src/", "src/deep/er/", "docs/", "tests/"]
        let endings = ["py", "go", "js", "rs", "java", "md", "txt", "c", "rb", "unknown"]
        let folder = folders.randomElement(using: &random) ?? ""
        let ending = endings.randomElement(using: &random) ?? "txt"
        try fixture.write("\(folder)file\(number).\(ending)", text(ending))
        files.append("\(folder)file\(number).\(ending)")
    }

    private func edit() throws {
        guard let file = regularFile() else { return try add() }
        let old =
            String(
                decoding: FileManager.default.contents(atPath: fixture.path + "/" + file) ?? Data(),
                as: UTF8.self)
        var lines = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = Int.random(in: 0...lines.count, using: &random)
        lines.insert("# changed \(Int.random(in: 0..<1000, using: &random))", at: place)
        try fixture.write(file, lines.joined(separator: "\n"))
    }

    private func delete() throws {
        guard let file = files.randomElement(using: &random) else { return try add() }
        try fixture.remove(file)
    }

    private func rename() throws {
        guard let file = regularFile() else { return try add() }
        number += 1
        try fixture.git("mv", file, "moved\(number)-" + (file.split(separator: "/").last ?? "x"))
    }

    private func copy() throws {
        guard let file = regularFile() else { return try add() }
        number += 1
        let bytes = FileManager.default.contents(atPath: fixture.path + "/" + file) ?? Data()
        try fixture.write(
            bytes: Array("copies/\(number)-\(file.split(separator: "/").last ?? "x")".utf8),
            Array(bytes))
    }

    private func revert() throws {
        do {
            try fixture.git("revert", "--no-edit", "HEAD")
        } catch is GitFixture.Failure {
            _ = try? fixture.git("revert", "--abort")
            _ = try? fixture.git("reset", "--hard", "HEAD")
        }
    }

    private func merge() throws {
        guard hasParent else { return try addAndCommit() }
        number += 1
        try fixture.git("checkout", "-q", "-b", "side\(number)", "HEAD~1")
        try fixture.git("submodule", "deinit", "--all", "--force")
        try fixture.write("side/\(number).py", text("py"))
        try fixture.commit("side")
        try fixture.git("checkout", "-q", "main")
        try fixture.git("merge", "-q", "--no-edit", "-X", "ours", "side\(number)")
    }

    private func forceMove() throws {
        guard hasParent else { return try addAndCommit() }
        try fixture.git("reset", "-q", "--hard", "HEAD~1")
        try fixture.git("clean", "-q", "-f", "-d", "-x")
        try edit()
        try fixture.commit("another way")
    }

    private func changeMode() throws {
        guard let file = regularFile() else { return try add() }
        try fixture.setMode(Bool.random(using: &random) ? 0o755 : 0o644, of: file)
    }

    private func symlink() throws {
        number += 1
        try fixture.link("link\(number)", to: files.randomElement(using: &random) ?? "nowhere")
    }

    private func fileToDirectory() throws {
        guard let file = regularFile() else { return try add() }
        try fixture.remove(file)
        try fixture.write(file + "/inner.py", text("py"))
    }

    private func caseRename() throws {
        guard let file = regularFile() else { return try add() }
        let flipped = file == file.lowercased() ? file.uppercased() : file.lowercased()
        guard flipped != file else { return try add() }
        try fixture.git("rm", "-q", "--cached", file)
        let bytes = FileManager.default.contents(atPath: fixture.path + "/" + file) ?? Data()
        try fixture.remove(file)
        try fixture.write(bytes: Array(flipped.utf8), Array(bytes))
    }

    private func binary() throws {
        number += 1
        try fixture.write(
            bytes: Array("blob\(number).bin".utf8), [0, 1, 2, 255, 0, UInt8(number & 255)])
    }

    private func emptyFile() throws {
        number += 1
        try fixture.write("empty\(number).py", "")
    }

    private func longLine() throws {
        number += 1
        let line = String(repeating: "ab\(number) ", count: 200_000)
        try fixture.write("long\(number).js", "var x = \"\(line)\";\n")
    }

    private func carriageReturns() throws {
        number += 1
        try fixture.write(
            "windows\(number).py", text("py").split(separator: "\n").joined(separator: "\r\n"))
    }

    private func invalidText() throws {
        number += 1
        try fixture.write(
            bytes: Array("latin\(number).py".utf8),
            Array("# caf".utf8) + [0xE9]
                + Array("\ndef cafe\(number)():\n    return 1\n".utf8))
    }

    private func oddPath() throws {
        number += 1
        try fixture.write(
            bytes: Array("odd ".utf8) + [0xFF] + Array("\(number) %.py".utf8),
            Array(text("py").utf8))
    }

    private func secondLanguage() throws {
        guard let file = regularFile() else { return try add() }
        number += 1
        let bytes = FileManager.default.contents(atPath: fixture.path + "/" + file) ?? Data()
        try fixture.write(bytes: Array("twin\(number).rb".utf8), Array(bytes))
    }

    private func rules() throws {
        let lines = ["*.md\n", "docs/\n", "*.txt\n!file*.txt\n", "", "moved*\n"]
        try fixture.write(".gitdexignore", lines.randomElement(using: &random) ?? "")
        let attributes = [
            "*.js linguist-generated\n", "src/** linguist-vendored\n", "*.c binary\n", "",
        ]
        try fixture.write(".gitattributes", attributes.randomElement(using: &random) ?? "")
    }

    private func submodule() throws {
        let commit = try fixture.git("rev-parse", "HEAD")
        try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(commit),module")
        try fixture.commitStaged("submodule")
        try fixture.git("reset", "-q", "--hard", "HEAD")
    }

    private func emptyTree() throws {
        for file in files { try? fixture.remove(file) }
    }

    private var hasParent: Bool {
        (try? fixture.git("rev-parse", "--verify", "--quiet", "HEAD~1")) != nil
    }

    private func addAndCommit() throws {
        try add()
        try fixture.commit()
    }

    // MARK: Material

    private func regularFile() -> String? {
        files.filter { file in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: fixture.path + "/" + file)
            return attributes?[.type] as? FileAttributeType == .typeRegular
                && (attributes?[.size] as? Int ?? 0) < 100_000
        }.randomElement(using: &random)
    }

    private func text(_ ending: String) -> String {
        let count = Int.random(in: 1...6, using: &random)
        return (0..<count).map { _ in
            let name = "thing\(Int.random(in: 0..<40, using: &random))"
            switch ending {
            case "py": return "def \(name)(value):\n    # Adds one.\n    return value + 1\n"
            case "go": return "// \(name) adds one.\nfunc \(name)(v int) int {\n\treturn v + 1\n}\n"
            case "js": return "function \(name)(value) {\n  return value + 1;\n}\n"
            case "rs": return "pub fn \(name)(value: i32) -> i32 {\n    value + 1\n}\n"
            case "java": return "class \(name) {\n  int one(int v) { return v + 1; }\n}\n"
            case "c": return "int \(name)(int value)\n{\n    return value + 1;\n}\n"
            case "rb": return "def \(name)(value)\n  value + 1\nend\n"
            case "md": return "# \(name)\n\nSome words about \(name).\n"
            default: return "\(name) stands here\n\n"
            }
        }.joined(separator: "\n")
    }
}
