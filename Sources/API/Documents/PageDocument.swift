/// A page of a list, as JSON, under the name of what it lists.
struct PageDocument<Item: Encodable>: Encodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let name: String
    let items: [Item]
    var next: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(items, forKey: Key(name))
        // A null says that this is the last page; a missing key would say nothing.
        try container.encode(next, forKey: Key("next_cursor"))
    }
}
