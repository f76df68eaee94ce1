extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: its OAuth, and the tokens of apps.
    static let oauth = #"""
        """GitHub's OAuth web flow with PKCE, token renewal, revocation, and tokens of installations."""
        import base64, hashlib, html, json, secrets, time, urllib.parse
        import world
        from answer import Answer, problem

        DOCS = "https://docs.github.com"
        TROUBLE = "/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#"


        def page(title, text, status=200):
            body = f"<!doctype html><title>{title}</title><h1>{title}</h1>{text}"
            return Answer(status, body.encode(), {"X-Frame-Options": "deny"}, "text/html; charset=utf-8")


        def authorize(method, query):
            """The page with the two buttons, and what they do."""
            client = world.clients.get(query.get("client_id", ""))
            if client is None:
                return page("404", "<p>This is not the page you are looking for.</p>", 404)
            target = query.get("redirect_uri") or client["redirect"]
            if not fits(target, client["redirect"]):
                return redirect(client["redirect"], {
                    "error": "redirect_uri_mismatch", "state": query.get("state", ""),
                    "error_description": "The redirect_uri MUST match the registered callback URL for "
                                         "this application.",
                    "error_uri": DOCS + TROUBLE + "redirect-uri-mismatch"})
            if method == "GET":
                fields = "".join(
                    f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
                    for name, value in query.items())
                scopes = "".join(f"<li>{html.escape(s)}</li>" for s in query.get("scope", "").split())
                return page("Authorize application", f"""
                    <p>Signed in as <b>{html.escape(world.settings['signed_in_as'])}</b></p>
                    <ul id="scopes">{scopes}</ul>
                    <form method="post" action="/login/oauth/authorize">{fields}
                    <button name="authorize" value="1" id="authorize">Authorize</button>
                    <button name="authorize" value="0" id="cancel">Cancel</button></form>""")
            if query.get("authorize") != "1":
                return redirect(target, {
                    "error": "access_denied", "state": query.get("state", ""),
                    "error_description": "The user has denied your application access.",
                    "error_uri": DOCS + "/apps/managing-oauth-apps/"
                                 "troubleshooting-authorization-request-errors/#access-denied"})
            code = secrets.token_hex(10)
            world.codes[code] = {
                "client": client["id"], "redirect": target, "login": world.settings["signed_in_as"],
                "scopes": query.get("scope", "").split(), "end": time.time() + 600,
                "challenge": query.get("code_challenge"), "method": query.get("code_challenge_method")}
            return redirect(target, {"code": code, "state": query.get("state", "")})


        def fits(target, registered):
            """Same scheme, host and port, and a path below the registered one."""
            one, other = urllib.parse.urlsplit(target), urllib.parse.urlsplit(registered)
            return one[:2] == other[:2] and one.path.startswith(other.path)


        def redirect(target, fields):
            fields = {name: value for name, value in fields.items() if value}
            glue = "&" if "?" in target else "?"
            return Answer(302, b"", {"Location": target + glue + urllib.parse.urlencode(fields)},
                          "text/html; charset=utf-8")


        def access_token(given, accept):
            """What POST /login/oauth/access_token answers: refusals have status 200 as well."""
            document = exchange(given)
            if "json" in accept:
                return Answer(200, document)
            return Answer(200, urllib.parse.urlencode(document).encode(),
                          kind="application/x-www-form-urlencoded; charset=utf-8")


        def refusal(name, description):
            return {"error": name, "error_description": description,
                    "error_uri": TROUBLE + name.replace("_", "-")}


        def exchange(given):
            client = world.clients.get(given.get("client_id", ""))
            if client is None or not secrets.compare_digest(
                    client["secret"], given.get("client_secret", "")):
                return refusal("incorrect_client_credentials",
                               "The client_id and/or client_secret passed are incorrect.")
            if given.get("grant_type") == "refresh_token":
                known = world.tokens.get(given.get("refresh_token", ""))
                if known is None or known["kind"] != "refresh":
                    return refusal("bad_refresh_token",
                                   "The refresh token passed is incorrect or expired.")
                # A renewal ends the token and the refresh token before.
                del world.tokens[given["refresh_token"]]
                world.tokens.pop(known["access"], None)
                return issue(known["login"], known["scopes"])
            code = world.codes.pop(given.get("code", ""), None)
            bad = refusal("bad_verification_code", "The code passed is incorrect or expired.")
            if code is None or code["client"] != client["id"] or code["end"] < time.time():
                return bad
            if given.get("redirect_uri", code["redirect"]) != code["redirect"]:
                return refusal("redirect_uri_mismatch",
                               "The redirect_uri MUST match the registered callback URL for this "
                               "application.")
            if code["challenge"]:
                digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
                made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
                if code["method"] != "S256" or not secrets.compare_digest(made, code["challenge"]):
                    return bad
            return issue(code["login"], code["scopes"])


        def issue(login, scopes):
            seconds = world.settings["token_seconds"]
            token = ("ghu_" if seconds else "gho_") + secrets.token_hex(18)
            world.tokens[token] = {"login": login, "kind": "user", "scopes": scopes,
                                   "end": time.time() + seconds if seconds else None}
            document = {"access_token": token, "scope": ",".join(scopes), "token_type": "bearer"}
            if seconds:
                refresh = "ghr_" + secrets.token_hex(38)
                world.tokens[refresh] = {"login": login, "kind": "refresh", "scopes": scopes,
                                         "access": token, "end": None}
                document.update(expires_in=seconds, refresh_token=refresh,
                                refresh_token_expires_in=15811200)
            return document


        def revoke(client_id, headers, document):
            kind, _, value = headers.get("Authorization", "").partition(" ")
            try:
                name, _, secret = base64.b64decode(value).decode().partition(":")
            except ValueError:
                name = secret = ""
            client = world.clients.get(client_id)
            if kind != "Basic" or client is None or name != client_id or secret != client["secret"]:
                return problem(404, "Not Found", DOCS + "/rest/apps/oauth-applications")
            token = (document or {}).get("access_token")
            if world.tokens.pop(token, None) is None:
                return problem(404, "Not Found", DOCS + "/rest/apps/oauth-applications")
            return Answer(204)


        def decode(text):
            return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


        PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


        def app_of(word):
            """The app that a JSON web token speaks for; a text where it counts for none."""
            parts = word.split(".")
            try:
                head, claims = json.loads(decode(parts[0])), json.loads(decode(parts[1]))
                signature = int.from_bytes(decode(parts[2]), "big")
            except (ValueError, IndexError):
                return "A JSON web token could not be decoded"
            app = world.apps.get(str(claims.get("iss")))
            if app is None or head.get("alg") != "RS256":
                return "A JSON web token could not be decoded"
            size = (app["modulus"].bit_length() + 7) // 8
            digest = hashlib.sha256((parts[0] + "." + parts[1]).encode()).digest()
            wanted = b"\x00\x01" + b"\xff" * (size - 54) + b"\x00" + PREFIX + digest
            if pow(signature, 65537, app["modulus"]).to_bytes(size, "big") != wanted:
                return "A JSON web token could not be decoded"
            now = time.time()
            if claims.get("exp", 0) <= now:
                return "'Expiration time' claim ('exp') must be a numeric value representing the " \
                       "future time at which the assertion expires"
            if claims["exp"] > now + 600:
                return "'Expiration time' claim ('exp') is too far in the future"
            if claims.get("iat", 0) > now:
                return "'Issued at' claim ('iat') must be an Integer representing the time that the " \
                       "assertion was issued"
            return app


        def installation_token(word, number):
            app = app_of(word)
            if isinstance(app, str):
                return problem(401, app, DOCS + "/rest")
            installation = world.installations.get(number)
            if installation is None:
                return problem(404, "Not Found", DOCS + "/rest/apps/apps")
            token = "ghs_" + secrets.token_hex(18)
            end = time.time() + installation.get("seconds", 3600)
            world.tokens[token] = {"login": installation["account"], "kind": "installation",
                                   "scopes": [], "end": end, "installation": number}
            return Answer(201, {"token": token, "expires_at": world.stamp(end),
                                "permissions": {"issues": "read", "contents": "read"},
                                "repository_selection": "selected"})
        """#
}
