import Foundation
import Testing

@Suite("The tree is whole")
struct TreeTests {
    @Test("every migration has an up and a down, a number of its own, and is embedded")
    func migrations() throws {
        let files = Checkout.files(in: "migrations").filter { $0.hasSuffix(".sql") }
        let manifest = try #require(Checkout.text(of: "Package.swift"))
        var numbers: [Int: String] = [:]
        for file in files {
            let name = String(file.split(separator: "/")[1])
            let match = try #require(
                name.wholeMatch(of: /(\d{4})_([a-z0-9_]+)\.(up|down)\.sql/), "\(file)")
            let other = match.3 == "up" ? "down" : "up"
            #expect(
                files.contains("migrations/\(match.1)_\(match.2).\(other).sql"),
                "\(file) has no \(other)")
            #expect(manifest.contains(".embedInCode(\"\(name)\")"), "\(file) is not embedded")
            let number = try #require(Int(match.1))
            #expect(numbers[number, default: String(match.2)] == match.2, "two of \(number)")
            numbers[number] = String(match.2)
        }
        #expect(numbers.keys.sorted() == Array(1..<(numbers.count + 1)))
    }

    @Test("the licence is whole")
    func licence() throws {
        let text = try #require(Checkout.text(of: "LICENSE"))
        #expect(text.contains("Apache License"))
        #expect(text.contains("Version 2.0, January 2004"))
        #expect(text.contains("END OF TERMS AND CONDITIONS"))
    }

    @Test("scripts can be run, and say by which shell")
    func scripts() {
        let scripts = Checkout.files(in: "scripts") + Checkout.files(in: ".ci")
        #expect(scripts.contains("scripts/test") && scripts.contains(".ci/run"))
        for path in scripts where path != "scripts/environment" {
            let name = path.split(separator: "/").last ?? ""
            // Parts of a script, such as a Python module, have an ending and need no first line.
            guard !name.contains(".") else { continue }
            #expect(Checkout.text(of: path)?.hasPrefix("#!") == true, "\(path) names no shell")
            let full = Checkout.root.path + "/" + path
            #expect(FileManager.default.isExecutableFile(atPath: full), "\(path)")
        }
    }

    @Test("tests lie where their room's name says", arguments: Checkout.files(in: "Tests"))
    func tests(path: String) {
        let folder = path.split(separator: "/")[1]
        #expect(folder.hasSuffix("Tests") || folder == "GitdexTesting", "\(path)")
    }
}
