/// PostgreSQL's binary format of arrays with one dimension.
enum BinaryArray {
    /// Appends an array whose elements `append` writes; it returns false for NULL.
    static func encode(
        elementType: TypeOID, count: Int, into buffer: inout [UInt8],
        append: (Int, inout [UInt8]) -> Bool
    ) {
        buffer.appendBigEndian(Int32(count == 0 ? 0 : 1))
        let flagsOffset = buffer.count
        buffer.appendBigEndian(Int32(0))
        buffer.appendBigEndian(elementType.rawValue)
        if count == 0 { return }
        buffer.appendBigEndian(Int32(count))
        buffer.appendBigEndian(Int32(1))
        for index in 0..<count {
            let lengthOffset = buffer.count
            buffer.appendBigEndian(Int32(-1))
            if append(index, &buffer) {
                buffer.setBigEndian(Int32(buffer.count - lengthOffset - 4), at: lengthOffset)
            } else {
                buffer.setBigEndian(1, at: flagsOffset)
            }
        }
    }

    /// Reads an array; `element` gets nil for NULL.
    static func decode<Element>(
        _ field: Field, element: (Field?) throws(PostgresError) -> Element
    ) throws(PostgresError) -> [Element] {
        let bytes = field.bytes
        guard bytes.count >= 12 else { throw .wrongType(field, expected: "an array") }
        let dimensions: Int32 = bytes.bigEndian()
        let elementType = TypeOID(rawValue: bytes.bigEndian(at: 8))
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else {
            throw .wrongType(field, expected: "an array of one dimension")
        }
        let count = Int(bytes.bigEndian(at: 12, as: Int32.self))
        var elements: [Element] = []
        elements.reserveCapacity(min(count, bytes.count / 4))
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.count else {
                throw .wrongType(field, expected: "an array")
            }
            let length = Int(bytes.bigEndian(at: offset, as: Int32.self))
            offset += 4
            if length < 0 {
                elements.append(try element(nil))
                continue
            }
            guard offset + length <= bytes.count else {
                throw .wrongType(field, expected: "an array")
            }
            let part = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            elements.append(try element(Field(type: elementType, bytes: part)))
            offset += length
        }
        return elements
    }
}
