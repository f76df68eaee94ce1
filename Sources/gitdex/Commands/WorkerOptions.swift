import ArgumentParser

/// What `gitdex worker` and `gitdex serve` let one choose about the workers.
struct WorkerOptions: ParsableArguments {
    static let concurrencyLimit = 64

    @Option(
        help: ArgumentHelp(
            "How much room the mirrors of remote repositories may take.", valueName: "GiB"))
    var mirrorLimit = 20

    @Option(
        help: ArgumentHelp(
            "How often each remote is compared with the index.", valueName: "seconds"))
    var compareEvery = 300

    mutating func validate() throws {
        if mirrorLimit < 1 { throw ValidationError("--mirror-limit must be at least 1.") }
        if compareEvery < 1 { throw ValidationError("--compare-every must be at least 1.") }
    }
}
