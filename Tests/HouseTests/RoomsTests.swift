import Testing

@Suite("Imports point down")
struct RoomsTests {
    @Test("every folder of sources is a room of the table")
    func roomsAreKnown() {
        let rooms = Set(Checkout.sources.compactMap { RoomTable.room(of: $0.path) })
        #expect(!rooms.isEmpty)
        for room in rooms.sorted() {
            #expect(RoomTable.level(of: room) != nil, "\(room) has no level")
        }
    }

    @Test("a file imports only rooms below its own", arguments: Checkout.sources)
    func importsPointDown(file: SourceFile) throws {
        let room = try #require(RoomTable.room(of: file.path), "\(file.path) is in no room")
        let level = try #require(RoomTable.level(of: room))
        for module in file.imports {
            if let other = RoomTable.level(of: module) {
                #expect(other < level, "\(file.path) imports \(module), which is not below \(room)")
            }
            if let owners = RoomTable.owners[module] {
                #expect(owners.contains(room), "\(file.path): \(room) may not import \(module)")
            }
        }
    }

    @Test("Package.swift declares dependencies that point down, and those that are imported")
    func manifest() throws {
        let rooms = try PackageManifest.rooms()
        #expect(rooms.count > 10)
        for (room, dependencies) in rooms {
            guard let level = RoomTable.level(of: room) else { continue }
            for other in dependencies {
                guard let otherLevel = RoomTable.level(of: other) else { continue }
                #expect(otherLevel < level, "Package.swift lets \(room) depend on \(other)")
            }
        }
        for file in Checkout.sources {
            guard let room = RoomTable.room(of: file.path), let declared = rooms[room] else {
                continue
            }
            for module in file.imports where RoomTable.level(of: module) != nil {
                #expect(declared.contains(module), "\(room) imports \(module) undeclared")
            }
        }
    }

    @Test("no pointer crosses a room", arguments: Checkout.sources)
    func noPublicPointers(file: SourceFile) {
        for (number, line) in file.codeLines.enumerated() where line.contains("OpaquePointer") {
            #expect(!line.contains("public "), "\(file.path):\(number + 1) publishes a pointer")
        }
    }

    @Test("SQL stands where tables are owned", arguments: Checkout.sources)
    func sql(file: SourceFile) throws {
        guard let room = RoomTable.room(of: file.path), !RoomTable.mayHoldSQL.contains(room) else {
            return
        }
        let statement =
            /\b(SELECT\b.*\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b/
        for (number, line) in file.lines.enumerated() where line.contains(statement) {
            let isComment = line.drop(while: \.isWhitespace).hasPrefix("//")
            #expect(isComment, "\(file.path):\(number + 1): \(room) holds SQL")
        }
    }
}
