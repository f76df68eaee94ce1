/// A value of a JSON document, as the place where it stands.
struct PayloadNode: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, escapedString, array, object
    }

    let kind: Kind
    /// Where it begins; for a string, after the quotation mark.
    let start: UInt32
    /// Where it ends; for a string, before the quotation mark.
    var end: UInt32 = 0
    /// The node that follows it and all that it holds.
    var next: UInt32 = 0
}
