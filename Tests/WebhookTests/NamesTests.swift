import Postgres
import Testing

@testable import Webhook

@Suite("Names and times in a payload")
struct NamesTests {
    @Test(
        "of refs are those that git allows",
        arguments: [
            ("refs/heads/main", true), ("refs/heads/feature/é-😀", true), ("refs/tags/v1.0", true),
            ("refs/heads/@", true), ("refs/heads/a.lockx", true), ("refs/heads/\"q\"", true),
            ("refs/pull/7/head", true), ("main", false), ("refs/heads", false),
            ("refs/heads/", false),
            ("../../x", false), ("refs/heads/../../x", false), ("refs/heads/a..b", false),
            ("refs/heads/.hidden", false), ("refs/heads/a/.b", false), ("refs/heads/a.lock", false),
            ("refs/heads/a.lock/b", false), ("refs/heads/a b", false), ("refs/heads/a~1", false),
            ("refs/heads/a^", false), ("refs/heads/a:b", false), ("refs/heads/a?", false),
            ("refs/heads/a*", false), ("refs/heads/a[b", false), ("refs/heads/a\\b", false),
            ("refs/heads/a@{1}", false), ("refs/heads//a", false), ("/refs/heads/a", false),
            ("refs/heads/a.", false), ("refs/heads/a\u{7f}", false), ("refs/heads/a\n", false),
            ("refs/heads/a\0", false), ("", false), ("HEAD", false), ("-x", false),
            ("refs/heads/" + String(repeating: "x", count: 1013), true),
            ("refs/heads/" + String(repeating: "x", count: 1014), false),
        ])
    func refs(name: String, isValid: Bool) {
        #expect(RefName.isValid(name) == isValid, "\(name)")
    }

    @Test(
        "of moments are read to the microsecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-25T08:30:00Z", 1_795_595_400_000_000),
            ("2026-11-25T09:30:00+01:00", 1_795_595_400_000_000),
            ("2026-11-25T03:00:00-05:30", 1_795_595_400_000_000),
            ("2000-02-29T23:59:59.5Z", 951_868_799_500_000),
            ("2026-11-25T08:30:00.1234567Z", 1_795_595_400_123_456),
        ])
    func times(text: String, microseconds: Int64) {
        #expect(ProviderTime.parse(text)?.unixMicroseconds == microseconds)
    }

    @Test(
        "that are no moments are refused",
        arguments: [
            "", "now", "2026-11-25", "2026-11-25T08:30:00", "2026-13-25T08:30:00Z",
            "2026-11-32T08:30:00Z", "2026-11-25T24:30:00Z", "2026-11-25T08:60:00Z",
            "2026-11-25T08:30:00.Z", "2026-11-25T08:30:00Zx", "2026-11-25T08:30:00+1:00",
            "1970-01-01T00:00:00ZZ", "99999-01-01T00:00:00Z",
        ])
    func noTimes(text: String) {
        #expect(ProviderTime.parse(text) == nil)
    }
}
