internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// JSON, written and read.
enum JSONText {
    /// Writes a document of this room; those hold nothing that JSON lacks.
    static func encode(_ value: some Encodable) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return ByteBuffer(bytes: try encoder.encode(value))
        } catch {
            // Only a number that is not finite can fail; the documents round or drop those.
            return ByteBuffer(string: "{}")
        }
    }

    /// Reads the body of a request.
    ///
    /// - Throws: ``Problem`` that names what is wrong, and where.
    static func decode<T: Decodable>(_ type: T.Type, _ body: [UInt8]) throws(Problem) -> T {
        guard !body.isEmpty else {
            throw Problem(.invalidBody, "the body is empty: send a JSON object")
        }
        guard JSONDepth.isWithin(APILimits.bodyDepth, body) else {
            throw Problem(
                .invalidBody, "the body is nested more than \(APILimits.bodyDepth) levels deep")
        }
        // A parser may take other encodings than the one that JSON is exchanged in.
        guard String(validating: body, as: UTF8.self) != nil, !body.contains(0) else {
            throw Problem(.invalidBody, "the body is not UTF-8 text")
        }
        if let name = JSONKeys.repeated(in: body) {
            throw Problem(.invalidBody, "'\(name.prefix(40))' is given twice in one object")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw Problem(.invalidBody, explanation(of: error))
        } catch {
            throw Problem(.invalidBody, "the body is not JSON")
        }
    }

    private static func explanation(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context): "\(place(context)) has another type than is wanted"
        case .valueNotFound(_, let context): "\(place(context)) must not be null"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "the body is not valid JSON" : "\(place(context)) has a value that is not known"
        @unknown default: "the body is not as it should be"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? key.stringValue
        }
        return path.isEmpty ? "the body" : "'\(path.joined(separator: "."))'"
    }
}
