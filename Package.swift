// swift-tools-version: 6.1
import PackageDescription

/// The language settings every target shares.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A target that wraps a C library or stands above one; `docs/architecture.md` draws the levels.
func room(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [],
    resources: [Resource]? = nil, exclude: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: settings)
}

/// The tests of one room.
func tests(_ room: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: room + "Tests", dependencies: dependencies + ["GitdexTesting"],
        swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let tracing = Target.Dependency.product(
    name: "Tracing", package: "swift-distributed-tracing")
let memoryTracing = Target.Dependency.product(
    name: "InMemoryTracing", package: "swift-distributed-tracing")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
/// What the HTTP server is made of.
let hummingbird: [Target.Dependency] = [
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
]

let package = Package(
    name: "gitdex",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "gitdex", targets: ["gitdex"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.13.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.2.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.0"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries
        .systemLibrary(
            name: "CLibgit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CTreeSitter", pkgConfig: "tree-sitter"),
        // What every wrapper may use
        room("Threads"),
        room("Lexing"),
        room("Addresses"),
        // Libraries wrapped
        room("Git", ["CLibgit2", "Addresses"]),
        room("Postgres", ["CLibpq", "Threads"]),
        room("Cryptography", ["COpenSSL"]),
        room("Transfer", ["CCurl", "Threads", "Addresses"]),
        room("Syntax", ["CTreeSitter"]),
        room("EmbeddedPostgres", ["Threads"]),
        room("Settings", [configuration]),
        room(
            "Migrations", path: "migrations",
            resources: [
                .embedInCode("0001_schema.up.sql"), .embedInCode("0001_schema.down.sql"),
                .embedInCode("0002_queue.up.sql"), .embedInCode("0002_queue.down.sql"),
                .embedInCode("0003_server.up.sql"), .embedInCode("0003_server.down.sql"),
                .embedInCode("0004_row_security.up.sql"),
                .embedInCode("0004_row_security.down.sql"),
                .embedInCode("0005_accounts.up.sql"), .embedInCode("0005_accounts.down.sql"),
                .embedInCode("0006_github.up.sql"), .embedInCode("0006_github.down.sql"),
                .embedInCode("0007_edges.up.sql"), .embedInCode("0007_edges.down.sql"),
            ]),
        room("Telemetry", [logging, metrics]),
        room("Hooks", path: "hooks", resources: [.embedInCode("hook.sh")]),
        // Stores and models
        room("Storage", ["Git", "Postgres", "Migrations", "Cryptography"]),
        room("Queue", ["Postgres", "Threads", logging, metrics, tracing]),
        room("Embedding", ["Lexing"], exclude: ["Model"]),
        room("Chunking", ["Syntax"]),
        // Work
        room(
            "Indexing",
            [
                "Git", "Storage", "Embedding", "Chunking", "Lexing", "Cryptography", "Threads",
                "Postgres", "Syntax",
            ]),
        room("Search", ["Git", "Storage", "Embedding", "Lexing", "Postgres"]),
        room("Accounts", ["Storage", "Postgres", "Cryptography", logging, jwt]),
        room("GitHub", ["Transfer", "Storage", "Git", "Postgres", "Cryptography"]),
        room(
            "Workers",
            [
                "Queue", "Storage", "Indexing", "GitHub", "Git", "Postgres", "Embedding", "Syntax",
                "Threads", "Telemetry", "Cryptography", logging, metrics, tracing,
            ]),
        // Edge
        room(
            "Webhook", path: "webhook",
            ["Queue", "Storage", "Workers", "Postgres", "Cryptography", "Threads", logging]),
        room(
            "API",
            [
                "Queue", "Search", "Accounts", "Storage", "Postgres", "Embedding", "Git",
                "Threads", "Cryptography", "Addresses", logging, metrics, tracing, lifecycle,
            ] + hummingbird,
            resources: [
                .embedInCode("UI/index.html"), .embedInCode("UI/app.js"),
                .embedInCode("UI/style.css"),
            ]),
        // Command
        .executableTarget(
            name: "gitdex",
            dependencies: [
                "Threads", "Git", "Postgres", "Cryptography", "EmbeddedPostgres", "Settings",
                "Hooks",
                "Storage", "Embedding", "Syntax", "Indexing", "Search", "Queue", "Workers",
                "Accounts", "GitHub", "Transfer", "Telemetry", "Webhook", "API", argumentParser,
                logging, metrics, tracing, lifecycle, signals,
            ],
            // The optimiser of Swift 6.3.1 crashes on its asynchronous functions. It only composes
            // the rooms, which are optimised.
            swiftSettings: settings + [
                .unsafeFlags(["-Onone"], .when(configuration: .release))
            ]),
        // Tests
        .target(
            name: "GitdexTesting",
            dependencies: ["EmbeddedPostgres", "Postgres", "Threads", tracing, memoryTracing],
            path: "Tests/GitdexTesting", swiftSettings: settings),
        tests("Threads", ["Threads"]),
        tests("Lexing", ["Lexing"]),
        tests("Addresses", ["Addresses"]),
        tests("Git", ["Git"]),
        tests("Postgres", ["Postgres"]),
        tests("Cryptography", ["Cryptography"]),
        tests("Transfer", ["Transfer", "Threads"]),
        tests(
            "GitHub",
            ["GitHub", "Transfer", "Storage", "Git", "Postgres", "Cryptography", "Threads"]),
        tests(
            "Accounts",
            [
                "Accounts", "Storage", "Queue", "Migrations", "Postgres", "Cryptography", "Git",
                "Threads",
            ]),
        tests("Syntax", ["Syntax"]),
        tests("Telemetry", ["Telemetry", logging, metrics]),
        tests("EmbeddedPostgres", ["EmbeddedPostgres", "Postgres"]),
        tests("Settings", ["Settings"]),
        tests("Hooks", ["Hooks"]),
        tests("Storage", ["Storage", "Migrations", "Postgres", "Git", "Cryptography"]),
        tests(
            "Queue",
            ["Queue", "Migrations", "Postgres", "Threads", logging, tracing, memoryTracing]),
        tests("Embedding", ["Embedding", "Lexing"]),
        tests("Chunking", ["Chunking", "Syntax"]),
        tests(
            "Indexing",
            ["Indexing", "Storage", "Git", "Embedding", "Syntax", "Postgres", "Cryptography"]),
        tests(
            "Search", ["Search", "Indexing", "Storage", "Git", "Embedding", "Syntax", "Postgres"]),
        tests(
            "Workers",
            [
                "Workers", "Queue", "Storage", "Indexing", "Search", "GitHub", "Transfer", "Git",
                "Embedding", "Syntax", "Postgres", "Cryptography", "Threads", "Telemetry",
                logging, metrics,
                tracing, memoryTracing,
            ]),
        tests(
            "Webhook",
            ["Webhook", "Queue", "Storage", "Git", "Postgres", "Cryptography", "EmbeddedPostgres"]),
        tests(
            "API",
            [
                "API", "Accounts", "Queue", "Search", "Indexing", "Storage", "Git", "Embedding",
                "Syntax", "Postgres", "Cryptography", "Threads", logging, tracing, memoryTracing,
                lifecycle,
            ] + hummingbird),
        tests("Command", []),
        tests("Server", ["Cryptography", "Postgres", "EmbeddedPostgres"]),
        tests("House", []),
    ],
    swiftLanguageModes: [.v6]
)

// The tests of some rooms alone, such as GITDEX_TESTS=API,Server: nobody waits for the others.
if let rooms = Context.environment["GITDEX_TESTS"] {
    let names = Set(rooms.split(separator: ",").map { String($0) + "Tests" })
    package.targets.removeAll { $0.type == .test && !names.contains($0.name) }
}
