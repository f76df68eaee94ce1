/// The model that the repository ships.
enum TestModel {
    static let path: String = {
        let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return here.dropLast(3).joined(separator: "/") + "/Sources/Embedding/Model/static.gdxm"
    }()
}
