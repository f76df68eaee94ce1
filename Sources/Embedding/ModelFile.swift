#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The static model as it lies in its file, mapped into memory and checked.
///
/// The file is a header of 128 bytes and six sections, each padded to 64 bytes, all numbers
/// little-endian: rows (Int8, tokens × dimensions), the scale of each token in a passage and in a
/// query (UInt16 each), the cost of each piece (UInt16), the weights of 0, 1, 2 … occurrences
/// (UInt16), the length of each piece (UInt8), and the bytes of all pieces. Tokens are the pieces,
/// then the buckets for characters that no piece has. `scripts/model/tokens.py` writes it.
///
/// A model must be replaced by renaming a new file over it, never by writing into it.
final class ModelFile {
    static let headerBytes = 128
    static let magic: UInt32 = 0x4D58_4447  // "GDXM"
    static let version: UInt32 = 1

    struct Shape {
        var dimensions = 0
        var pieces = 0
        var buckets = 0
        var frequencies = 0
        var fractionBits = 0
        var maximumPieceBytes = 0
        var unknownCost = 0
        var stringBytes = 0

        var tokens: Int { pieces + buckets }
    }

    let shape: Shape
    /// The checksum of the body in hexadecimal: it changes whenever any vector does.
    let revision: String
    let rows: UnsafePointer<Int8>
    let passageScales: UnsafePointer<UInt16>
    let queryScales: UnsafePointer<UInt16>
    let costs: UnsafePointer<UInt16>
    let frequencyWeights: UnsafePointer<UInt16>
    let pieceLengths: UnsafePointer<UInt8>
    let pieceBytes: UnsafePointer<UInt8>

    private let base: UnsafeMutableRawPointer
    private let mappedBytes: Int

    /// Maps a file and checks all of it.
    init(path: String) throws(EmbeddingError) {
        let (base, size) = try Self.map(path)
        do throws(EmbeddingError) {
            let shape = try Self.shape(base, size, path)
            let body = UnsafeRawPointer(base + Self.headerBytes)
            let checksum = Self.checksum(body, count: size - Self.headerBytes)
            guard checksum == base.load(fromByteOffset: 72, as: UInt64.self).littleEndian else {
                throw Self.damaged(path, "its checksum is wrong")
            }
            let digits = String(checksum, radix: 16)
            revision = String(repeating: "0", count: 16 - digits.count) + digits
            let starts = Self.sectionStarts(shape)
            self.shape = shape
            rows = (body + starts[0]).assumingMemoryBound(to: Int8.self)
            passageScales = (body + starts[1]).assumingMemoryBound(to: UInt16.self)
            queryScales = (body + starts[2]).assumingMemoryBound(to: UInt16.self)
            costs = (body + starts[3]).assumingMemoryBound(to: UInt16.self)
            frequencyWeights = (body + starts[4]).assumingMemoryBound(to: UInt16.self)
            pieceLengths = (body + starts[5]).assumingMemoryBound(to: UInt8.self)
            pieceBytes = (body + starts[6]).assumingMemoryBound(to: UInt8.self)
            self.base = base
            mappedBytes = size
        } catch {
            munmap(base, size)
            throw error
        }
    }

    deinit {
        munmap(base, mappedBytes)
    }

    private static func map(
        _ path: String
    ) throws(EmbeddingError) -> (UnsafeMutableRawPointer, Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        let size = Int(status.st_size)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw damaged(path, "it is not a regular file")
        }
        guard size >= headerBytes else { throw damaged(path, "it is cut short") }
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
        else { throw unreadable(path, errno) }
        return (base, size)
    }

    /// Reads the header and checks that the sections it announces fill the file.
    private static func shape(
        _ base: UnsafeMutableRawPointer, _ size: Int, _ path: String
    ) throws(EmbeddingError) -> Shape {
        func field(_ index: Int) -> Int {
            Int(base.load(fromByteOffset: 4 * index, as: UInt32.self).littleEndian)
        }
        guard field(0) == Int(magic) else { throw damaged(path, "it is no model file") }
        guard field(1) == Int(version) else {
            throw EmbeddingError(
                code: .modelVersionUnknown,
                message: "the model file \(path) has version \(field(1)), not \(version)",
                remedy: "run scripts/setup again, so that model and program are of one version")
        }
        let shape = Shape(
            dimensions: field(2), pieces: field(3), buckets: field(4), frequencies: field(5),
            fractionBits: field(6), maximumPieceBytes: field(7), unknownCost: field(8),
            stringBytes: field(9))
        let isSound =
            shape.dimensions % 32 == 0 && (32...4096).contains(shape.dimensions)
            && shape.buckets > 0 && (1...65_535).contains(shape.tokens)
            && (1...255).contains(shape.frequencies) && shape.fractionBits <= 8
            && (1...64).contains(shape.maximumPieceBytes) && shape.stringBytes < 1 << 24
        guard isSound else { throw damaged(path, "its header makes no sense") }
        let announced = base.load(fromByteOffset: 64, as: UInt64.self).littleEndian
        let body = size - headerBytes
        guard body == sectionStarts(shape)[7], UInt64(body) == announced else {
            throw damaged(path, "it is cut short")
        }
        return shape
    }

    /// The offset of each section in the body, and the end of the last.
    private static func sectionStarts(_ shape: Shape) -> [Int] {
        let sizes = [
            shape.tokens * shape.dimensions, 2 * shape.tokens, 2 * shape.tokens, 2 * shape.pieces,
            2 * (shape.frequencies + 1), shape.pieces, shape.stringBytes,
        ]
        var starts = [0]
        var end = 0
        for size in sizes {
            end += (size + 63) / 64 * 64
            starts.append(end)
        }
        return starts
    }

    /// A checksum in four lanes: about a millisecond for the whole file.
    static func checksum(_ body: UnsafeRawPointer, count: Int) -> UInt64 {
        var lanes: SIMD4<UInt64> = [
            0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB,
            0xD6E8_FEB8_6659_FD93,
        ]
        for offset in stride(from: 0, to: count - 31, by: 32) {
            for lane in 0..<4 {
                let word = body.load(fromByteOffset: offset + 8 * lane, as: UInt64.self)
                let value = (lanes[lane] ^ word.littleEndian) &* 0x9E37_79B9_7F4A_7C15
                lanes[lane] = value ^ (value >> 29)
            }
        }
        var result: UInt64 = 0
        for lane in 0..<4 {
            result = (result ^ lanes[lane]) &* 0xBF58_476D_1CE4_E5B9
            result ^= result >> 32
        }
        return result
    }

    private static func damaged(_ path: String, _ what: String) -> EmbeddingError {
        EmbeddingError(
            code: .modelDamaged, message: "the model file \(path) is damaged, \(what)",
            remedy: "run scripts/setup again to put a whole one in its place")
    }

    private static func unreadable(_ path: String, _ number: Int32) -> EmbeddingError {
        let isMissing = number == ENOENT || number == ENOTDIR
        return EmbeddingError(
            code: isMissing ? .modelMissing : .modelUnreadable,
            message: isMissing
                ? "there is no model file at \(path)"
                : "the model file \(path) cannot be read, \(String(cString: strerror(number)))",
            remedy: isMissing
                ? "run scripts/setup, which puts it there" : "make it readable for this user")
    }
}
