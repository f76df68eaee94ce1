/// A JSON object that was delivered, checked as a whole.
struct PayloadDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [PayloadNode]

    /// Reads a document.
    init(_ bytes: [UInt8]) throws(PayloadError) {
        nodes = try Self.scan(bytes)
        self.bytes = bytes
        guard nodes.first?.kind == .object else {
            throw PayloadError("the payload is no JSON object")
        }
    }

    private static func scan(_ bytes: [UInt8]) throws(PayloadError) -> [PayloadNode] {
        let result = bytes.withUnsafeBytes { bytes -> Result<[PayloadNode], PayloadError> in
            var scanner = PayloadScanner(bytes)
            do throws(PayloadError) {
                try scanner.scan()
                return .success(scanner.nodes)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The object itself.
    var root: PayloadObject { PayloadObject(document: self, node: 0, path: "") }

    func text(_ node: PayloadNode) -> String {
        bytes.withUnsafeBytes { all in
            let part = UnsafeRawBufferPointer(rebasing: all[Int(node.start)..<Int(node.end)])
            return node.kind == .escapedString
                ? PayloadText.decoded(part) : String(decoding: part, as: UTF8.self)
        }
    }
}
