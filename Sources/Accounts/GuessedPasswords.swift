/// Passwords that are tried first, in lower case: whole ones of twelve characters and more, and the
/// words that are made long enough with digits and signs around them.
enum GuessedPasswords {
    private static let known: Set<String> = [
        "123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456",
        "0123456789012", "012345678910", "0987654321098", "098765432109", "1234567890qwerty",
        "qwertyuiopasdf", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6", "q1w2e3r4t5y6u7",
        "qwertyuiop", "qwertyuiopas", "qwertyuiopasdfghjkl", "asdfghjkl", "zxcvbnm", "qwerty",
        "qwertz", "azerty", "qwerty123456", "qwerty12345678", "abc123abc123", "a1b2c3d4e5f6",
        "abcdef123456", "abcdefghijkl", "abcdefghijklm", "abcdefghijklmnop",
        "password", "passwords", "passwort", "passwordpassword", "passw0rd", "p@ssw0rd", "p@ssword",
        "pa$$word", "pa$$w0rd", "mypassword", "thepassword", "newpassword", "oldpassword",
        "yourpassword", "my password", "secretpassword", "adminpassword", "rootpassword",
        "userpassword", "testpassword", "defaultpassword", "passwordadmin", "passphrase",
        "correcthorsebatterystaple", "correct horse battery staple", "correct-horse-battery-staple",
        "letmein", "letmeinplease", "letmeinnow", "letmeinletmein", "openthedoor", "opensesame",
        "welcome", "welcomehome", "welcomeback", "welcomewelcome", "iloveyou", "iloveyouiloveyou",
        "iloveyousomuch", "iloveyouforever", "ilovemyfamily", "sunshine", "princess", "football",
        "baseball", "basketball", "superman", "batman", "spiderman", "starwars", "dragon", "monkey",
        "master", "shadow", "michael", "jennifer", "jordan", "hunter", "summer", "winter", "spring",
        "autumn", "monday", "friday", "january", "december", "computer", "internet",
        "administrator",
        "adminadmin", "admin", "root", "rootroot", "toor", "changeme", "changemenow",
        "pleasechangeme", "changethis", "change-me", "changemechangeme", "default",
        "defaultdefault",
        "secret", "secretsecret", "topsecret", "trustno", "whatever", "whateverwhatever", "freedom",
        "forever", "blink", "access", "login", "loginlogin", "testtest", "testtesttest", "testing",
        "testingtesting", "example", "exampleexample", "username", "usernameusername", "manager",
        "gitdex", "gitdexgitdex", "github", "githubgithub", "developer", "development",
        "production", "postgres", "postgresql", "nothing", "nopassword", "unknown", "company",
        "thequickbrownfox", "onceuponatime", "tobeornottobe", "maytheforcebewithyou",
    ]

    static func contains(_ password: String) -> Bool { known.contains(password) }
}
