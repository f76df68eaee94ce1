/// The program that serves a repository of ``GitRemote`` over HTTP: git's own `git http-backend`
/// behind Python's `http.server`, with a token in front and faults that can be switched on.
///
/// It reads the fault anew for each request, from the file `fault` in its folder: an empty line for
/// none, else what and, after a blank, a value. It writes its port to the path `port`, and appends
/// one line for each request to the file `requests`.
enum GitRemoteScript {
    static let text = #"""
        import base64, hmac, http.server, os, select, ssl, subprocess, sys, threading, time

        folder, repository, token, secure = sys.argv[1:5]
        parent = os.getppid()
        lock = threading.Lock()


        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def log_message(self, *_):
                pass

            def note(self, status):
                given = "with" if self.headers.get("Authorization") else "without"
                line = f"{self.command} {self.path} {status} {given} credentials\n"
                with lock, open(folder + "/requests", "a") as log:
                    log.write(line)

            def answer(self, status, text="", headers=()):
                self.note(status)
                body = text.encode()
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def body(self):
                if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
                    whole = b""
                    while True:
                        size = int(self.rfile.readline().split(b";")[0], 16)
                        whole += self.rfile.read(size)
                        self.rfile.readline()
                        if size == 0:
                            return whole
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            def authorized(self):
                if not token:
                    return True
                kind, _, value = self.headers.get("Authorization", "").partition(" ")
                try:
                    given = base64.b64decode(value).partition(b":")[2]
                except ValueError:
                    return False
                return kind == "Basic" and hmac.compare_digest(given, token.encode())

            def challenge_oddly(self, how):
                # As small servers do that were written by hand.
                self.note(401)
                version = "1.0" if how == "unmeasured" else "1.1"
                length = "" if how == "unmeasured" else "Content-Length: 13\r\n"
                self.wfile.write((
                    f"HTTP/{version} 401 Unauthorized\r\n"
                    f'WWW-Authenticate: Basic realm="gitdex"\r\n{length}\r\n'
                    "who are you?\n").encode())
                self.close_connection = how == "unmeasured"

            def hang(self):
                # Until the client gives up: its socket becomes readable when it closes.
                while True:
                    readable, _, _ = select.select([self.connection], [], [], 1)
                    if readable:
                        try:
                            if not self.connection.recv(4096):
                                break
                        except OSError:
                            break
                self.close_connection = True

            def serve(self):
                body = self.body()
                path, _, query = self.path.partition("?")
                with open(folder + "/fault") as file:
                    where, _, rest = file.read().strip().partition(" ")
                if where == "pack" and not path.endswith("/git-upload-pack"):
                    rest = ""
                fault, _, value = rest.partition(" ")
                if fault == "redirect":
                    suffix = path[len("/repository.git"):] + ("?" + query if query else "")
                    return self.answer(302, headers=[("Location", value + suffix)])
                if fault == "hang":
                    self.note("hangs")
                    return self.hang()
                if not self.authorized():
                    if fault == "challenge":
                        return self.challenge_oddly(value)
                    challenge = [("WWW-Authenticate", 'Basic realm="gitdex"')]
                    return self.answer(401, "who are you?", challenge)
                if fault == "status":
                    return self.answer(int(value), "out of order")
                if not path.startswith("/repository.git/"):
                    return self.answer(404, "no such repository")
                self.backend(path, query, body, fault, value)

            do_GET = do_POST = serve

            def backend(self, path, query, body, fault, value):
                environment = dict(
                    os.environ, GIT_PROJECT_ROOT=repository, GIT_HTTP_EXPORT_ALL="1",
                    PATH_INFO=path[len("/repository.git"):], QUERY_STRING=query,
                    REQUEST_METHOD=self.command, REMOTE_USER="tester", REMOTE_ADDR="127.0.0.1",
                    CONTENT_TYPE=self.headers.get("Content-Type", ""),
                    CONTENT_LENGTH=str(len(body)),
                    HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
                    GIT_PROTOCOL=self.headers.get("Git-Protocol", ""),
                )
                process = subprocess.Popen(
                    ["git", "http-backend"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    env=environment)
                feeder = threading.Thread(target=self.feed, args=(process, body))
                feeder.start()
                try:
                    self.relay(process, fault, value)
                finally:
                    process.stdout.close()
                    process.kill()
                    process.wait()
                    feeder.join()

            def feed(self, process, body):
                try:
                    process.stdin.write(body)
                    process.stdin.close()
                except OSError:
                    pass

            def relay(self, process, fault, value):
                status, headers = 200, []
                while True:
                    line = process.stdout.readline().decode("latin-1").rstrip("\r\n")
                    if not line:
                        break
                    name, _, content = line.partition(": ")
                    if name.lower() == "status":
                        status = int(content.split()[0])
                    else:
                        headers.append((name, content))
                self.note(status)
                self.send_response(status)
                for name, content in headers:
                    self.send_header(name, content)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                left = int(value) if fault == "cut" else None
                pause = int(value) / 1000 if fault == "slow" else 0
                size = 256 if pause else 65536
                while left is None or left > 0:
                    piece = process.stdout.read1(min(size, left or size))
                    if not piece:
                        self.wfile.write(b"0\r\n\r\n")
                        return
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    self.wfile.flush()
                    if left is not None:
                        left -= len(piece)
                    time.sleep(pause)
                if value and fault == "cut":
                    self.wfile.flush()
                    self.close_connection = True


        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_):
                pass

            def get_request(self):
                connection, address = self.socket.accept()
                if secure:
                    # The handshake belongs to the connection's own thread.
                    connection = context.wrap_socket(
                        connection, server_side=True, do_handshake_on_connect=False)
                return connection, address


        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/certificate.pem", folder + "/key.pem")
        server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with open(folder + "/port", "w") as port:
            port.write(f"{server.server_address[1]}\n")
        while os.getppid() == parent:
            time.sleep(0.5)
        """#
}
