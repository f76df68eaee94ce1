import GitdexTesting
import Postgres
import Testing
import Threads

@testable import Accounts

@Suite("Members and their roles")
struct MemberTests {
    private func team(
        _ fixture: AccountsFixture
    ) throws -> (owner: Principal, workspace: Membership) {
        let (owner, _) = try fixture.signIn("owner")
        return (owner, try fixture.service().createWorkspace(name: "Team", by: owner))
    }

    private func id(_ principal: Principal) throws -> String {
        try #require(principal.user).publicID
    }

    @Test("may what is theirs: each role against each role")
    func matrix() throws {
        for acting in Role.allCases {
            let fixture = try AccountsFixture()
            let service = fixture.service()
            let (owner, workspace) = try team(fixture)
            let (actor, own) = try fixture.join(workspace, as: acting, "actor")
            let (target, _) = try fixture.join(workspace, as: .reader, "target")
            let targetID = try id(target)
            for present in Role.allCases {
                for wanted in Role.allCases {
                    try service.setRole(present, of: targetID, in: workspace, by: owner)
                    let isAllowed = acting >= .admin && present <= acting && wanted <= acting
                    let outcome = Result {
                        try service.setRole(wanted, of: targetID, in: own, by: actor)
                    }
                    switch outcome {
                    case .success: #expect(isAllowed, "\(acting): \(present) to \(wanted)")
                    case .failure(let error):
                        #expect((error as? AccountError)?.code == .forbidden)
                        #expect(!isAllowed, "\(acting): \(present) to \(wanted)")
                    }
                    let stored = try service.members(of: workspace)
                        .first { $0.userID == targetID }?.role
                    #expect(stored == (isAllowed ? wanted : present))
                }
                try service.setRole(present, of: targetID, in: workspace, by: owner)
                let isRemovable = acting >= .admin && present <= acting
                let removal = Result { try service.removeMember(targetID, from: own, by: actor) }
                #expect(((try? removal.get()) != nil) == isRemovable)
                if isRemovable {
                    try service.addMember(
                        email: "target@example.org", role: .reader, to: workspace)
                }
            }
        }
    }

    @Test("leave when they like, and lose what they could see")
    func leave() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (_, workspace) = try team(fixture)
        let (reader, own) = try fixture.join(workspace, as: .reader, "reader")
        try service.removeMember(try id(reader), from: own, by: reader)
        #expect(try service.membership(of: reader, workspace: workspace.publicID) == nil)
        expectRefusal(.notFound) { try service.removeMember(try id(reader), from: own, by: reader) }
    }

    @Test("always include an owner whose account is open")
    func lastOwner() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        func refuse(_ code: AccountError.Code) throws {
            expectRefusal(code) {
                try service.setRole(.admin, of: try id(owner), in: workspace, by: owner)
            }
            expectRefusal(code) {
                try service.removeMember(try id(owner), from: workspace, by: owner)
            }
        }
        try refuse(.lastOwner)
        let (second, asSecond) = try fixture.join(workspace, as: .owner, "second")
        _ = try service.disable(email: "second@example.org")
        try refuse(.lastOwner)
        _ = try service.enable(email: "second@example.org")
        try service.setRole(.reader, of: try id(owner), in: workspace, by: owner)
        expectRefusal(.lastOwner) {
            try service.removeMember(try id(second), from: asSecond, by: second)
        }
        // The role of the request that came before counts no more.
        expectRefusal(.forbidden) {
            try service.setRole(.reader, of: try id(second), in: workspace, by: owner)
        }
    }

    @Test("include an owner also when two owners demote each other at once")
    func ownersRace() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        let (second, asSecond) = try fixture.join(workspace, as: .owner, "second")
        let outcomes = Monitor<[AccountError.Code?]>([])
        let threads = [SerialThread(name: "first"), SerialThread(name: "second")]
        let work = [(owner, workspace, try id(second)), (second, asSecond, try id(owner))]
        let url = fixture.database.url
        for (thread, (actor, membership, target)) in zip(threads, work) {
            thread.submit {
                let outcome = Result {
                    try AccountService(connection: try Connection(url, options: .program()))
                        .setRole(
                            .reader, of: target, in: membership, by: actor)
                }
                outcomes.change {
                    if case .failure(let error) = outcome {
                        $0.append((error as? AccountError)?.code ?? .notFound)
                    } else {
                        $0.append(nil)
                    }
                }
            }
        }
        let all = outcomes.wait { $0.count == 2 ? $0 : nil }
        #expect(all.contains(nil) && all.contains(.forbidden))
        #expect(try service.members(of: workspace).count { $0.role == .owner } == 1)
    }

    @Test("of another workspace are none here")
    func elsewhere() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        let (stranger, _) = try fixture.signIn("stranger")
        _ = try service.createWorkspace(name: "Other", by: stranger)
        for id in [try id(stranger), "", "u' OR true --", String(stranger.user?.id ?? 0)] {
            expectRefusal(.notFound) {
                try service.setRole(.admin, of: id, in: workspace, by: owner)
            }
            expectRefusal(.notFound) { try service.removeMember(id, from: workspace, by: owner) }
        }
    }
}
