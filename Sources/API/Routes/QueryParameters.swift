/// The parameters behind the `?` of a URL, checked.
struct QueryParameters {
    private var values: [String: [String]] = [:]

    /// Takes a query apart.
    ///
    /// - Throws: ``Problem`` for a parameter that the route does not know, or one that is no text.
    init(_ query: String, known: Set<String>) throws(Problem) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.text(parts[0], of: "a name")
            guard known.contains(name) else {
                let names = known.isEmpty ? "none" : known.sorted().joined(separator: ", ")
                throw Problem(
                    .invalidParameter,
                    "there is no parameter '\(name.prefix(40))' here; known: \(names)")
            }
            let value = try Self.text(parts.count > 1 ? parts[1] : "", of: "'\(name)'")
            values[name, default: []].append(value)
            if values[name, default: []].count > APILimits.repetitions {
                throw Problem(.invalidParameter, "'\(name)' is given too often")
            }
        }
    }

    private static func text(_ raw: Substring, of what: String) throws(Problem) -> String {
        guard raw.utf8.count <= 3 * APILimits.parameterBytes,
            let bytes = PercentDecoding.bytes(of: raw, plusIsSpace: true),
            bytes.count <= APILimits.parameterBytes
        else {
            throw Problem(
                .invalidParameter,
                "\(what) in the query is longer than \(APILimits.parameterBytes) bytes, "
                    + "or has a % without two digits")
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw Problem(.invalidParameter, "\(what) in the query is not UTF-8 text")
        }
        return text
    }

    /// Makes sure that a parameter's values are no longer than the document says.
    func checkLength(of parameter: Operation.Parameter) throws(Problem) {
        var schema = parameter.schema
        if case .object(let members) = schema, let items = members["items"] { schema = items }
        guard case .object(let members) = schema, case .number(let limit)? = members["maxLength"]
        else { return }
        for value in all(parameter.name) where value.unicodeScalars.count > limit {
            throw Problem(
                .invalidParameter, "'\(parameter.name)' must have at most \(limit) characters")
        }
    }

    /// Every value of a parameter.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The value of a parameter that may be given once and not empty.
    func one(_ name: String) throws(Problem) -> String? {
        let all = all(name)
        guard all.count <= 1 else {
            throw Problem(.invalidParameter, "'\(name)' is given more than once")
        }
        if all.first?.isEmpty == true {
            throw Problem(.invalidParameter, "'\(name)' is empty: leave it out or give a value")
        }
        return all.first
    }

    /// The value of a parameter that must be given.
    func required(_ name: String) throws(Problem) -> String {
        guard let value = try one(name) else {
            throw Problem(.invalidParameter, "the parameter '\(name)' is missing")
        }
        return value
    }

    /// A whole number within a range.
    func number(
        _ name: String, in range: ClosedRange<Int>, default standard: Int
    ) throws(Problem) -> Int {
        guard let text = try one(name) else { return standard }
        guard let number = DecimalNumber.parse(text), range.contains(number) else {
            throw Problem(
                .invalidParameter,
                "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// One of some words.
    func choice<T: RawRepresentable & CaseIterable>(
        _ name: String, _ type: T.Type
    ) throws(Problem) -> T? where T.RawValue == String {
        guard let text = try one(name) else { return nil }
        guard let value = T(rawValue: text) else {
            let words = T.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, "'\(name)' must be one of \(words)")
        }
        return value
    }
}
