/// Upper bounds of histograms.
public enum HistogramBuckets {
    /// For durations in seconds: from what a request takes to what a first index takes.
    public static let durations: [Double] = [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
    ]
    /// For sizes in bytes, from a kilobyte to a gigabyte.
    public static let sizes: [Double] = (0...10).map { Double(1024 << (2 * $0)) }
}
