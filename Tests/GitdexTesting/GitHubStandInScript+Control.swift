extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: how a test says what it holds and what it does wrong.
    static let control = #"""
        """How a test says what GitHub holds and what it does wrong; no part of what GitHub offers."""
        import hashlib, hmac, json, re, urllib.request
        import world

        faults, log = [], []
        window = {"remaining": None, "reset": 0}
        KINDS = ("issues", "pulls", "comments", "review_comments", "reviews", "releases", "discussions",
                 "discussion_comments")


        def add_item(repository, kind, given):
            now = given.get("updated_at") or world.stamp()
            item = {"user": "octocat", "body": "", "created_at": given.get("created_at", now),
                    "updated_at": now, "closed_at": None, "labels": [], "state": "open",
                    "merged_at": None, "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e",
                    "id": world.next_id()}
            if kind in ("issues", "pulls", "discussions"):
                item["number"] = given.get("number") or repository.number()
                repository.last_number = max(repository.last_number, item["number"])
                key = item["number"]
            else:
                key = item["id"] = given.get("id") or item["id"]
            if kind == "reviews":
                item["state"] = "APPROVED"
            if kind == "releases":
                item["name"] = given.get("tag_name")
            item.update(given)
            getattr(repository, kind)[key] = item
            return item


        def add_many(repository, given):
            for kind in KINDS:
                for index in range(given.get(kind, 0)):
                    at = world.stamp(1_600_000_000 + 60 * index)
                    item = {"title": f"{kind} number {index}", "created_at": at, "updated_at": at,
                            "body": f"Text {index} of the {kind}: the frobnicator {index * 7919 % 1000} "
                                    + f"stops when word{index} meets word{index * 31 % 977}.\r\n"
                                    + "It happens on every start. " * (index % 7)}
                    if kind in ("comments", "review_comments", "reviews"):
                        among = repository.issues if kind == "comments" else repository.pulls
                        item["number"] = list(among)[index % len(among)]
                    if kind == "discussion_comments":
                        item["number"] = list(repository.discussions)[index % len(repository.discussions)]
                    if kind == "releases":
                        item["tag_name"] = f"v1.{index}"
                    add_item(repository, kind, item)


        def deliver(repository, event, payload):
            """Sends a delivery to the webhooks that listen for its event; returns the statuses."""
            body = json.dumps(payload).encode()
            statuses = []
            for hook in repository.hooks.values():
                if not hook["active"] or not ({event, "*"} & set(hook["events"]) or event == "ping"):
                    continue
                headers = {"Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/044aadd",
                           "X-GitHub-Event": event, "X-GitHub-Hook-ID": str(hook["id"]),
                           "X-GitHub-Delivery": f"72d3162e-cc78-11e3-81ab-{world.next_id():012d}"}
                if hook["config"].get("secret"):
                    digest = hmac.new(hook["config"]["secret"].encode(), body, hashlib.sha256)
                    headers["X-Hub-Signature-256"] = "sha256=" + digest.hexdigest()
                request = urllib.request.Request(hook["config"]["url"], body, headers)
                try:
                    with urllib.request.urlopen(request, timeout=10) as answer:
                        statuses.append(answer.status)
                except urllib.error.HTTPError as error:
                    statuses.append(error.code)
                except OSError:
                    statuses.append(0)
            return statuses


        def handle(verb, given):
            with world.lock:
                if verb == "repository":
                    repository = world.Repository(**given)
                    world.repositories[repository.id] = repository
                    return {"id": repository.id}
                if verb == "client":
                    world.clients[given["id"]] = given
                elif verb == "token":
                    world.tokens[given["token"]] = {"login": given["login"], "kind": "user",
                                                    "scopes": given.get("scopes", ["repo"]), "end": None}
                elif verb == "revoke":
                    for token in list(world.tokens):
                        if given.get("all") or token == given.get("token"):
                            del world.tokens[token]
                elif verb == "setting":
                    world.settings.update(given)
                elif verb == "app":
                    world.apps[str(given["id"])] = {"modulus": int(given["modulus"], 16)}
                elif verb == "installation":
                    world.installations[given["id"]] = given
                elif verb == "limit":
                    window.update(given)
                elif verb == "fault":
                    faults.append({**given, "pattern": re.compile(given["match"])})
                elif verb == "clear":
                    faults.clear()
                    window.update(remaining=None, reset=0)
                elif verb == "requests":
                    return list(log)
                elif verb == "forget":
                    log.clear()
                else:
                    return about_repository(verb, given)
                return {}


        def about_repository(verb, given):
            repository, _ = world.find(given.pop("repository"))
            if verb == "many":
                add_many(repository, given)
            elif verb == "rename":
                repository.former_names.append(repository.full_name)
                repository.full_name = given["to"]
            elif verb == "change":
                repository.__dict__.update(given)
            elif verb == "remove":
                del world.repositories[repository.id]
            elif verb == "delete":
                del getattr(repository, given["kind"])[given["key"]]
            elif verb == "hooks":
                return [{**repository.hook_shape(hook), "secret": hook["config"].get("secret")}
                        for hook in repository.hooks.values()]
            elif verb == "deliver":
                payload = {**given["payload"], "repository": repository.shape()}
                return {"statuses": deliver(repository, given["event"], payload)}
            elif verb.startswith("add-"):
                return add_item(repository, verb[4:], given)
            elif verb.startswith("edit-"):
                item = getattr(repository, verb[5:])[given.pop("key")]
                item.update({"updated_at": world.stamp(), **given})
                return item
            return {}
        """#
}
