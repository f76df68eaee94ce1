internal import Accounts

/// What is said of accounts and workspaces.
extension Schemas {
    private static let role = Schema.words(Role.allCases.map(\.rawValue))
    private static let scopes: JSONNode = [
        "type": "array", "minItems": 1, "maxItems": .number(Scope.allCases.count),
        "items": Schema.words(Scope.allCases.map(\.rawValue)),
    ]

    private static let user: [String: JSONNode] = [
        "id": Schema.text, "email": Schema.text, "created_at": Schema.time,
    ]

    private static func invitation(_ more: [String: JSONNode]) -> JSONNode {
        Schema.object(
            [
                "id": Schema.text, "email": Schema.text, "role": role,
                "created_at": Schema.time, "expires_at": Schema.time,
            ].merging(more) { first, _ in first })
    }

    private static func key(_ more: [String: JSONNode]) -> JSONNode {
        Schema.object(
            [
                "id": Schema.text, "name": Schema.text, "prefix": Schema.text, "scopes": scopes,
                "user": Schema.text, "created_at": Schema.time,
                "expires_at": Schema.nullable(Schema.time),
                "last_used_at": Schema.nullable(Schema.time),
            ].merging(more) { first, _ in first })
    }

    static let accountAnswers: [String: JSONNode] = [
        "User": Schema.object(user),
        "Me": Schema.object(
            user.merging([
                "authenticated_by": Schema.words(["session", "api_key"]),
                "workspaces": Schema.list(Schema.reference("Workspace")),
            ]) { first, _ in first }),
        "Tokens": Schema.object(
            [
                "access_token": Schema.text, "token_type": Schema.words(["Bearer"]),
                "expires_in": Schema.count, "refresh_token": Schema.text,
            ], optional: ["refresh_token"]),
        "Workspace": Schema.object(["id": Schema.text, "name": Schema.text, "role": role]),
        "Workspaces": Schema.page("workspaces", of: "Workspace"),
        "Member": Schema.object([
            "id": Schema.text, "email": Schema.text, "role": role, "since": Schema.time,
            "is_disabled": Schema.boolean,
        ]),
        "Members": Schema.page("members", of: "Member"),
        "Invitation": invitation([:]),
        "MadeInvitation": invitation(["token": Schema.text]),
        "Invitations": Schema.page("invitations", of: "Invitation"),
        "Key": key([:]),
        "MadeKey": key(["key": Schema.text]),
        "Keys": Schema.page("keys", of: "Key"),
        "AuditEvent": Schema.object([
            "id": Schema.integer, "at": Schema.time, "event": Schema.text, "actor": Schema.text,
            "email": Schema.nullable(Schema.text), "subject": Schema.nullable(Schema.text),
            "address": Schema.nullable(Schema.text), "request_id": Schema.nullable(Schema.text),
        ]),
        "AuditEvents": Schema.page("events", of: "AuditEvent"),
    ]

    static let accountBodies: [String: JSONNode] = [
        "Registration": Schema.object(
            [
                "email": Schema.text(1...320), "password": Schema.text(1...1024),
                "invitation": Schema.text(1...256),
            ], optional: ["invitation"]),
        "Credentials": Schema.object(
            [
                "email": Schema.text(1...320), "password": Schema.text(1...1024),
                "cookie": Schema.boolean,
            ], optional: ["cookie"]),
        "RefreshToken": Schema.object(
            ["refresh_token": Schema.text(1...512)], optional: ["refresh_token"]),
        "PasswordChange": Schema.object([
            "current": Schema.text(1...1024), "new": Schema.text(1...1024),
        ]),
        "NewWorkspace": Schema.object(["name": Schema.text(1...200)]),
        "RoleChange": Schema.object(["role": role]),
        "NewInvitation": Schema.object(["email": Schema.text(1...320), "role": role]),
        "Acceptance": Schema.object(["token": Schema.text(1...256)]),
        "NewKey": Schema.object(
            [
                "name": Schema.text(1...100), "scopes": scopes,
                "expires_in_days": Schema.whole(1...3650),
            ], optional: ["expires_in_days"]),
    ]

    static let githubAnswers: [String: JSONNode] = [
        "GitHubStart": Schema.object([
            "url": Schema.text,
            "scopes": Schema.list(Schema.object(["name": Schema.text, "reason": Schema.text])),
        ]),
        "GitHubAccount": Schema.object([
            "login": Schema.text, "scopes": Schema.list(Schema.text), "is_valid": Schema.boolean,
        ]),
        "GitHubRepository": Schema.object([
            "id": Schema.integer, "full_name": Schema.text, "clone_url": Schema.text,
            "private": Schema.boolean, "default_branch": Schema.nullable(Schema.text),
            "can_create_webhook": Schema.boolean,
        ]),
        "GitHubRepositories": Schema.page("repositories", of: "GitHubRepository"),
        "SyncRequest": Schema.object(
            ["repository": Schema.text(1...400)], optional: ["repository"]),
        "QueuedJobs": Schema.object(["jobs": Schema.list(Schema.integer)]),
        "SyncState": Schema.object([
            "repository": Schema.integer, "name": Schema.text, "kind": Schema.text,
            "state": Schema.words(["never", "running", "done", "failed"]),
            "completed_at": Schema.nullable(Schema.time), "problem": Schema.nullable(Schema.text),
        ]),
        "SyncStates": Schema.page("sync", of: "SyncState"),
    ]
}
