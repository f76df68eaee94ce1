import Storage

extension Evidence {
    /// Where a chunk stands in a ranking.
    func place(of ranked: Ranker.Ranked) -> ResultPlace {
        let chunk = files[ranked.file].chunks[ranked.chunk].chunk
        return ResultPlace(
            score: ranked.score, path: chunk.path, ref: chunk.ref, number: chunk.ordinal)
    }
}
