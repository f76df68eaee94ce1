/// Adds up the weighted rows of a text's tokens in integers, and makes a unit vector of the sum.
///
/// Integer sums are the same in any order and on any machine; the last steps, one square root and
/// one division a component, are exact to the last bit by IEEE 754. So a text has one vector.
struct TokenSum: ~Copyable {
    /// Rows that may be added before 32 bits could overflow: 2^31 / (127 × 2047 × 5.2).
    private static let rowsPerFlush = 1024

    private let model: ModelFile
    private let partial: UnsafeMutablePointer<Int32>
    private let total: UnsafeMutablePointer<Int64>
    private var count = 0

    init(_ model: ModelFile) {
        self.model = model
        partial = .allocate(capacity: model.shape.dimensions)
        partial.initialize(repeating: 0, count: model.shape.dimensions)
        total = .allocate(capacity: model.shape.dimensions)
        total.initialize(repeating: 0, count: model.shape.dimensions)
    }

    deinit {
        partial.deallocate()
        total.deallocate()
    }

    /// Adds a token.
    @inline(__always)
    mutating func add(_ token: Int, times occurrences: Int, _ scales: UnsafePointer<UInt16>) {
        if count == Self.rowsPerFlush { flush() }
        let times = min(occurrences, model.shape.frequencies)
        let weight = Int32(scales[token]) &* Int32(model.frequencyWeights[times])
        let dimensions = model.shape.dimensions
        Self.add(
            model.rows + token &* dimensions,
            times: Int16(truncatingIfNeeded: weight >> Int32(model.shape.fractionBits)),
            to: partial, count: dimensions)
        count += 1
    }

    /// Adds a row; a plain loop over fixed blocks, which the compiler turns into vector code.
    @inline(__always)
    private static func add(
        _ row: UnsafePointer<Int8>, times weight: Int16, to sum: UnsafeMutablePointer<Int32>,
        count: Int
    ) {
        for start in stride(from: 0, to: count, by: 32) {
            for index in start..<(start &+ 32) {
                sum[index] &+= Int32(row[index]) &* Int32(weight)
            }
        }
    }

    private mutating func flush() {
        for index in 0..<model.shape.dimensions {
            total[index] += Int64(partial[index])
            partial[index] = 0
        }
        count = 0
    }

    /// Returns the unit vector of the sum, and starts anew.
    mutating func drain() -> EmbeddingVector {
        flush()
        let dimensions = model.shape.dimensions
        var largest: UInt64 = 0
        for index in 0..<dimensions { largest = max(largest, total[index].magnitude) }
        guard largest > 0 else { return .fallback(dimensions: dimensions) }
        // Squares of 26 bits add up exactly in 64.
        let shift = Int64(max(0, 64 - largest.leadingZeroBitCount - 26))
        var squares: Int64 = 0
        for index in 0..<dimensions {
            let value = total[index] >> shift
            total[index] = value
            squares &+= value &* value
        }
        let norm = Double(squares).squareRoot()
        let components = [Float16](unsafeUninitializedCapacity: dimensions) { buffer, filled in
            for index in 0..<dimensions { buffer[index] = Float16(Double(total[index]) / norm) }
            filled = dimensions
        }
        total.update(repeating: 0, count: dimensions)
        return EmbeddingVector(components: components)
    }
}
