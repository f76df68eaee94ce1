import Foundation

/// The checkout that these tests stand in, read as it is.
enum Checkout {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folders that hold Swift sources of the product.
    static let sourceFolders = ["Sources", "hooks", "webhook", "migrations"]

    /// Every Swift file below a folder, by its path in the checkout, sorted.
    static func swiftFiles(in folders: [String]) -> [SourceFile] {
        folders.flatMap { files(in: $0) }
            .filter { $0.hasSuffix(".swift") }
            .compactMap { path in text(of: path).map { SourceFile(path: path, text: $0) } }
    }

    /// The Swift files of the product.
    static let sources = swiftFiles(in: sourceFolders)

    /// The Swift files of the product, its tests and its benchmarks.
    static let allSwift = sources + swiftFiles(in: ["Tests", "Benchmarks"])

    /// Every file that is part of the product: not ignored, not built, not a test's data.
    static let files: [String] = {
        let folders = sourceFolders + ["Tests", "Benchmarks", "scripts", "docs", ".ci"]
        let atTop = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return atTop.filter { !isDirectory($0) }.sorted() + folders.flatMap { files(in: $0) }
    }()

    static func files(in folder: String) -> [String] {
        let base = root.appendingPathComponent(folder).path
        let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return names.sorted().map { folder + "/" + $0 }.filter {
            !isDirectory($0) && !$0.contains("/.build/") && !$0.contains("/__pycache__/")
        }
    }

    /// Returns a file's text, or nil when it is no UTF-8 text.
    static func text(of path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: root.path + "/" + path) else {
            return nil
        }
        return String(data: data, encoding: .utf8)
    }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let full = root.path + "/" + path
        return FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }
}
