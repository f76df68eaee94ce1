extension GitdexSettings {
    static func environmentValues(
        _ policy: EnvironmentFilePolicy
    ) throws(SettingsError) -> (path: String, values: [String: String])? {
        let path: String
        switch policy {
        case .none: return nil
        case .file(let named): path = named
        case .workingDirectory(let directory): path = PathText.joined(directory, ".env")
        }
        guard let bytes = try FileReading.bytes(of: path) else {
            if case .workingDirectory = policy { return nil }
            throw SettingsError(
                code: .unreadableFile, subject: path,
                message: "there is no file \(path)",
                remedy: "give --env-file a file of NAME=value lines")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return (path, try EnvironmentFile.parse(text, path: path))
    }

    static func dataDirectory(
        _ layers: SettingLayers, standard: String?
    ) throws(SettingsError) -> String {
        if let directory = try directory(.dataDirectory, layers) { return directory }
        guard let standard else {
            throw SettingsError(
                code: .missing, subject: SettingName.dataDirectory.rawValue,
                message: "this user has no home directory to keep data in",
                remedy: "set GITDEX_DATA_DIR to an absolute path")
        }
        return standard
    }

    static func database(_ layers: SettingLayers) throws(SettingsError) -> DatabaseAddress? {
        guard let (text, origin) = layers.value(of: .databaseURL) else { return nil }
        guard let address = DatabaseAddress(text) else {
            throw .malformed(.databaseURL, origin: origin, form: DatabaseAddress.form)
        }
        return address
    }

    static func embeddingProvider(
        _ layers: SettingLayers
    ) throws(SettingsError) -> EmbeddingProvider {
        let name = SettingName.embeddingProvider
        guard let (text, origin) = layers.value(of: name) else { return .static }
        switch EmbeddingProvider(rawValue: text) {
        case .static:
            return .static
        case .openai:
            throw SettingsError(
                code: .unsupported, subject: name.rawValue,
                message:
                    "\(name.rawValue) (from \(origin)) is openai, which is not in this version",
                remedy: "set it to static, or leave it out")
        case nil:
            throw .malformed(name, origin: origin, form: "set it to static or openai")
        }
    }

    /// Lists the places of assets: the named one, the data directory's, the install prefix's, and
    /// the default data directory's, where set-up puts them while the data lies elsewhere.
    static func assets(
        _ layers: SettingLayers, dataDirectory: String, standard: String?, executable: String?
    ) throws(SettingsError) -> [String] {
        var places: [String] = []
        if let named = try directory(.assetsDirectory, layers) {
            guard FileReading.isDirectory(named) else {
                throw SettingsError(
                    code: .malformed, subject: SettingName.assetsDirectory.rawValue,
                    message: "GITDEX_ASSETS_DIR names \(named), which is no folder",
                    remedy: "run scripts/setup, name the folder it filled, or leave it out")
            }
            places.append(named)
        }
        places.append(PathText.joined(dataDirectory, "assets"))
        if let executable, executable.hasPrefix("/") {
            let prefix = PathText.parent(of: PathText.parent(of: executable))
            places.append(PathText.joined(prefix, "share/gitdex"))
        }
        if let standard { places.append(PathText.joined(standard, "assets")) }
        var distinct: [String] = []
        for place in places where !distinct.contains(place) { distinct.append(place) }
        return distinct
    }

    private static func directory(
        _ name: SettingName, _ layers: SettingLayers
    ) throws(SettingsError) -> String? {
        guard let (text, origin) = layers.value(of: name) else { return nil }
        guard text.hasPrefix("/"), !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw .malformed(name, origin: origin, form: "set it to an absolute path")
        }
        return PathText.normalised(text)
    }
}
