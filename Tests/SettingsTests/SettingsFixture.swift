import Foundation
import Settings

/// A directory of its own for one test, removed when the test lets go of it.
final class SettingsFixture {
    let directory: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("gitdex-settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let path = directory + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Loads settings as an ordinary user whose data directory is this fixture's.
    func load(
        _ environment: [String: String] = [:],
        overrides: [SettingName: String] = [:],
        environmentFile: EnvironmentFilePolicy = .none,
        executable: String? = nil
    ) throws(SettingsError) -> GitdexSettings {
        var whole = ["GITDEX_DATA_DIR": directory]
        whole.merge(environment) { $1 }
        return try GitdexSettings.load(
            environment: whole, overrides: overrides, environmentFile: environmentFile,
            executable: executable,
            user: UserIdentity(effectiveUserID: 1000, homeDirectory: "/home/ada"))
    }
}
