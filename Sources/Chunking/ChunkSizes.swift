/// How large chunks are to be, in bytes that are not white space; see `docs` for the measurements.
struct ChunkSizes: Sendable {
    /// A definition or section up to this size is never split.
    var whole = 2_000

    /// Neighbours too small to stand alone are put together up to this size.
    var merged = 1_000

    /// The parts of a definition that had to be split are filled up to this size.
    var part = 1_500

    /// A definition from this size on is a chunk of its own.
    var alone = 300

    /// A chunk below this size is joined to a neighbour where that is possible.
    var tiny = 100

    /// A line of more bytes than this is cut.
    var lineBytes = 4_000
}
