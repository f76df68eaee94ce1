/// One numbered step of the database schema, with the way back.
public struct Migration: Sendable {
    /// The step's number; steps run in ascending order, without gaps, from 1.
    public let number: Int
    /// The words of its file name.
    public let name: String
    /// The SQL that takes the schema from the step before to this one.
    public let up: String
    /// The SQL that takes it back.
    public let down: String

    /// Every step this program knows, in order.
    public static let all: [Migration] = [
        Migration(
            number: 1, name: "schema",
            up: text(PackageResources._001_schema_up_sql),
            down: text(PackageResources._001_schema_down_sql)),
        Migration(
            number: 2, name: "queue",
            up: text(PackageResources._002_queue_up_sql),
            down: text(PackageResources._002_queue_down_sql)),
        Migration(
            number: 3, name: "server",
            up: text(PackageResources._003_server_up_sql),
            down: text(PackageResources._003_server_down_sql)),
        Migration(
            number: 4, name: "row security",
            up: text(PackageResources._004_row_security_up_sql),
            down: text(PackageResources._004_row_security_down_sql)),
        Migration(
            number: 5, name: "accounts",
            up: text(PackageResources._005_accounts_up_sql),
            down: text(PackageResources._005_accounts_down_sql)),
        Migration(
            number: 6, name: "github",
            up: text(PackageResources._006_github_up_sql),
            down: text(PackageResources._006_github_down_sql)),
        Migration(
            number: 7, name: "edges",
            up: text(PackageResources._007_edges_up_sql),
            down: text(PackageResources._007_edges_down_sql)),
    ]

    /// Makes a step; the parameters are its properties.
    public init(number: Int, name: String, up: String, down: String) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
