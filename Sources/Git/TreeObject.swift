import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One tree object, parsed: its entries in git's order, names as slices of the object's bytes.
final class TreeObject {
    /// One line of a tree.
    struct Entry {
        let name: UnsafeRawBufferPointer
        let oidBytes: UnsafeRawPointer
        let mode: UInt32

        var isTree: Bool { mode & 0o170000 == 0o040000 }

        var oid: ObjectID {
            ObjectID(raw: UnsafeRawBufferPointer(start: oidBytes, count: ObjectID.byteCount))
        }
    }

    /// The entries, in the byte order of full paths; their pointers live as long as this object.
    private(set) var entries: [Entry] = []
    private let buffer: ObjectBuffer

    /// The size of the object.
    var byteCount: Int { buffer.bytes.count }

    init(_ buffer: ObjectBuffer, _ oid: ObjectID) throws(GitError) {
        self.buffer = buffer
        // A line takes 20 bytes of id, 6 or 7 of mode and, in most repositories, 10 or more of name.
        entries.reserveCapacity(buffer.bytes.count / 36 + 1)
        guard parse(buffer.bytes) else {
            throw GitError(.corruptObject, "tree \(oid) is damaged")
        }
    }

    /// Reads all lines; `false` when the bytes are no tree.
    private func parse(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        var isSorted = true
        while offset < bytes.count {
            guard let entry = Self.entry(in: bytes, at: &offset) else { return false }
            if isSorted, let last = entries.last, Self.order(last, entry) >= 0 { isSorted = false }
            entries.append(entry)
        }
        if !isSorted { restoreOrder() }
        return true
    }

    /// Sorts the entries and keeps one of each name, as a broken tool may not have done.
    ///
    /// A walk and a comparison of trees rely on it to give each path once and in order.
    private func restoreOrder() {
        entries.sort { Self.order($0, $1) < 0 }
        var kept: [Entry] = []
        for entry in entries where kept.last.map({ Self.order($0, entry) < 0 }) ?? true {
            kept.append(entry)
        }
        entries = kept
    }

    private static func entry(in bytes: UnsafeRawBufferPointer, at offset: inout Int) -> Entry? {
        var mode: UInt32 = 0
        while offset < bytes.count, bytes[offset] != UInt8(ascii: " ") {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 8, mode < 0o1000000 else { return nil }
            mode = mode << 3 | UInt32(digit)
            offset += 1
        }
        offset += 1
        guard offset < bytes.count, let start = bytes.baseAddress,
            let end = memchr(start + offset, 0, bytes.count - offset)
        else { return nil }
        let length = UnsafeRawPointer(end) - (start + offset)
        let name = UnsafeRawBufferPointer(start: start + offset, count: length)
        offset += length + 1
        guard length > 0, offset + ObjectID.byteCount <= bytes.count,
            memchr(start + offset - length - 1, Int32(UInt8(ascii: "/")), length) == nil
        else { return nil }
        defer { offset += ObjectID.byteCount }
        return Entry(name: name, oidBytes: start + offset, mode: mode)
    }

    /// Compares two entries as git sorts them: a folder as if its name ended in `/`.
    static func order(_ left: Entry, _ right: Entry) -> Int {
        let common = min(left.name.count, right.name.count)
        if let one = left.name.baseAddress, let other = right.name.baseAddress {
            let order = memcmp(one, other, common)
            if order != 0 { return Int(order) }
        }
        return Int(left.byte(at: common)) - Int(right.byte(at: common))
    }
}

extension TreeObject.Entry {
    /// The byte of the name at an index, with the `/` of a folder and then 0 after its end.
    fileprivate func byte(at index: Int) -> UInt8 {
        if index < name.count { return name[index] }
        return index == name.count && isTree ? UInt8(ascii: "/") : 0
    }
}
