import GitdexTesting
import Testing

/// Checks that answers are what the OpenAPI document says.
struct DocumentCheck {
    let document: JSONValue

    func check(_ answer: HTTPAnswer, method: String, path: String) throws {
        #expect(answer.headers["x-request-id"] != nil, "\(method) \(path) has no request id")
        let plain = String(path.split(separator: "?")[0])
        guard let template = template(of: plain) else {
            #expect(answer.status == 404 || answer.status == 421, "\(path) is not described")
            return
        }
        let method = method == "HEAD" ? "GET" : method
        let operation = document["paths"][template][method.lowercased()]
        guard operation != .null else {
            #expect(answer.status == 405 || answer.status == 403, "\(method) \(path)")
            return
        }
        let response = operation["responses"][String(answer.status)]
        #expect(response != .null, "\(method) \(template): \(answer.status) is not described")
        guard !answer.body.isEmpty else { return }
        let type = answer.headers["content-type"]?.split(separator: ";").first.map(String.init)
        let content = response["content"][type ?? "none"]
        #expect(content != .null, "\(method) \(template) \(answer.status): type \(type ?? "none")")
        if type?.hasSuffix("json") == true, answer.headers["content-encoding"] == nil {
            try SchemaCheck(document: document).check(
                try JSONValue(parsing: answer.text), content["schema"], at: "\(method) \(template)")
        }
    }

    /// The path of the document that a path is of.
    private func template(of path: String) -> String? {
        let parts = path.split(separator: "/")
        return document["paths"].keys.first { template in
            let wanted = template.split(separator: "/")
            let takesRest = template.hasSuffix("/files/{path}")
            guard wanted.count == parts.count || takesRest && parts.count > wanted.count else {
                return false
            }
            return zip(wanted, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }
}
