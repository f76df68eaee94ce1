import GitdexTesting
import Testing

/// Checks values against the part of JSON Schema that the document uses.
struct SchemaCheck {
    let document: JSONValue

    func check(_ value: JSONValue, _ schema: JSONValue, at place: String) throws {
        if let reference = schema["$ref"].string {
            let name = try #require(reference.split(separator: "/").last.map(String.init))
            let target = document["components"]["schemas"][name]
            #expect(target != .null, "\(reference) leads nowhere")
            try check(value, target, at: "\(place) \(name)")
            return
        }
        checkType(value, schema["type"], at: place)
        if !schema["enum"].elements.isEmpty {
            #expect(schema["enum"].elements.contains(value), "\(place): \(value)")
        }
        if let minimum = schema["minimum"].int, case .number(let number) = value {
            #expect(number >= Double(minimum), "\(place)")
        }
        if case .object(let members) = value {
            for name in schema["required"].elements.compactMap(\.string) {
                #expect(members[name] != nil, "\(place) lacks \(name)")
            }
            for (name, member) in members {
                let known = schema["properties"][name]
                let other = schema["additionalProperties"]
                if known != .null {
                    try check(member, known, at: "\(place).\(name)")
                } else if other != .boolean(true), other != .null {
                    try check(member, other, at: "\(place).\(name)")
                } else if !schema["properties"].keys.isEmpty {
                    Issue.record("\(place): \(name) is not described")
                }
            }
        }
        for (index, element) in value.elements.enumerated() where schema["items"] != .null {
            try check(element, schema["items"], at: "\(place)[\(index)]")
        }
    }

    private func checkType(_ value: JSONValue, _ type: JSONValue, at place: String) {
        let types = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
        guard !types.isEmpty else { return }
        let names: [String] =
            switch value {
            case .null: ["null"]
            case .boolean: ["boolean"]
            case .number(let number):
                number == number.rounded() ? ["integer", "number"] : ["number"]
            case .text: ["string"]
            case .list: ["array"]
            case .object: ["object"]
            }
        #expect(names.contains { types.contains($0) }, "\(place) is \(names), not \(types)")
    }
}
