import Postgres

/// Times as GitHub writes them: RFC 3339.
enum ProviderTime {
    /// Returns the point in time that a text such as `2026-11-25T08:30:00Z` names.
    static func parse(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 40 else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        func has(_ letters: String, at index: Int) -> Bool {
            index < bytes.count && letters.utf8.contains(bytes[index])
        }
        guard let year = number(0..<4), has("-", at: 4), let month = number(5..<7), has("-", at: 7),
            let day = number(8..<10), has("Tt ", at: 10), let hour = number(11..<13),
            has(":", at: 13), let minute = number(14..<16), has(":", at: 16),
            let second = number(17..<19), (1...12).contains(month), (1...31).contains(day),
            hour < 24, minute < 60, second <= 60, year >= 1970
        else { return nil }
        var index = 19
        var microseconds = 0
        if has(".", at: index) {
            index += 1
            var weight = 100_000
            let start = index
            while let digit = number(index..<(index + 1)) {
                microseconds += digit * weight
                weight /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        var offsetMinutes = 0
        if has("Zz", at: index) {
            index += 1
        } else if has("+-", at: index), let hours = number(index + 1..<index + 3),
            has(":", at: index + 3), let minutes = number(index + 4..<index + 6)
        {
            offsetMinutes = (hours * 60 + minutes) * (has("-", at: index) ? -1 : 1)
            index += 6
        } else {
            return nil
        }
        guard index == bytes.count else { return nil }
        let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes
        return Timestamp(
            unixMicroseconds: Int64((minutes * 60 + second) * 1_000_000 + microseconds))
    }

    /// The days from the start of 1970, counted in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
