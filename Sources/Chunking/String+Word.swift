extension String {
    /// Where a word starts that is not part of a longer one, or `nil`.
    func range(ofWord word: String) -> String.Index? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(word) {
                let end = index(place, offsetBy: word.count)
                let before = place == startIndex ? " " : self[index(before: place)]
                let after = end == endIndex ? " " : self[end]
                if !before.isLetter, before != "_", !after.isLetter, !after.isNumber, after != "_" {
                    return place
                }
            }
            place = index(after: place)
        }
        return nil
    }
}
