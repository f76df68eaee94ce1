import Foundation
import Syntax

/// Where the grammars lie that setup brought.
enum Grammars {
    static var directory: String {
        let environment = ProcessInfo.processInfo.environment
        if let assets = environment["GITDEX_ASSETS_DIR"] { return assets + "/grammars" }
        let data =
            getuid() == 0 ? "/var/lib/gitdex" : NSHomeDirectory() + "/.local/share/gitdex"
        return data + "/assets/grammars"
    }

    static func library() throws -> GrammarLibrary { try GrammarLibrary(directory: directory) }
}
