import Configuration

/// The places settings come from, strongest first.
///
/// An empty value counts as no value, so that `NAME= gitdex …` takes a setting away from the
/// layer it stands in and lets the next one speak.
struct SettingLayers {
    private struct Layer {
        let origin: SettingOrigin
        let reader: ConfigReader
    }

    private var layers: [Layer] = []

    /// Adds a layer below those added before.
    mutating func append(_ values: [String: String], origin: SettingOrigin) {
        var stored: [AbsoluteConfigKey: ConfigValue] = [:]
        for name in SettingName.allCases {
            guard let value = values[name.rawValue], !value.isEmpty else { continue }
            stored[AbsoluteConfigKey([name.rawValue])] = ConfigValue(
                .string(value), isSecret: name.isSecret)
        }
        guard !stored.isEmpty else { return }
        layers.append(
            Layer(
                origin: origin,
                reader: ConfigReader(
                    provider: InMemoryProvider(name: origin.description, values: stored))))
    }

    /// Returns the value that wins, and where it was found.
    func value(of name: SettingName) -> (text: String, origin: SettingOrigin)? {
        let key = ConfigKey([name.rawValue])
        for layer in layers {
            if let text = layer.reader.string(forKey: key, isSecret: name.isSecret) {
                return (text, layer.origin)
            }
        }
        return nil
    }

    /// Returns where each setting that has a value gets it from.
    func origins() -> [SettingName: SettingOrigin] {
        var origins: [SettingName: SettingOrigin] = [:]
        for name in SettingName.allCases {
            origins[name] = value(of: name)?.origin
        }
        return origins
    }
}
