extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: what the parts hand to each other.
    static let answer = #"""
        """What the parts of the server hand to each other."""
        import json


        class Answer:
            def __init__(self, status, body=None, headers=None, kind="application/json; charset=utf-8"):
                self.status, self.headers, self.kind = status, headers or {}, kind
                if body is None:
                    self.body = b""
                elif isinstance(body, bytes):
                    self.body = body
                else:
                    self.body = json.dumps(body).encode()


        def problem(status, message, documentation, headers=None):
            return Answer(status, {"message": message, "documentation_url": documentation,
                                   "status": str(status)}, headers)


        class Request:
            """A request to the API, with who asks."""

            def __init__(self, method, path, raw_query, query, headers, body):
                self.method, self.path, self.raw_query, self.query = method, path, raw_query, query
                self.headers, self.body, self.canonical = headers, body, path
                self.token = self.login = self.installation = None
                self.scopes = []
                try:
                    self.json = json.loads(body) if body else None
                except ValueError:
                    self.json = None
        """#
}
