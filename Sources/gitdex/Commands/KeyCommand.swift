import ArgumentParser
import Cryptography

/// The command `gitdex key`.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make the keys that a server needs.",
        discussion: """
            EXAMPLES
              gitdex key generate                  a new key for ENCRYPTION_KEY or JWT_SECRET
              ENCRYPTION_KEY=NEW,OLD gitdex key rotate
            """,
        subcommands: [Generate.self, Rotate.self])

    /// The command `gitdex key generate`.
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a new key for ENCRYPTION_KEY or JWT_SECRET.",
            discussion: """
                To change keys, put the new one before the old one, with a comma between them. \
                What is encrypted or signed with the old one stays good. 'gitdex key rotate' \
                encrypts it anew.

                EXAMPLES
                  gitdex key generate
                  echo "ENCRYPTION_KEY=$(gitdex key generate)" >> .env
                  echo "JWT_SECRET=$(gitdex key generate)" >> .env
                """)

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let key = try FernetKey.generate().encoded()
            if common.json {
                try JSONOutput.print(["key": key])
            } else {
                Terminal.print(key)
            }
        }
    }
}
