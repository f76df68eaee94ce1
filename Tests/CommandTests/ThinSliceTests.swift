import GitdexTesting
import Testing

/// The way of a user from a repository to an answer, and on through the next commit.
@Suite("Index, search, change, index again")
struct ThinSliceTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write(
            "src/sessions.py",
            """
            class SessionInterface:
                def sign_cookie(self, payload):
                    \"\"\"Sign the session cookie with the secret key.\"\"\"
                    return self.signer.sign(payload)


            def open_database(path):
                \"\"\"Connect to the database file.\"\"\"
                return connect(path)

            """)
        try bench.fixture.write("README.md", "# Shop\n\nSells apples and pears.\n")
        try bench.fixture.write("blob.bin", "\0\0\0")
        try bench.fixture.commit()
        return bench
    }

    @Test("the report of a first and a second run is the contract's")
    func indexReport() throws {
        let bench = try filled()
        let first = try bench.json("index")
        let counts = "\"added\":number,\"deleted\":number,\"modified\":number,\"renamed\":number"
        #expect(
            first.shape == """
                {"chunks":{"added":number,"removed":number,"reused":number,"total":number},\
                "digest":text,"duration_ms":number,"embedded":number,\
                "files":{\(counts),"skipped":number,"total":number},\
                "from":null,"ref":text,"repository":text,"to":text}
                """)
        let commit = try bench.fixture.git("rev-parse", "HEAD")
        #expect(first["repository"].string == "repository")
        #expect(first["ref"].string == "refs/heads/main")
        #expect(first["to"].string == commit)
        #expect(first["files"]["added"].int == 3)
        #expect(first["files"]["skipped"].int == 1)
        #expect(first["files"]["total"].int == 3)
        #expect(first["embedded"].int == first["chunks"]["total"].int)
        #expect(first["digest"].string?.count == 64)

        try bench.fixture.write("src/prices.py", "def price_of(fruit):\n    return PRICES[fruit]\n")
        let next = try bench.fixture.commit()
        let second = try bench.json("index")
        #expect(second["from"].string == commit)
        #expect(second["to"].string == next)
        #expect(second["files"]["added"].int == 1)
        #expect(second["chunks"]["added"].int == 1)
        #expect(second["chunks"]["removed"].int == 0)
        #expect(second["embedded"].int == 1)
        #expect(try bench.verifiedDigest() == second["digest"].string)

        let third = try bench.json("index")
        #expect(third["from"] == third["to"])
        #expect(third["embedded"].int == 0)
        #expect(third["digest"] == second["digest"])
    }

    @Test("a rename and a revert embed nothing")
    func nothingNew() throws {
        let bench = try filled()
        let first = try bench.json("index")
        try bench.fixture.git("mv", "src/sessions.py", "src/cookies.py")
        try bench.fixture.commit()
        let moved = try bench.json("index")
        #expect(moved["files"]["renamed"].int == 1)
        #expect(moved["files"]["added"].int == 0)
        #expect(moved["embedded"].int == 0)
        #expect(moved["digest"] != first["digest"])
        try bench.fixture.git("revert", "--no-edit", "HEAD")
        let back = try bench.json("index")
        #expect(back["embedded"].int == 0)
        #expect(back["digest"] == first["digest"])
    }

    @Test(
        "a search answers in each mode with the contract's keys",
        arguments: [
            ("hybrid", "sign the session cookie"), ("semantic", "sign the session cookie"),
            ("lexical", "session cookie"), ("symbol", "sign_cookie"), ("regex", "def sign_\\w+"),
        ])
    func search(mode: String, query: String) throws {
        let bench = try filled()
        let commit = try bench.json("index")["to"].string
        let answer = try bench.json("search", query, "--mode", mode, "-k", "1")
        let plain = answer.replacing("signals", with: .null)
            .replacing("next_cursor", with: .null).replacing("symbol", with: .null)
            .replacing("symbol_line", with: .null)
        #expect(
            plain.shape == """
                {"answered_by":[text],"complete":boolean,\
                "freshness":[{"behind":number,"files_left_out":number,"indexed_commit":text,\
                "ref":text,"repository":text,"seen_commit":text}],\
                "mode":text,"next_cursor":null,"query":text,\
                "results":[{"commit":text,"end_line":number,"kind":text,"language":text,\
                "path":text,"ref":text,"repository":text,"score":number,"signals":null,\
                "snippet":text,"start_line":number,"symbol":null,"symbol_line":null}],"took_ms":number}
                """)
        #expect(answer["mode"].string == mode)
        #expect(answer["query"].string == query)
        let result = answer["results"][0]
        #expect(result.keys.contains("symbol"))
        #expect(answer.keys.contains("next_cursor"))
        #expect(result["path"].string == "src/sessions.py")
        #expect(result["language"].string == "python")
        #expect(result["commit"].string == commit)
        #expect(result["snippet"].string?.contains("sign_cookie") == true)
        #expect((result["start_line"].int ?? 0) >= 1)
        #expect((result["end_line"].int ?? 0) >= (result["start_line"].int ?? .max))
        if ["hybrid", "semantic", "lexical"].contains(mode) {
            #expect(!result["signals"].keys.isEmpty)
        }
        for signal in result["signals"].keys {
            #expect(signal.hasSuffix("_rank"))
            #expect((result["signals"][signal].int ?? 0) >= 1)
        }
        #expect(answer["freshness"][0]["files_left_out"].int == 1)
    }

    @Test("a search for people names place and symbol, and filters narrow it")
    func searchText() throws {
        let bench = try filled()
        try bench.gitdex("index")
        let text = try bench.gitdex("search", "open_database")
        #expect(text.status == 0)
        #expect(text.output.contains("src/sessions.py:"))
        #expect(text.output.contains("open_database"))
        #expect(!text.output.contains("\u{1B}"))
        #expect(text.errors.isEmpty)
        let markdown = try bench.json("search", "apples", "--lang", "markdown")
        #expect(markdown["results"][0]["path"].string == "README.md")
        let elsewhere = try bench.json("search", "apples", "--path", "src/**")
        #expect(elsewhere["results"].elements.allSatisfy { $0["path"].string != "README.md" })
        let nothing = try bench.json("search", "--mode", "regex", "no_such_thing_anywhere")
        #expect(nothing["results"] == .list([]))
        #expect(nothing["next_cursor"] == .null)
    }

    @Test("a cursor goes on where the answer ended")
    func cursor() throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<12)
        try bench.fixture.commit()
        try bench.gitdex("index")
        let whole = try bench.json("search", "version of number", "-k", "12")
        let first = try bench.json("search", "version of number", "-k", "5")
        let cursor = try #require(first["next_cursor"].string)
        let second = try bench.json("search", "version of number", "-k", "5", "--cursor", cursor)
        let paths = { (answer: JSONValue) in answer["results"].elements.map { $0["path"] } }
        #expect(paths(first) + paths(second) == Array(paths(whole).prefix(10)))
    }

    @Test("status tells how far a ref is behind, and what is left out")
    func status() throws {
        let bench = try filled()
        let commit = try bench.json("index")["to"].string
        try bench.fixture.commit("two")
        let seen = try bench.fixture.commit("three")
        let document = try bench.json("status", ".")
        #expect(
            document.shape == """
                {"refs":[{"behind":number,"chunks":number,"exclude":[],"files":number,\
                "files_left_out":number,"include":[],"indexed_commit":text,\
                "left_out":[{"path":text,"reason":text}],"location":text,"location_found":boolean,\
                "ref":text,"repository":text,"seen_commit":text}]}
                """)
        let ref = document["refs"][0]
        #expect(ref["behind"].int == 2)
        #expect(ref["indexed_commit"].string == commit)
        #expect(ref["seen_commit"].string == seen)
        #expect(
            ref["left_out"][0] == .object(["path": .text("blob.bin"), "reason": .text("binary")]))
        #expect(try bench.gitdex("status").output.contains("2 commits behind"))
    }

    @Test("verify names each damaged path, and repairs just those")
    func verify() throws {
        let bench = try filled()
        let digest = try bench.json("index")["digest"].string
        #expect(try bench.verifiedDigest() == digest)
        try bench.database.run(
            "DELETE FROM ref_files WHERE path = convert_to('src/sessions.py', 'UTF8')")
        let damaged = try bench.gitdex("verify", "--json")
        #expect(damaged.status == 1)
        let report = try damaged.json()
        #expect(report["ok"].bool == false)
        #expect(report["digest"] != report["expected_digest"])
        #expect(report["expected_digest"].string == digest)
        #expect(report["differences"][0].shape == #"{"path":text,"problem":text}"#)
        #expect(
            Set(report["differences"].elements.map { $0["path"].string }) == ["src/sessions.py"])
        let text = try bench.gitdex("verify")
        #expect(text.status == 1)
        #expect(text.output.contains("src/sessions.py: "))
        #expect(try bench.gitdex("verify", "--repair").status == 0)
        #expect(try bench.verifiedDigest() == digest)
    }

    @Test("related finds the like, and gc drops what no ref needs")
    func relatedAndCollected() throws {
        let bench = try CommandBench()
        try bench.fixture.writeFunctions(0..<6)
        try bench.fixture.commit()
        try bench.gitdex("index")
        let related = try bench.json("related", "package0/module3.py:2", "-k", "2")
        #expect(related["results"].elements.count == 2)
        #expect(
            related["results"].elements.allSatisfy { $0["path"] != .text("package0/module3.py") })
        try bench.fixture.remove("package0/module5.py")
        try bench.fixture.commit()
        let digest = try bench.json("index")["digest"].string
        let dropped = try bench.json("gc")
        #expect(
            dropped.shape
                == #"{"blobs":number,"contents":number,"embeddings":number,"paths":number,"refs":number}"#
        )
        #expect(dropped["blobs"].int == 1)
        #expect(dropped["contents"].int == 1)
        #expect(try bench.verifiedDigest() == digest)
        let none = try bench.json("gc")
        #expect(none.keys.allSatisfy { none[$0].int == 0 })
        #expect(try bench.gitdex("gc", "--repo", "repository").status == 0)
        #expect(try bench.json("status")["refs"] == .list([]))
    }
}
