internal import Postgres

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Points in time as answers write them.
enum TimeText {
    /// ISO 8601 in UTC with milliseconds.
    static func text(_ time: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(time.unixMicroseconds) / 1e6)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
