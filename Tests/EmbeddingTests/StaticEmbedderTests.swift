import Embedding
import Testing

@Suite("The static model gives every text one vector")
struct StaticEmbedderTests {
    let embedder: StaticEmbedder

    init() throws {
        embedder = try StaticEmbedder(modelFile: TestModel.path)
    }

    private func vector(_ text: String, _ role: EmbeddingRole = .passage) -> EmbeddingVector {
        embedder.embed([Array(text.utf8)], as: role)[0]
    }

    private func cosine(_ left: EmbeddingVector, _ right: EmbeddingVector) -> Double {
        zip(left.components, right.components).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test(arguments: goldenVectors.indices)
    func vectorsAreThoseOfTheTrainingCode(_ index: Int) {
        let golden = goldenVectors[index]
        let vector = embedder.embed([golden.text], as: golden.role)[0]
        #expect(vector.components.prefix(4).map(\.bitPattern) == golden.first)
        var bytes: [UInt8] = []
        vector.encodeHalfVector(into: &bytes)
        let hash = bytes.dropFirst(4).reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        #expect(hash == golden.hash)
    }

    @Test(arguments: [EmbeddingRole.passage, .query])
    func vectorsHaveUnitLength(_ role: EmbeddingRole) {
        for text in ["parse", "open a file and read lines", "北京大学", "qqxxzzj", "\u{1F600} smile"] {
            let vector = vector(text, role)
            #expect(vector.components.count == 256)
            #expect(abs(cosine(vector, vector) - 1) < 0.002)
        }
    }

    @Test(arguments: ["", " \n\t", "+-*/ (){}", "\u{2014}\u{1F600}"])
    func textsWithoutWordsHaveTheFallback(_ text: String) {
        #expect(vector(text) == .fallback(dimensions: 256))
        #expect(vector(text, .query) == .fallback(dimensions: 256))
    }

    @Test func aBatchGivesWhatSingleCallsGive() {
        let texts = ["alpha beta", "", "parseHTTPHeaders(x)", "alpha beta", "größe"].map {
            Array($0.utf8)
        }
        let together = embedder.embed(texts, as: .passage)
        #expect(together == texts.map { embedder.embed([$0], as: .passage)[0] })
        #expect(together[0] == together[3])
        #expect(embedder.embed([], as: .query).isEmpty)
    }

    @Test func threadsGiveTheSameBits() async {
        let texts = (0..<64).map { Array("func thing\($0)(value: Int) { return value }".utf8) }
        let expected = embedder.embed(texts, as: .passage)
        await withTaskGroup(of: [EmbeddingVector].self) { group in
            for _ in 0..<8 {
                group.addTask { [embedder] in embedder.embed(texts, as: .passage) }
            }
            for await found in group { #expect(found == expected) }
        }
    }

    @Test func orderOfWordsDoesNotMatterButWordsDo() {
        #expect(vector("read file") == vector("file read"))
        #expect(vector("read file") == vector("readFile"))
        #expect(vector("read file") != vector("write file"))
    }

    @Test func invalidBytesArePassedOver() {
        let broken = embedder.embed([[0x72, 0x65, 0x61, 0x64, 0xFF, 0xC0, 0x80]], as: .passage)[0]
        #expect(broken == vector("read"))
    }

    @Test func aHugeTextIsEmbedded() {
        let words = (0..<150_000).map { "word\($0 % 5000)x" }.joined(separator: " ")
        #expect(words.utf8.count > 1_000_000)
        let vector = vector(words)
        #expect(abs(cosine(vector, vector) - 1) < 0.002)
        let long = String(repeating: "a", count: 1_000_000)
        #expect(self.vector(long) == .fallback(dimensions: 256))
    }

    @Test func theModelKnowsWhatCodeIsAbout() {
        let code = [
            "func readLines(path string) ([]string, error) { f, err := os.Open(path) }",
            "def send_email(to, subject, body): smtp.sendmail(sender, to, message)",
            "public int factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }",
            "SELECT name FROM users WHERE password_hash = crypt(input, salt)",
        ].map { vector($0) }
        let queries = [
            "open a file and split it into lines", "deliver a mail message",
            "compute the product of all integers up to n", "check the login credentials of a user",
        ]
        for (index, query) in queries.enumerated() {
            let query = vector(query, .query)
            let scores = code.map { cosine(query, $0) }
            #expect(scores.firstIndex(of: scores.max() ?? 0) == index, "\(scores)")
        }
    }

    @Test func identityNamesTheModel() {
        #expect(embedder.identity.provider == "static")
        #expect(embedder.identity.dimensions == 256)
        #expect(embedder.identity.revision.count == 16)
    }
}
