internal import CLibpq

/// A statement's parameters as libpq takes them; the pointers live as long as the call.
struct ParameterPointers {
    let count: Int32
    let types: UnsafePointer<Oid>?
    let values: UnsafePointer<UnsafePointer<CChar>?>?
    let lengths: UnsafePointer<Int32>?
    let formats: UnsafePointer<Int32>?
}

extension SQL {
    /// Lends the parameters in libpq's form, without copying the values.
    func withParameters<R>(_ body: (ParameterPointers) -> R) -> R {
        let types = slots.map(\.type.rawValue)
        let lengths = slots.map { Int32(clamping: max($0.length, 0)) }
        let formats = [Int32](repeating: 1, count: slots.count)
        return withValues { values in
            types.withUnsafeBufferPointer { types in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            ParameterPointers(
                                count: Int32(slots.count), types: types.baseAddress,
                                values: values, lengths: lengths.baseAddress,
                                formats: formats.baseAddress))
                    }
                }
            }
        }
    }

    private func withValues<R>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
        values.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(
                of: UnsafePointer<CChar>?.self, capacity: slots.count + 1
            ) { pointers in
                // An empty value needs an address too, since nil is NULL. Any readable one does.
                let empty = UnsafeRawPointer(pointers.baseAddress)
                for (index, slot) in slots.enumerated() {
                    let start = slot.length > 0 ? bytes.baseAddress.map { $0 + slot.offset } : empty
                    pointers.initializeElement(
                        at: index,
                        to: slot.length < 0 ? nil : start?.assumingMemoryBound(to: CChar.self))
                }
                pointers.initializeElement(at: slots.count, to: nil)
                return body(UnsafePointer(pointers.baseAddress))
            }
        }
    }
}
