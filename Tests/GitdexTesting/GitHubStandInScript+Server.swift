extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: the server.
    static let server = #"""
        """The GitHub of the tests: one port for the web pages, the API, GraphQL and git over HTTP."""
        import base64, http.server, json, os, select, subprocess, sys, threading, time, urllib.parse
        import control, graphql, oauth, rest, world
        from answer import Answer, Request, problem

        folder = sys.argv[1]
        parent = os.getppid()


        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "github.com"
            sys_version = ""
            wbufsize = -1

            def log_message(self, *_):
                pass

            def body(self):
                if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                    whole = b""
                    while size := int(self.rfile.readline().split(b";")[0], 16):
                        whole += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                    return whole
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def serve(self):
                body = self.body()
                path, _, raw_query = self.path.partition("?")
                query = dict(urllib.parse.parse_qsl(raw_query, keep_blank_values=True))
                if path.startswith("/_control/"):
                    made = control.handle(path[10:], json.loads(body or b"{}"))
                    return self.send(Answer(200, made), None)
                fault = self.fault(path + ("?" + raw_query if raw_query else ""))
                entry = {"method": self.command, "path": self.path, "status": 0, "fault": bool(fault),
                         "authorization": self.headers.get("Authorization", "").partition(" ")[0],
                         "if_none_match": self.headers.get("If-None-Match"), "at": time.time()}
                control.log.append(entry)
                if fault.get("hang"):
                    return self.hang()
                if path.startswith("/api/"):
                    answer = self.api(path, raw_query, query, body, fault)
                elif ".git/" in path:
                    return self.git(path, raw_query, body, entry)
                else:
                    answer = self.web(path, query, body, fault)
                entry["status"] = answer.status
                self.send(answer, fault)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = serve

            # Faults: what a test has asked to go wrong, so many times.
            def fault(self, path):
                with world.lock:
                    for fault in control.faults:
                        if fault.get("times", 1) > 0 and fault["pattern"].search(
                                f"{self.command} {path}"):
                            fault["times"] = fault.get("times", 1) - 1
                            return fault
                return {}

            def hang(self):
                # Until the client gives up: its socket becomes readable when it closes.
                while not select.select([self.connection], [], [], 1)[0]:
                    pass
                self.close_connection = True

            def send(self, answer, fault):
                fault = fault or {}
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status not in (204, 304):
                    self.send_header("Content-Type", answer.kind)
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command == "HEAD" or answer.status in (204, 304):
                    return
                if "cut" in fault:
                    self.wfile.write(answer.body[:fault["cut"]])
                    self.wfile.flush()
                    self.close_connection = True
                    return
                if "slow" in fault:
                    for start in range(0, len(answer.body), 256):
                        self.wfile.write(answer.body[start:start + 256])
                        self.wfile.flush()
                        time.sleep(fault["slow"] / 1000)
                    return
                self.wfile.write(answer.body)

            # The API
            def api(self, path, raw_query, query, body, fault):
                if not self.headers.get("User-Agent"):
                    return Answer(403, b"Request forbidden by administrative rules. Please make sure "
                                  b"your request has a User-Agent header", kind="text/plain")
                if "status" in fault:
                    headers = {"Retry-After": str(fault["retry_after"])} if "retry_after" in fault else {}
                    message = fault.get("message", "Server Error")
                    if fault.get("secondary"):
                        message = ("You have exceeded a secondary rate limit. Please wait a few minutes "
                                   "before you try again.")
                    if "body" in fault:
                        return Answer(fault["status"], fault["body"].encode(), headers,
                                      fault.get("kind", "text/html"))
                    return problem(fault["status"], message, "https://docs.github.com/rest", headers)
                is_graphql = path == "/api/graphql"
                request = Request(self.command, path[len("/api/v3"):], raw_query, query, self.headers,
                                  body)
                with world.lock:
                    refused = self.identify(request)
                    if refused is None:
                        refused = self.spend()
                if refused is not None:
                    return self.finish(request, refused)
                if is_graphql:
                    answer = graphql.answer(request)
                elif request.path.startswith("/applications/") and request.path.endswith("/token"):
                    with world.lock:
                        answer = oauth.revoke(urllib.parse.unquote(request.path.split("/")[2]),
                                              self.headers, request.json)
                elif request.path.startswith("/app/installations/") and self.command == "POST":
                    word = self.headers.get("Authorization", "").partition(" ")[2]
                    with world.lock:
                        answer = oauth.installation_token(word, int(request.path.split("/")[3]))
                else:
                    answer = rest.route(request)
                return self.finish(request, answer)

            def identify(self, request):
                kind, _, value = self.headers.get("Authorization", "").partition(" ")
                if not value or kind.lower() == "basic" or request.path.startswith("/app/"):
                    return None
                known = world.tokens.get(value)
                if kind.lower() not in ("bearer", "token") or known is None or \
                        known["kind"] == "refresh" or (known["end"] and known["end"] < time.time()):
                    return problem(401, "Bad credentials", "https://docs.github.com/rest")
                request.token, request.login, request.scopes = value, known["login"], known["scopes"]
                if known["kind"] == "installation":
                    request.installation = world.installations.get(known["installation"])
                return None

            def spend(self):
                window = control.window
                if window["remaining"] is None:
                    return None
                if window["reset"] and time.time() >= window["reset"]:
                    window.update(remaining=None)
                    return None
                if window["remaining"] <= 0:
                    return problem(403, "API rate limit exceeded for user ID 1.",
                                   "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api")
                window["remaining"] -= 1
                return None

            def finish(self, request, answer):
                window, limit = control.window, world.settings["limit"]
                left = limit - 1 if window["remaining"] is None else window["remaining"]
                if self.command == "GET" and answer.status == 200:
                    tag = world.etag(answer.body, request.token or "")
                    given = self.headers.get("If-None-Match", "")
                    answer.headers.update({"ETag": tag, "Cache-Control": "private, max-age=60, s-maxage=60",
                                           "Vary": "Accept, Authorization, Cookie, X-GitHub-OTP"})
                    if tag in given or tag.removeprefix("W/") in given:
                        answer.status = 304
                        if window["remaining"] is not None:
                            # What has not changed costs nothing.
                            window["remaining"] += 1
                            left = window["remaining"]
                answer.headers.update({
                    "X-GitHub-Media-Type": "github.v3; format=json",
                    "X-GitHub-Request-Id": f"E800:BDF5C:{world.next_id():X}:863925A:666A1E2D",
                    "X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left),
                    "X-RateLimit-Used": str(limit - left), "X-RateLimit-Resource": "core",
                    "X-RateLimit-Reset": str(int(window["reset"] or time.time() + 3600))})
                if request.token:
                    answer.headers["X-OAuth-Scopes"] = ", ".join(request.scopes)
                return answer

            # The web
            def web(self, path, query, body, fault):
                if "status" in fault:
                    return Answer(fault["status"], fault.get("body", "").encode(), kind="text/html")
                with world.lock:
                    if path == "/login/oauth/authorize":
                        if self.command == "POST":
                            query = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
                        return oauth.authorize(self.command, query)
                    if path == "/login/oauth/access_token" and self.command == "POST":
                        if "json" in self.headers.get("Content-Type", ""):
                            given = json.loads(body)
                        else:
                            given = dict(urllib.parse.parse_qsl(body.decode()))
                        return oauth.access_token({**query, **given}, self.headers.get("Accept", ""))
                return oauth.page("404", "<p>This is not the page you are looking for.</p>", 404)

            # git over HTTP, by git itself
            def git(self, path, query, body, entry):
                name, _, rest_of_path = path[1:].partition(".git/")
                repository, _ = world.find(name)
                _, _, value = self.headers.get("Authorization", "").partition(" ")
                try:
                    token = base64.b64decode(value).decode().partition(":")[2]
                except ValueError:
                    token = ""
                known = world.tokens.get(token)
                login = known["login"] if known and known["kind"] != "refresh" else None
                if repository is None or not repository.visible_to(login) or \
                        not repository.git_directory or (token and login is None):
                    entry["status"] = 401
                    challenge = {"WWW-Authenticate": 'Basic realm="GitHub"'}
                    return self.send(Answer(401, b"Repository not found.", challenge, "text/plain"), None)
                process = subprocess.run(
                    ["git", "http-backend"], input=body, capture_output=True, env=dict(
                        os.environ, GIT_PROJECT_ROOT=repository.git_directory, GIT_HTTP_EXPORT_ALL="1",
                        PATH_INFO="/" + rest_of_path, QUERY_STRING=query, REQUEST_METHOD=self.command,
                        REMOTE_ADDR="127.0.0.1", CONTENT_TYPE=self.headers.get("Content-Type", ""),
                        CONTENT_LENGTH=str(len(body)),
                        HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
                        GIT_PROTOCOL=self.headers.get("Git-Protocol", "")))
                head, _, content = process.stdout.partition(b"\r\n\r\n")
                answer = Answer(200, content)
                for line in head.decode("latin-1").split("\r\n"):
                    field, _, text = line.partition(": ")
                    if field.lower() == "status":
                        answer.status = int(text.split()[0])
                    elif field.lower() == "content-type":
                        answer.kind = text
                    elif field:
                        answer.headers[field] = text
                entry["status"] = answer.status
                self.send(answer, None)


        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass


        server = Server(("127.0.0.1", 0), Handler)
        world.web = f"http://127.0.0.1:{server.server_address[1]}"
        world.api = world.web + "/api/v3"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with open(folder + "/port", "w") as port:
            port.write(f"{server.server_address[1]}\n")
        while os.getppid() == parent:
            time.sleep(0.5)
        """#
}
