/// An object of a document, whose fields are read as what they have to be.
///
/// A field that is missing or null reads as nil; one of another kind is an error.
struct PayloadObject {
    let document: PayloadDocument
    let node: Int
    let path: String

    func string(_ name: String) throws(PayloadError) -> String? {
        guard let index = find(name) else { return nil }
        let node = document.nodes[index]
        switch node.kind {
        case .null: return nil
        case .string, .escapedString: return document.text(node)
        default: throw .malformed(path + name)
        }
    }

    /// A whole number above 0 that 64 bits hold.
    func positiveInteger(_ name: String) throws(PayloadError) -> Int? {
        guard let index = find(name), document.nodes[index].kind != .null else { return nil }
        guard document.nodes[index].kind == .number,
            let value = Int(document.text(document.nodes[index])), value > 0
        else { throw .malformed(path + name) }
        return value
    }

    func boolean(_ name: String) throws(PayloadError) -> Bool? {
        guard let index = find(name) else { return nil }
        switch document.nodes[index].kind {
        case .null: return nil
        case .true: return true
        case .false: return false
        default: throw .malformed(path + name)
        }
    }

    func object(_ name: String) throws(PayloadError) -> PayloadObject? {
        guard let index = find(name), document.nodes[index].kind != .null else { return nil }
        guard document.nodes[index].kind == .object else { throw .malformed(path + name) }
        return PayloadObject(document: document, node: index, path: path + name + ".")
    }

    /// The elements of an array of objects.
    func objects(_ name: String, limit: Int) throws(PayloadError) -> [PayloadObject] {
        guard let index = find(name), document.nodes[index].kind != .null else { return [] }
        guard document.nodes[index].kind == .array else { throw .malformed(path + name) }
        var elements: [PayloadObject] = []
        var element = index + 1
        while element < Int(document.nodes[index].next) {
            guard document.nodes[element].kind == .object, elements.count < limit else {
                throw .malformed(path + name)
            }
            elements.append(
                PayloadObject(document: document, node: element, path: path + name + "[]."))
            element = Int(document.nodes[element].next)
        }
        return elements
    }

    /// Whether a field is there, whatever it holds.
    func has(_ name: String) -> Bool { find(name) != nil }

    private func find(_ name: String) -> Int? {
        let end = Int(document.nodes[node].next)
        var index = node + 1
        let wanted = Array(name.utf8)
        while index < end {
            let key = document.nodes[index]
            let isSame =
                key.kind == .escapedString
                ? document.text(key) == name
                : document.bytes[Int(key.start)..<Int(key.end)].elementsEqual(wanted)
            if isSame { return index + 1 }
            index = Int(document.nodes[index + 1].next)
        }
        return nil
    }
}
