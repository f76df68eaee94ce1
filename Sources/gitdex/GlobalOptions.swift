import ArgumentParser

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
    @Flag(name: .long, help: "Print one JSON document on standard output.")
    var json = false

    @Flag(name: [.short, .long], help: "Print no progress.")
    var quiet = false

    @Option(
        name: .long, help: ArgumentHelp("Read settings from a file as well.", valueName: "file"))
    var envFile: String?
}
