import Embedding
import Foundation
import Testing

@Suite("A model file is used only when it is whole")
struct ModelFileTests {
    private func open(_ bytes: Data) throws -> EmbeddingError? {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("model-\(UUID().uuidString).gdxm")
        try bytes.write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return error(at: path.path)
    }

    private func error(at path: String) -> EmbeddingError? {
        do throws(EmbeddingError) {
            _ = try StaticEmbedder(modelFile: path)
            return nil
        } catch {
            return error
        }
    }

    private var model: Data {
        get throws { try Data(contentsOf: URL(fileURLWithPath: TestModel.path)) }
    }

    @Test func aWholeFileOpens() throws {
        #expect(try open(model)?.description == nil)
    }

    @Test func aMissingFileIsNamed() {
        let error = error(at: "/nonexistent/static.gdxm")
        #expect(error?.code == .modelMissing)
        #expect(error?.description.contains("/nonexistent/static.gdxm") == true)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(arguments: [0, 1, 100, 127, 128, 1000, 1_000_000])
    func aFileCutShortIsRefused(_ count: Int) throws {
        #expect(try open(model.prefix(count))?.code == .modelDamaged)
    }

    @Test func aLongerFileIsRefused() throws {
        #expect(try open(model + Data(count: 64))?.code == .modelDamaged)
    }

    @Test(arguments: [0, 1, 4, 9, 13, 21, 37, 65, 73, 200, 4_000_000])
    func anAlteredByteIsFound(_ offset: Int) throws {
        var bytes = try model
        bytes[offset] ^= 0x41
        let code = try open(bytes)?.code
        #expect(code == (offset == 4 ? .modelVersionUnknown : .modelDamaged))
    }

    @Test func aFolderIsRefused() {
        #expect(error(at: "/")?.code == .modelDamaged)
    }
}
