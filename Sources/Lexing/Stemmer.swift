/// Takes the common English endings off a word, so that `parses`, `parsed` and `parsing` meet.
///
/// A light stemmer on purpose: code has names, and every further ending that is dropped makes
/// different names equal. The same rules run when text is indexed and when a query is read.
public enum Stemmer {
    /// Shortens a lower-cased word in place.
    ///
    /// Words that are short or do not end in an ASCII letter stay as they are.
    ///
    /// - Parameters:
    ///   - word: The bytes; the last kept one may be changed (`queries` becomes `query`).
    ///   - count: Their number.
    /// - Returns: The number of bytes that remain, never 0 for a word that is not empty.
    @inline(__always)
    public static func stem(_ word: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        guard count >= 4 else { return count }
        switch word[count - 1] {
        case 0x73, 0x67, 0x64, 0x65: return stemEnding(word, count: count)  // s, g, d, e
        default: return count
        }
    }

    private static func stemEnding(_ word: UnsafeMutablePointer<UInt8>, count: Int) -> Int {
        var length = withoutPlural(word, count)
        if length >= 4 {
            switch word[length - 1] {
            case 0x67: length = withoutParticiple(word, length)
            case 0x64: length = withoutPast(word, length)
            default: break
            }
        }
        // What is left of cache, caches, cached and caching is cach.
        if length >= 4, word[length - 1] == 0x65 { length -= 1 }
        return length
    }

    /// Takes off `s`, and turns `ies` to `y`; leaves `ss`, `us` and `is`.
    private static func withoutPlural(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        guard word[count - 1] == 0x73 else { return count }
        switch word[count - 2] {
        case 0x73, 0x75, 0x69: return count
        case 0x65 where count > 4 && word[count - 3] == 0x69:
            word[count - 3] = 0x79
            return count - 2
        default: return count - 1
        }
    }

    /// Takes off `ing` where a stem with a vowel is left.
    private static func withoutParticiple(
        _ word: UnsafeMutablePointer<UInt8>, _ count: Int
    ) -> Int {
        guard count >= 5, word[count - 2] == 0x6E, word[count - 3] == 0x69 else { return count }
        let left = count - 3
        guard hasVowel(word, left) else { return count }
        if left == 2 {
            // using meets use; being and going stay.
            guard !isVowel(word[1]) else { return count }
            word[2] = 0x65
            return 3
        }
        return undoubled(word, left)
    }

    /// Takes off `ed`, and turns `ied` to `y`; leaves `eed`.
    private static func withoutPast(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        guard word[count - 2] == 0x65, word[count - 3] != 0x65 else { return count }
        if count > 4, word[count - 3] == 0x69 {
            word[count - 3] = 0x79
            return count - 2
        }
        let left = count - 2
        guard hasVowel(word, left) else { return count }
        return left < 3 ? count - 1 : undoubled(word, left)
    }

    /// Drops one of a doubled consonant: `mapping` meets `map`, but `adding` stays `add`.
    private static func undoubled(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        guard count >= 4, word[count - 1] == word[count - 2] else { return count }
        switch word[count - 1] {
        case 0x62, 0x64, 0x67, 0x6D, 0x6E, 0x70, 0x72, 0x74: return count - 1  // b d g m n p r t
        default: return count
        }
    }

    private static func hasVowel(_ word: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        for index in 0..<count where isVowel(word[index]) { return true }
        return false
    }

    private static func isVowel(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79: true
        default: false
        }
    }
}
