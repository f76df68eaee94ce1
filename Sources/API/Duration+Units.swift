extension Duration {
    /// In milliseconds, rounded to hundredths.
    var milliseconds: Double {
        let exact = Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
        return (exact * 100).rounded() / 100
    }

    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
