/// A vector of unit length in half precision, as pgvector's `halfvec` stores it.
public struct EmbeddingVector: Hashable, Sendable {
    /// The components.
    public var components: [Float16]

    /// Makes a vector.
    ///
    /// - Parameter components: The components; their squares should add up to about 1.
    public init(components: [Float16]) {
        self.components = components
    }

    /// The vector that stands for a text without any token: the first unit vector.
    ///
    /// A vector of zeros has no direction, and its cosine distance would be NaN.
    ///
    /// - Parameter dimensions: The length of the vector.
    /// - Returns: The vector.
    public static func fallback(dimensions: Int) -> EmbeddingVector {
        var components = [Float16](repeating: 0, count: dimensions)
        if dimensions > 0 { components[0] = 1 }
        return EmbeddingVector(components: components)
    }

    /// Appends the binary form of pgvector's `halfvec`.
    ///
    /// - Parameter target: Receives the bytes of the field, without its length.
    public func encodeHalfVector(into target: inout [UInt8]) {
        target.reserveCapacity(target.count + 4 + 2 * components.count)
        let count = UInt16(truncatingIfNeeded: components.count)
        target.append(UInt8(truncatingIfNeeded: count >> 8))
        target.append(UInt8(truncatingIfNeeded: count))
        target.append(0)
        target.append(0)
        for component in components {
            let bits = component.bitPattern
            target.append(UInt8(truncatingIfNeeded: bits >> 8))
            target.append(UInt8(truncatingIfNeeded: bits))
        }
    }
}
