/// A value that never shows in a log, an error or a dump.
///
/// Printing, interpolating or reflecting a secret gives a placeholder; the only way to the text
/// is ``reveal()``, so that every use of it can be found by name.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    /// Wraps a text that must stay hidden.
    ///
    /// - Parameter text: The secret itself.
    public init(_ text: String) {
        self.text = text
    }

    /// Returns the hidden text, for handing to the library that needs it.
    ///
    /// - Returns: The secret in clear.
    public func reveal() -> String {
        text
    }

    /// A placeholder; never the text.
    public var description: String { "<redacted>" }

    /// A placeholder; never the text.
    public var debugDescription: String { "<redacted>" }

    /// A mirror without children, so that `dump` shows nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
