extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: its REST API.
    static let rest = #"""
        """GitHub's REST API, as far as it is documented for what the tests ask."""
        import json, re, time, urllib.parse
        import control, world
        from answer import Answer, problem

        DOCS = "https://docs.github.com/rest"


        def listing(request, items, shape=lambda item: item, key=None):
            """A page of a list with its Link header, as GitHub writes it: by the repository's number."""
            try:
                size = int(request.query.get("per_page", "30"))
                page = int(request.query.get("page", "1"))
            except ValueError:
                size, page = 30, 1
            size, page = min(max(size, 1), 100), max(page, 1)
            last = max((len(items) + size - 1) // size, 1)
            links = []

            def link(number, relation):
                query = urllib.parse.urlencode({**request.query, "page": number})
                links.append(f'<{world.api}{request.canonical}?{query}>; rel="{relation}"')

            if page > 1:
                link(min(page - 1, last), "prev")
            if page < last:
                link(page + 1, "next")
                link(last, "last")
            if page > 1:
                link(1, "first")
            part = [shape(item) for item in items[(page - 1) * size:page * size]]
            body = part if key is None else {"total_count": len(items), key: part}
            return Answer(200, body, {"Link": ", ".join(links)} if links else {})


        def ordered(request, items, default="created"):
            """Items by the parameters state, since, sort and direction."""
            query = request.query
            state = query.get("state", "open")
            if state != "all" and items and "state" in items[0] and default != "comment":
                items = [item for item in items if item["state"] == state]
            if "since" in query:
                items = [item for item in items if item["updated_at"] >= query["since"]]
            sort = query.get("sort", "created")
            if sort not in ("created", "updated", "comments", "popularity", "long-running"):
                sort = "created"
            # Without sort, comments come in the order they were made and direction is ignored.
            down = query.get("direction", "desc") == "desc"
            if default == "comment" and "sort" not in query:
                down = False
            elif default == "pull" and "direction" not in query:
                down = sort == "created"
            field = "updated_at" if sort == "updated" else "created_at"
            number = "number" if default != "comment" else "id"
            return sorted(items, key=lambda item: (item[field], item[number]), reverse=down)


        def route(request):
            with world.lock:
                for method, pattern, handler in ROUTES:
                    found = re.fullmatch(pattern, request.path)
                    if found and method == request.method:
                        return handler(request, *found.groups())
            return problem(404, "Not Found", DOCS)


        def with_repository(handler):
            def wrapped(request, by_number, full_name, *rest):
                if by_number:
                    repository, moved = world.repositories.get(int(by_number)), False
                else:
                    repository, moved = world.find(full_name)
                if repository is None or not repository.visible_to(request.login):
                    return problem(404, "Not Found", DOCS + "/repos/repos#get-a-repository")
                if request.installation is not None and \
                        repository.full_name not in request.installation["repositories"]:
                    return problem(404, "Not Found", DOCS)
                tail = request.path.split("/", 4)[4:] if not by_number else request.path.split("/", 3)[3:]
                canonical = f"/repositories/{repository.id}" + "".join("/" + part for part in tail)
                request.canonical = canonical
                if moved:
                    query = "?" + request.raw_query if request.raw_query else ""
                    place = world.api + canonical + query
                    return Answer(301, {"message": "Moved Permanently", "url": place,
                                        "documentation_url": DOCS}, {"Location": place})
                return handler(request, repository, *rest)
            return wrapped


        def own_user(request):
            if request.token is None:
                return problem(401, "Requires authentication", DOCS + "/users/users")
            if request.installation is not None:
                return problem(403, "Resource not accessible by integration", DOCS + "/users/users")
            return Answer(200, {**world.user(request.login), "name": request.login, "email": None})


        def own_repositories(request):
            if request.token is None or request.installation is not None:
                return problem(401, "Requires authentication", DOCS + "/repos/repos")
            mine = [r for r in world.repositories.values()
                    if request.login in r.readers | r.admins
                    or r.full_name.split("/")[0] == request.login]
            mine.sort(key=lambda repository: repository.full_name.lower())
            return listing(request, mine, lambda repository: repository.shape(request.login))


        def installation_repositories(request):
            if request.installation is None:
                return problem(403, "You must authenticate with an installation access token in order "
                               "to list repositories for an installation.", DOCS + "/apps/installations")
            seen = [world.find(name)[0] for name in request.installation["repositories"]]
            return listing(request, [repository for repository in seen if repository],
                           lambda repository: repository.shape(request.login), "repositories")


        def own_installations(request):
            if request.token is None:
                return problem(401, "Requires authentication", DOCS)
            mine = [{"id": i["id"], "account": world.user(i["account"]), "app_id": 1,
                     "repository_selection": "selected", "target_type": "Organization"}
                    for i in world.installations.values() if request.login in i.get("users", [])]
            return listing(request, mine, key="installations")


        @with_repository
        def repository(request, repository):
            return Answer(200, repository.shape(request.login))


        @with_repository
        def issues(request, repository):
            if not repository.has_issues:
                return problem(410, "Issues has been disabled in this repository.", DOCS + "/issues")
            both = list(repository.issues.values()) + list(repository.pulls.values())
            return listing(request, ordered(request, both, "issue"), lambda item: repository.issue_shape(
                item, item["number"] in repository.pulls))


        @with_repository
        def pulls(request, repository):
            every = list(repository.pulls.values())
            return listing(request, ordered(request, every, "pull"), repository.pull_shape)


        @with_repository
        def issue(request, repository, number):
            number = int(number)
            if number in repository.pulls:
                return Answer(200, repository.issue_shape(repository.pulls[number], True))
            if number not in repository.issues:
                if number <= repository.last_number:
                    return problem(410, "This issue was deleted", DOCS + "/issues/issues#get-an-issue")
                return problem(404, "Not Found", DOCS + "/issues/issues#get-an-issue")
            return Answer(200, repository.issue_shape(repository.issues[number]))


        @with_repository
        def pull(request, repository, number):
            found = repository.pulls.get(int(number))
            return Answer(200, repository.pull_shape(found)) if found else problem(404, "Not Found", DOCS)


        def list_of(kind, shape):
            @with_repository
            def handler(request, repository):
                items = list(getattr(repository, kind).values())
                return listing(request, ordered(request, items, "comment"), getattr(repository, shape))
            return handler


        def one_of(kind, shape):
            @with_repository
            def handler(request, repository, identifier):
                found = getattr(repository, kind).get(int(identifier))
                if found is None:
                    return problem(404, "Not Found", DOCS)
                return Answer(200, getattr(repository, shape)(found))
            return handler


        @with_repository
        def reviews(request, repository, number):
            if int(number) not in repository.pulls:
                return problem(404, "Not Found", DOCS + "/pulls/reviews")
            found = [review for review in repository.reviews.values() if review["number"] == int(number)]
            return listing(request, found, repository.review_shape)


        @with_repository
        def review(request, repository, number, identifier):
            found = repository.reviews.get(int(identifier))
            if found is None or found["number"] != int(number):
                return problem(404, "Not Found", DOCS)
            return Answer(200, repository.review_shape(found))


        @with_repository
        def releases(request, repository):
            found = sorted(repository.releases.values(), key=lambda r: (r["created_at"], r["id"]))[::-1]
            drafts = request.login in repository.admins
            shown = [release for release in found if drafts or not release.get("draft")]
            return listing(request, shown, repository.release_shape)


        def administered(handler):
            @with_repository
            def wrapped(request, repository, *rest):
                if request.token is None or request.login not in repository.admins:
                    return problem(404, "Not Found", DOCS + "/repos/webhooks")
                return handler(request, repository, *rest)
            return wrapped


        @administered
        def hooks(request, repository):
            return listing(request, list(repository.hooks.values()), repository.hook_shape)


        def invalid(message, **error):
            return Answer(422, {"message": "Validation Failed", "errors": [
                {"resource": "Hook", "code": "custom", "message": message, **error}],
                "documentation_url": DOCS + "/repos/webhooks#create-a-repository-webhook",
                "status": "422"})


        @administered
        def make_hook(request, repository):
            given = request.json
            if not isinstance(given, dict):
                return problem(400, "Problems parsing JSON", DOCS)
            config = given.get("config") or {}
            if not re.match(r"https?://", str(config.get("url", ""))):
                return invalid("url is missing a scheme", field="url")
            if any(hook["config"]["url"] == config["url"] for hook in repository.hooks.values()):
                return invalid("Hook already exists on this repository")
            hook = {"id": world.next_id(), "active": given.get("active", True),
                    "events": given.get("events", ["push"]), "config": config,
                    "created_at": world.stamp()}
            repository.hooks[hook["id"]] = hook
            return Answer(201, repository.hook_shape(hook),
                          {"Location": f"{repository.place}/hooks/{hook['id']}"})


        @administered
        def change_hook(request, repository, identifier):
            hook = repository.hooks.get(int(identifier))
            if hook is None:
                return problem(404, "Not Found", DOCS + "/repos/webhooks")
            for name in ("active", "events", "config"):
                if name in (request.json or {}):
                    hook[name] = request.json[name]
            return Answer(200, repository.hook_shape(hook))


        @administered
        def delete_hook(request, repository, identifier):
            if repository.hooks.pop(int(identifier), None) is None:
                return problem(404, "Not Found", DOCS + "/repos/webhooks")
            return Answer(204)


        def limits(request):
            left = control.window["remaining"]
            core = {"limit": world.settings["limit"], "used": 0, "reset": int(time.time()) + 3600,
                    "remaining": world.settings["limit"] if left is None else left}
            return Answer(200, {"resources": {"core": core}, "rate": core})


        R = r"/(?:repositories/(\d+)|repos/([^/]+/[^/]+))"
        ROUTES = [
            ("GET", r"/user", own_user), ("GET", r"/user/repos", own_repositories),
            ("GET", r"/user/installations", own_installations),
            ("GET", r"/installation/repositories", installation_repositories),
            ("GET", r"/rate_limit", limits), ("GET", R, repository),
            ("GET", R + r"/issues", issues), ("GET", R + r"/issues/(\d+)", issue),
            ("GET", R + r"/pulls", pulls), ("GET", R + r"/pulls/(\d+)", pull),
            ("GET", R + r"/issues/comments", list_of("comments", "comment_shape")),
            ("GET", R + r"/issues/comments/(\d+)", one_of("comments", "comment_shape")),
            ("GET", R + r"/pulls/comments", list_of("review_comments", "review_comment_shape")),
            ("GET", R + r"/pulls/comments/(\d+)", one_of("review_comments", "review_comment_shape")),
            ("GET", R + r"/pulls/(\d+)/reviews", reviews),
            ("GET", R + r"/pulls/(\d+)/reviews/(\d+)", review),
            ("GET", R + r"/releases", releases),
            ("GET", R + r"/releases/(\d+)", one_of("releases", "release_shape")),
            ("GET", R + r"/hooks", hooks), ("POST", R + r"/hooks", make_hook),
            ("PATCH", R + r"/hooks/(\d+)", change_hook), ("DELETE", R + r"/hooks/(\d+)", delete_hook),
        ]
        """#
}
