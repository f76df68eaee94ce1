extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: its GraphQL API.
    static let graphql = #"""
        """GitHub's GraphQL API for discussions: a small reader and executor over the documented types."""
        import base64, re
        import world
        from answer import Answer

        TOKEN = re.compile(r'[\s,]*(\.\.\.|[!$():=@\[\]{|}]|[_A-Za-z]\w*|-?\d+|"(?:[^"\\]|\\.)*")')


        class Malformed(Exception):
            pass


        class Reader:
            def __init__(self, text):
                self.tokens, place = [], 0
                text = text.strip()
                while place < len(text):
                    found = TOKEN.match(text, place)
                    if not found:
                        raise Malformed(f"unexpected sign at {place}")
                    self.tokens.append(found.group(1))
                    place = found.end()
                self.index = 0

            def peek(self):
                return self.tokens[self.index] if self.index < len(self.tokens) else None

            def take(self, wanted=None):
                token = self.peek()
                if token is None or wanted not in (None, token):
                    raise Malformed(f"Expected {wanted}, actual: {token}")
                self.index += 1
                return token

            def document(self):
                variables = {}
                if self.peek() == "query":
                    self.take()
                    if self.peek() not in ("{", "("):
                        self.take()
                    if self.peek() == "(":
                        self.take()
                        while self.peek() != ")":
                            self.take("$")
                            name = self.take()
                            self.take(":")
                            kind = ""
                            while self.peek() not in ("$", ")"):
                                kind += self.take()
                            variables[name] = kind
                        self.take(")")
                return variables, self.selection()

            def selection(self):
                fields = []
                self.take("{")
                while self.peek() != "}":
                    name, arguments, inner = self.take(), {}, None
                    if self.peek() == "(":
                        self.take()
                        while self.peek() != ")":
                            argument = self.take()
                            self.take(":")
                            arguments[argument] = self.value()
                        self.take(")")
                    if self.peek() == "{":
                        inner = self.selection()
                    fields.append((name, arguments, inner))
                self.take("}")
                return fields

            def value(self):
                token = self.take()
                if token == "$":
                    return ("variable", self.take())
                if token == "{":
                    made = {}
                    while self.peek() != "}":
                        name = self.take()
                        self.take(":")
                        made[name] = self.value()
                    self.take("}")
                    return made
                if re.fullmatch(r"-?\d+", token):
                    return int(token)
                return token.strip('"')


        class Refusal(Exception):
            def __init__(self, kind, message, path):
                self.kind, self.message, self.path = kind, message, path


        class Connection:
            def __init__(self, kind, items):
                self.kind, self.items = kind, items


        class Executor:
            """Resolves fields of the types Query, Repository, Discussion, DiscussionComment, Actor …"""

            def __init__(self, request, variables):
                self.request, self.variables = request, variables

            def bound(self, value):
                if isinstance(value, tuple):
                    return self.variables.get(value[1])
                if isinstance(value, dict):
                    return {name: self.bound(inner) for name, inner in value.items()}
                return value

            def select(self, kind, value, fields, path=()):
                made = {}
                for name, arguments, inner in fields:
                    arguments = {key: self.bound(given) for key, given in arguments.items()}
                    resolver = getattr(self, f"{kind}_{name}", None)
                    if resolver is None:
                        raise Malformed(f"Field '{name}' doesn't exist on type '{kind}'")
                    result = resolver(value, arguments, path + (name,))
                    made[name] = self.complete(result, inner, path + (name,))
                return made

            def complete(self, result, inner, path):
                if isinstance(result, list):
                    return [self.complete(element, inner, path) for element in result]
                if isinstance(result, tuple):
                    if inner is None:
                        raise Malformed(f"Field must have selections at {'.'.join(path)}")
                    return None if result[1] is None else self.select(result[0], result[1], inner, path)
                return result

            def Query_repository(self, _, given, path):
                found, _ = world.find(f"{given['owner']}/{given['name']}")
                if found is None or not found.visible_to(self.request.login):
                    raise Refusal("NOT_FOUND", "Could not resolve to a Repository with the name "
                                  f"'{given['owner']}/{given['name']}'.", path)
                return ("Repository", found)

            def Repository_discussions(self, repository, given, path):
                items = [dict(item, repository=repository) for item in repository.discussions.values()]
                order = given.get("orderBy") or {"field": "UPDATED_AT", "direction": "DESC"}
                field = {"CREATED_AT": "created_at", "UPDATED_AT": "updated_at"}[order["field"]]
                items.sort(key=lambda item: (item[field], item["number"]),
                           reverse=order["direction"] == "DESC")
                return self.page("Discussion", items, given, path)

            def Repository_discussion(self, repository, given, path):
                found = repository.discussions.get(given["number"])
                if found is None:
                    raise Refusal("NOT_FOUND", "Could not resolve to a Discussion with the number of "
                                  f"{given['number']}.", path)
                return ("Discussion", dict(found, repository=repository))

            def page(self, kind, items, given, path):
                first = given.get("first")
                if first is None or not 1 <= first <= 100:
                    raise Refusal("MISSING_PAGINATION_BOUNDARIES",
                                  f"You must provide a `first` or `last` value to properly paginate the "
                                  f"`{path[-1]}` connection.", path)
                start = int(base64.b64decode(given["after"])) if given.get("after") else 0
                return ("Connection", (kind, items[start:start + first], start + first, len(items)))

            def Connection_nodes(self, connection, given, path):
                return [(connection[0], item) for item in connection[1]]

            def Connection_totalCount(self, connection, given, path):
                return connection[3]

            def Connection_pageInfo(self, connection, given, path):
                return ("PageInfo", connection)

            def PageInfo_hasNextPage(self, connection, given, path):
                return connection[2] < connection[3]

            def PageInfo_endCursor(self, connection, given, path):
                return base64.b64encode(str(connection[2]).encode()).decode() if connection[1] else None

            def Discussion_comments(self, item, given, path):
                comments = [dict(comment, repository=item["repository"])
                            for comment in item["repository"].discussion_comments.values()
                            if comment["number"] == item["number"]]
                return self.page("DiscussionComment", comments, given, path)

            def Discussion_category(self, item, given, path):
                return ("Category", {"name": item.get("category", "General")})

            def Category_name(self, item, given, path):
                return item["name"]

            def Discussion_answer(self, item, given, path):
                return ("DiscussionComment", None)

            def Discussion_url(self, item, given, path):
                return f"{item['repository'].page}/discussions/{item['number']}"

            def Discussion_closed(self, item, given, path):
                return item["state"] == "closed"

            def DiscussionComment_url(self, item, given, path):
                page = f"{item['repository'].page}/discussions/{item['number']}"
                return f"{page}#discussioncomment-{item['id']}"

            def DiscussionComment_isAnswer(self, item, given, path):
                return item.get("is_answer", False)

            def Actor_login(self, login, given, path):
                return login


        def plain(name):
            return lambda self, item, given, path: item[name]


        for made_for in ("Discussion", "DiscussionComment"):
            for field, key in (("databaseId", "id"), ("body", "body"), ("createdAt", "created_at"),
                               ("updatedAt", "updated_at"), ("id", "id")):
                setattr(Executor, f"{made_for}_{field}", plain(key))
            setattr(Executor, made_for + "_author",
                    lambda self, item, given, path: ("Actor", item["user"]))
        for field in ("number", "title"):
            setattr(Executor, "Discussion_" + field, plain(field))
        for field, key in (("id", "id"), ("name", "full_name"), ("hasDiscussionsEnabled",
                                                                 "has_discussions")):
            setattr(Executor, "Repository_" + field,
                    lambda self, item, given, path, key=key: getattr(item, key))


        def answer(request):
            if request.token is None:
                return Answer(401, {"message": "This endpoint requires you to be authenticated.",
                                    "documentation_url": "https://docs.github.com/graphql",
                                    "status": "401"})
            given = request.json
            if not isinstance(given, dict) or not isinstance(given.get("query"), str):
                return Answer(400, {"message": "Problems parsing JSON",
                                    "documentation_url": "https://docs.github.com/graphql"})
            try:
                declared, fields = Reader(given["query"]).document()
                variables = given.get("variables") or {}
                for name, kind in declared.items():
                    if kind.endswith("!") and variables.get(name) is None:
                        raise Malformed(f"Variable ${name} of type {kind} was provided invalid value")
                with world.lock:
                    data = Executor(request, variables).select("Query", None, fields)
                return Answer(200, {"data": data})
            except Malformed as error:
                return Answer(200, {"errors": [{"message": str(error), "locations": []}]})
            except Refusal as refusal:
                return Answer(200, {"data": {"repository": None}, "errors": [{
                    "type": refusal.kind, "path": list(refusal.path), "locations": [],
                    "message": refusal.message}]})
        """#
}
