/// A hash that is the same in every process (FNV-1a), for what a cursor carries.
struct StableHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // No byte of UTF-8 text: the end of one value is not the beginning of the next.
        value = (value ^ 0xFF) &* 0x100_0000_01b3
    }

    mutating func add(_ text: String) { add(text.utf8) }
}
