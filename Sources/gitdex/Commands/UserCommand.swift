import Accounts
import ArgumentParser

/// The command `gitdex user`.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Make accounts, and close them.",
        discussion: """
            A password is asked for on the terminal, or read from standard input.

            EXAMPLES
              gitdex user add ada@example.org
              gitdex user add ada@example.org --generate --json
              gitdex user passwd ada@example.org < password.txt
              gitdex user disable ada@example.org
            """,
        subcommands: [Add.self, List.self, Password.self, Disable.self, Enable.self],
        defaultSubcommand: List.self)

    private struct ListDocument: Encodable {
        let users: [UserDocument]
    }

    /// Whose password is made rather than asked for.
    struct PasswordOptions: ParsableArguments {
        @Flag(help: "Make a password by chance and print it.")
        var generate = false

        func password() throws -> String {
            try generate ? PasswordInput.generate() : PasswordInput.read()
        }
    }

    /// The command `gitdex user add`.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account, whoever may register by themselves.")

        @OptionGroup var common: GlobalOptions
        @OptionGroup var secret: PasswordOptions
        @Argument(help: "The e-mail address to sign in with.") var email: String

        mutating func run() throws {
            let service = try AccountWorkbench.open(common)
            let password = try secret.password()
            let user = try service.createUser(email: email, password: password)
            try UserCommand.print(
                user, "added \(user.email)", password: secret.generate ? password : nil, common)
        }
    }

    /// The command `gitdex user list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let service = try AccountWorkbench.open(common)
            var users: [User] = []
            while true {
                let page = try service.users(after: users.last?.email)
                if page.isEmpty { break }
                users += page
            }
            if common.json {
                try JSONOutput.print(ListDocument(users: users.map { UserDocument($0) }))
                return
            }
            if users.isEmpty { Terminal.print("no accounts: make one with 'gitdex user add'") }
            for user in users {
                let state = user.isDisabled ? " (disabled)" : ""
                let login = user.lastLoginAt.map { "last login \($0.text)" } ?? "never signed in"
                Terminal.print("\(Style.bold(user.email))\(state) \(login)")
            }
        }
    }

    /// The command `gitdex user passwd`.
    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "passwd",
            abstract: "Set a password anew. All sessions of the account end; its API keys stay.")

        @OptionGroup var common: GlobalOptions
        @OptionGroup var secret: PasswordOptions
        @Argument(help: "The account's address.") var email: String

        mutating func run() throws {
            let service = try AccountWorkbench.open(common)
            let user = try service.user(email: email)
            let password = try secret.password()
            try service.setPassword(of: user.email, to: password)
            try UserCommand.print(
                user, "changed the password of \(user.email); its sessions have ended",
                password: secret.generate ? password : nil, common)
        }
    }

    /// The command `gitdex user disable`.
    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account: its sessions and API keys are good for nothing at once.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "The account's address.") var email: String

        mutating func run() throws {
            let user = try AccountWorkbench.open(common).disable(email: email)
            try UserCommand.print(user, "disabled \(user.email)", common)
        }
    }

    /// The command `gitdex user enable`.
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a closed account again, with its API keys.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "The account's address.") var email: String

        mutating func run() throws {
            let user = try AccountWorkbench.open(common).enable(email: email)
            try UserCommand.print(user, "enabled \(user.email)", common)
        }
    }

    private static func print(
        _ user: User, _ line: String, password: String? = nil, _ common: GlobalOptions
    ) throws {
        if common.json {
            try JSONOutput.print(UserDocument(user, password: password))
            return
        }
        Terminal.print(line)
        if let password { Terminal.print("password: \(password)") }
    }
}
