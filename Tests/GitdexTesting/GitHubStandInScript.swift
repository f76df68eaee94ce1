/// The program of ``GitHubStandIn``: Python's `http.server`, and git's own `git http-backend`.
///
/// What it answers follows GitHub's public documentation: the examples of its REST reference, its
/// pages on paging, conditional requests, rate limits, OAuth and apps, and its payload examples. Where
/// a test needs more of GitHub, the documentation says what to add, never what gitdex expects.
enum GitHubStandInScript {
    /// The files by their names.
    static let files: [(name: String, text: String)] = [
        ("answer.py", answer), ("world.py", world), ("control.py", control), ("rest.py", rest),
        ("oauth.py", oauth), ("graphql.py", graphql), ("server.py", server),
    ]
}
