import Git

/// Files that tools write, known by their names: lock files and minified scripts.
enum GeneratedFiles {
    private static let names: Set<String> = [
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock",
        "Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "Gemfile.lock",
        "composer.lock", "go.sum", "mix.lock", "Package.resolved", "pubspec.lock", "flake.lock",
        "gradle.lockfile", "packages.lock.json", "deno.lock",
    ]
    private static let endings = [".min.js", ".min.css", ".min.mjs", ".js.map", ".css.map"]

    static func contains(_ path: GitPath) -> Bool {
        let name = String(decoding: path.name, as: UTF8.self)
        return names.contains(name) || endings.contains { name.hasSuffix($0) }
    }
}
