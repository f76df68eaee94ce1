/// Puts segments together into runs of rows for chunks: definitions alone, small ones together.
struct ChunkAssembler {
    private let lines: LineTable
    private let sizes: ChunkSizes
    private let splitter: LineSplitter

    private let units: DefinitionRows

    /// The runs so far, each a chunk.
    private(set) var runs: [Range<Int>] = []

    /// Rows not yet in a run.
    private var pending: Range<Int>

    init(lines: LineTable, sizes: ChunkSizes, units: DefinitionRows) {
        self.lines = lines
        self.sizes = sizes
        self.units = units
        splitter = LineSplitter(lines: lines, sizes: sizes)
        pending = 0..<0
    }

    /// Takes the segments of a whole text.
    mutating func assemble(_ segments: [Segment]) {
        take(segments, target: sizes.merged)
        flush()
    }

    private mutating func take(_ segments: [Segment], target: Int) {
        let firstRun = runs.count
        for segment in segments {
            if !segment.parts.isEmpty {
                flushUnlessTiny()
                // Inside a function the parts are statements and fill larger chunks.
                let hasInner = segment.parts.dropFirst().contains(where: definesSomething)
                take(segment.parts, target: hasInner ? sizes.merged : sizes.part)
            } else if lines.ink(segment.rows) > sizes.whole {
                flushUnlessTiny()
                for run in splitter.split(pending.lowerBound..<segment.rows.upperBound) {
                    runs.append(run)
                }
                pending = segment.rows.upperBound..<segment.rows.upperBound
            } else {
                add(segment, target: target)
            }
        }
        closeLevel(firstRun: firstRun)
    }

    private mutating func add(_ segment: Segment, target: Int) {
        let size = lines.ink(segment.rows)
        let isAlone = size >= sizes.alone && definesSomething(segment)
        if isAlone {
            flushUnlessTiny()
            pending = pending.lowerBound..<segment.rows.upperBound
            flush()
        } else {
            if lines.ink(pending) + size > target { flush() }
            pending = pending.lowerBound..<segment.rows.upperBound
        }
    }

    private func definesSomething(_ segment: Segment) -> Bool { units.count(segment.rows) > 0 }

    /// Ends a level: a tiny rest joins the last run of the same level.
    private mutating func closeLevel(firstRun: Int) {
        guard !pending.isEmpty else { return }
        if lines.ink(pending) < sizes.tiny, runs.count > firstRun, let last = runs.last,
            lines.ink(last) + lines.ink(pending) <= sizes.whole
        {
            runs[runs.count - 1] = last.lowerBound..<pending.upperBound
            pending = pending.upperBound..<pending.upperBound
        } else {
            flushUnlessTiny()
        }
    }

    private mutating func flushUnlessTiny() {
        if lines.ink(pending) >= sizes.tiny { flush() }
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        if lines.ink(pending) == 0, let last = runs.last {
            runs[runs.count - 1] = last.lowerBound..<pending.upperBound
        } else {
            runs.append(pending)
        }
        pending = pending.upperBound..<pending.upperBound
    }
}
