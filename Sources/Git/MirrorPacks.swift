import CLibgit2

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The packs of a mirror, which gets one with each fetch.
struct MirrorPacks {
    /// Up to so many small packs may stand beside each other; then they become one.
    static let maximumSmallCount = 50
    /// A pack with fewer objects is small.
    private static let smallObjectCount = 20_000
    private static let indexSuffix = ".idx"
    /// Where the last entry of the table stands that counts objects by their first byte.
    private static let countOffset = 8 + 255 * 4

    let repository: Repository

    private var folder: String { repository.commonDirectory + "/objects/pack" }

    /// Puts small packs together when there are many; true when it has.
    ///
    /// The objects are in the new pack before the old ones go. A process that has the old packs open
    /// keeps reading them.
    func consolidate() throws(GitError) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let indexes = names.filter { $0.hasSuffix(Self.indexSuffix) }
        guard indexes.count > Self.maximumSmallCount else { return false }
        let small = indexes.filter {
            (objectCount(ofIndex: $0) ?? Self.smallObjectCount) < Self.smallObjectCount
        }
        guard small.count > Self.maximumSmallCount else { return false }
        let builder = try Library.make("cannot put the packs of a mirror together") {
            git_packbuilder_new($0, repository.handle)
        }
        defer { git_packbuilder_free(builder) }
        for name in small { try insertObjects(ofIndex: name, into: builder) }
        try Library.check("cannot write a pack of a mirror") {
            git_packbuilder_write(builder, nil, 0, nil, nil)
        }
        guard let made = git_packbuilder_name(builder).map({ String(cString: $0) }) else {
            return false
        }
        for name in small where name != "pack-" + made + Self.indexSuffix {
            // First the index: without one, nobody looks for the pack.
            let stem = folder + "/" + name.dropLast(Self.indexSuffix.count)
            for suffix in [Self.indexSuffix, ".pack"] {
                try? FileManager.default.removeItem(atPath: stem + suffix)
            }
        }
        return true
    }

    private func objectCount(ofIndex name: String) -> Int? {
        guard let file = fopen(folder + "/" + name, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4)
        guard fseek(file, Self.countOffset, SEEK_SET) == 0, fread(&bytes, 1, 4, file) == 4 else {
            return nil
        }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private func insertObjects(
        ofIndex name: String, into builder: OpaquePointer
    ) throws(GitError) {
        let doing = "cannot read a pack of a mirror"
        let objects = try Library.make(doing) { git_odb_new($0) }
        defer { git_odb_free(objects) }
        let backend = try Library.make(doing) {
            git_odb_backend_one_pack($0, folder + "/" + name)
        }
        try Library.check(doing) { git_odb_add_backend(objects, backend, 1) }
        try Library.check(doing) {
            git_odb_foreach(
                objects,
                { oid, payload in
                    payload.map { git_packbuilder_insert(OpaquePointer($0), oid, nil) } ?? -1
                }, UnsafeMutableRawPointer(builder))
        }
    }
}
