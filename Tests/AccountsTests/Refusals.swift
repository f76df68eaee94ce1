import Testing

@testable import Accounts

/// Expects a refusal of a certain kind.
func expectRefusal(
    _ code: AccountError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) {
    let error = #expect(throws: AccountError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}
