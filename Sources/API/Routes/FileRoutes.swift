internal import Accounts
internal import Cryptography
internal import Git
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Storage

/// Files as the index holds them.
struct FileRoutes: Sendable {
    let workspaces: Workspaces

    var routes: [Route] {
        [
            Route(
                method: .get, path: "/v1/workspaces/{w}/repositories/{r}/files/{path}",
                access: .workspace(.reader, .search),
                operation: Operation(
                    id: "file", tag: "search", summary: "Returns a file at the indexed commit.",
                    description: """
                        The path may hold slashes. With `Accept: text/plain` the text alone is \
                        sent. Bytes that are not UTF-8 are replaced. A file that the index leaves \
                        out is answered 404, with the reason.
                        """,
                    parameters: [
                        .workspace, .repository,
                        Operation.Parameter(
                            name: "path", place: .path, schema: Schema.text(1...1024),
                            description: "The file's path, as answers write it.",
                            isRequired: true),
                        .query(
                            "ref", Schema.text(1...1024),
                            "A branch, tag or commit; without it, the ref that a search answers from."
                        ),
                        .ifNoneMatch,
                    ],
                    answers: [
                        Operation.Answer(
                            status: 200, description: "The file.",
                            content: [
                                "application/json": Schema.reference("File"),
                                "text/plain": Schema.text,
                            ], headers: ["ETag"]),
                        .notModified,
                    ]),
                takesRest: true, handle: answer)
        ]
    }

    private struct Document: Encodable {
        let repository, ref, commit, path, blob, mode, language: String
        let lines: Int
        let content: String
    }

    @Sendable private func answer(_ request: APIRequest) async throws -> Response {
        let name = try request.pathParameter("r")
        let path = Self.path(try request.restOfPath())
        let refName = try request.query().one("ref")
        let isPlain = request.headers[.accept]?.hasPrefix("text/plain") == true
        let headers = request.headers
        return try await workspaces.withSnapshot(request) { store in
            let finder = RepositoryFinder(store: store)
            let repository = try finder.repository(name)
            let ref = try finder.ref(refName, of: repository)
            var watermark = ref
            watermark.seenCommit = nil
            let tag = EntityTag(
                refs: [watermark], repositories: [repository], asked: "\(isPlain) \(path)")
            if tag.isKnown(to: headers) { return Answer.notModified(tag) }
            guard let file = try store.files(ofRef: ref.id, at: [path]).first else {
                throw Problem.notFound("the commit has no such file")
            }
            let body = try Self.text(of: file, store)
            var response =
                isPlain
                ? Answer.text(
                    ByteBuffer(bytes: body), type: "text/plain; charset=utf-8", tag: tag)
                : Answer.json(document(file, body, ref, repository), tag: tag)
            response.headers[.vary] = "accept"
            return response
        }
    }

    private func document(
        _ file: RefFileRecord, _ body: [UInt8], _ ref: RefRecord, _ repository: RepositoryRecord
    ) -> Document {
        let newline = UInt8(ascii: "\n")
        let ends = body.count { $0 == newline }
        return Document(
            repository: repository.name, ref: ref.name, commit: ref.indexedCommit?.hex ?? "",
            path: file.path.description, blob: file.oid.hex,
            mode: String(file.mode.rawValue, radix: 8), language: file.language,
            lines: body.isEmpty || body.last == newline ? ends : ends + 1,
            content: String(decoding: body, as: UTF8.self))
    }

    /// A path as answers write it, or the bytes themselves.
    private static func path(_ bytes: [UInt8]) -> GitPath {
        guard let text = String(validating: bytes, as: UTF8.self) else { return GitPath(bytes) }
        return GitPath(percentEncoded: text) ?? GitPath(bytes)
    }

    /// Puts a file's text together from its chunks, which cover it exactly once.
    private static func text(of file: RefFileRecord, _ store: IndexStore) throws -> [UInt8] {
        guard let key = file.blobKey else {
            let reason = file.skippedReason?.rawValue ?? "unknown"
            throw Problem.notFound("the file is left out of the index: \(reason)")
        }
        guard let blob = try store.blobs([key])[key], blob.size >= 0 else {
            throw Problem(.failure, "the file's row is damaged: run 'gitdex verify --repair'")
        }
        let chunks = blob.chunks.sorted { $0.ordinal < $1.ordinal }
        let contents = try store.contents(Array(Set(chunks.map(\.contentHash))))
        var text: [UInt8] = []
        for chunk in chunks {
            guard let content = contents[chunk.contentHash] else {
                throw Problem(.failure, "the file's text is damaged: run 'gitdex verify --repair'")
            }
            text += content.body
        }
        return text
    }
}
