/// In which rows definitions start that are worth a chunk.
struct DefinitionRows {
    /// For each row, how many units start in the rows before it.
    private let before: [Int]

    /// Counts functions and types, but not what is inside a function.
    init(_ definitions: [Definition], rowCount: Int) {
        var isInFunction = [Bool](repeating: false, count: definitions.count)
        var starting = [Int](repeating: 0, count: rowCount + 1)
        for (index, definition) in definitions.enumerated() {
            let parent = definition.parent
            if parent >= 0 {
                isInFunction[index] =
                    isInFunction[parent] || definitions[parent].kind.isFunctionLike
            }
            guard !isInFunction[index], !definition.kind.isValue, definition.startRow < rowCount
            else { continue }
            starting[definition.startRow + 1] += 1
        }
        for row in 1..<starting.count { starting[row] += starting[row - 1] }
        before = starting
    }

    /// How many units start in a run of rows.
    func count(_ rows: Range<Int>) -> Int { before[rows.upperBound] - before[rows.lowerBound] }
}
