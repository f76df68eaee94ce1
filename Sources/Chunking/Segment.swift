/// A run of rows that belongs together, with smaller ones inside it when it is too large.
struct Segment {
    var rows: Range<Int>

    /// Smaller runs that together are the rows; empty when there is no need or no way to divide.
    var parts: [Segment] = []
}
