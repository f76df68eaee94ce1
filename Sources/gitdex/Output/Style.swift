/// How parts of the output are drawn on a terminal.
enum Style: String {
    case bold = "1"
    case dim = "2"
    case match = "1;31"
    case path = "35"
    case line = "32"
    case symbol = "36"

    /// The text in this style, plain where there is no colour.
    func callAsFunction(_ text: String) -> String {
        Terminal.outputHasColour ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
