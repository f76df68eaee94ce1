/// Lower-casing of the alphabets that have case and are met in source text.
///
/// The pairs are written out here so that every machine and every version of the standard library
/// gives the same words. Each pair has one length in UTF-8, so a word keeps its length.
enum CaseMapping {
    /// Returns the lower-case form of a code point.
    ///
    /// - Parameter point: A code point of 0x80 or more.
    /// - Returns: The lower-case code point, or `point` where it has none here.
    static func lower(_ point: UInt32) -> UInt32 {
        switch point {
        case 0xC0...0xDE: point == 0xD7 ? point : point + 0x20
        case 0x100...0x12F, 0x132...0x137, 0x14A...0x177: point | 1
        case 0x139...0x148, 0x179...0x17E: point + (point & 1)
        case 0x178: 0xFF
        case 0x391...0x3A9: point == 0x3A2 ? point : point + 0x20
        case 0x400...0x40F: point + 0x50
        case 0x410...0x42F: point + 0x20
        default: point
        }
    }
}
