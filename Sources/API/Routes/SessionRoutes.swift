internal import Accounts
internal import HTTPTypes
internal import Hummingbird

/// Signing in and out.
struct SessionRoutes: Sendable {
    let gate: AccountGate
    let edges: EdgeRules

    private var isSecure: Bool { edges.isSecure }

    var routes: [Route] { [register, login, refresh, logout, me, password] }

    private static let path = "/v1/auth"

    // MARK: Registering

    private struct Registration: Decodable {
        let email, password: String
        let invitation: String?

        func check() throws(Problem) {
            try TextCheck.check(email, "email", 1...320)
            try TextCheck.check(password, "password", 1...1024)
            try TextCheck.check(invitation, "invitation", 1...256)
        }
    }

    private var register: Route {
        let gate = gate
        return Route(
            method: .post, path: Self.path + "/register", access: .anyone,
            operation: Operation(
                id: "register", tag: "accounts", summary: "Makes an account.",
                description: """
                    Whether anybody may, or only who was invited, is a setting of the server; the \
                    first account of all may always be made.
                    """,
                body: ["application/json": Schema.reference("Registration")],
                answers: [.json(201, "User", "The account.")],
                problems: [.forbidden, .conflict, .unavailable]),
            throttling: .login
        ) { request in
            let wanted = try await request.body(Registration.self)
            try wanted.check()
            let user = try await gate.run(request, hashes: true) { service in
                try service.register(
                    email: wanted.email, password: wanted.password, invitation: wanted.invitation)
            }
            return Answer.json(UserDocument(user: user), status: .created)
        }
    }

    // MARK: Sessions

    private struct Credentials: Decodable {
        let email, password: String
        let cookie: Bool?

        func check() throws(Problem) {
            try TextCheck.check(email, "email", 1...320)
            try TextCheck.check(password, "password", 1...1024)
        }
    }

    private var login: Route {
        let (gate, answer) = (gate, answer)
        return Route(
            method: .post, path: Self.path + "/login", access: .anyone,
            operation: Operation(
                id: "login", tag: "accounts", summary: "Signs in.",
                description: """
                    With `cookie` the refresh token is not in the answer: the browser gets it as a \
                    cookie that no script can read.
                    """,
                body: ["application/json": Schema.reference("Credentials")],
                answers: [.json(200, "Tokens", "The tokens.")], problems: [.unauthorized]),
            throttling: .login
        ) { request in
            let given = try await request.body(Credentials.self)
            try given.check()
            try gate.authority.throttle.checkAccount(given.email)
            do {
                let session = try await gate.run(request, hashes: true) { service in
                    try service.login(email: given.email, password: given.password)
                }
                return try await answer(session, given.cookie ?? false)
            } catch let error as AccountError where error.code == .invalidCredentials {
                try await gate.authority.throttle.countFailedLogin(given.email)
                throw error
            }
        }
    }

    private struct RefreshToken: Decodable {
        enum CodingKeys: String, CodingKey { case refreshToken = "refresh_token" }

        let refreshToken: String?

        func check() throws(Problem) {
            try TextCheck.check(refreshToken, "refresh_token", 1...512)
        }
    }

    private var refresh: Route {
        let (gate, answer, publicURL) = (gate, answer, edges.publicURL)
        return Route(
            method: .post, path: Self.path + "/refresh", access: .anyone,
            operation: Operation(
                id: "refresh", tag: "accounts",
                summary: "Gives new tokens for a refresh token, which is used up by it.",
                description: """
                    A refresh token that was used before ends its whole session. Without one in \
                    the body, that of the browser's cookie counts.
                    """,
                body: ["application/json": Schema.reference("RefreshToken")],
                answers: [.json(200, "Tokens", "The tokens.")], problems: [.unauthorized])
        ) { request in
            let given = try await request.body(RefreshToken.self)
            try given.check()
            let cookie =
                given.refreshToken == nil ? BrowserCookie.session.value(in: request.headers) : nil
            if cookie != nil {
                try Gatekeeper.checkOrigin(of: request.request, publicURL: publicURL)
            }
            guard let token = given.refreshToken ?? cookie else {
                throw Authority.unauthorized("there is no refresh token, nor a cookie with one")
            }
            do {
                let session = try await gate.run(request) { try $0.refresh(token) }
                return try await answer(session, cookie != nil)
            } catch let error as AccountError where error.code == .tokenInvalid {
                try await gate.authority.throttle.countFailure(request.context)
                throw error
            }
        }
    }

    /// Answers with the tokens of a session, the one that lasts as a cookie where that is wanted.
    private func answer(_ session: Session, asCookie: Bool) async throws -> Response {
        let pair = try await gate.services().signer.tokenPair(for: session)
        var response = Answer.json(
            TokensDocument(pair: pair, showsRefreshToken: !asCookie))
        if asCookie {
            response.headers.append(
                BrowserCookie.session.field(pair.refreshToken, isSecure: isSecure))
        }
        return response
    }

    private var logout: Route {
        let (gate, isSecure, publicURL) = (gate, isSecure, edges.publicURL)
        return Route(
            method: .post, path: Self.path + "/logout", access: .anyone,
            operation: Operation(
                id: "logout", tag: "accounts", summary: "Ends a session.",
                description: """
                    That of the refresh token in the body, of the browser's cookie, or of the \
                    access token in `Authorization`.
                    """,
                body: ["application/json": Schema.reference("RefreshToken")],
                answers: [.empty(204, "It has ended.")], problems: [.unauthorized])
        ) { request in
            let given = try await request.body(RefreshToken.self)
            try given.check()
            let cookie = BrowserCookie.session.value(in: request.headers)
            if let token = given.refreshToken {
                try await gate.run(request) { try $0.logout(refreshToken: token) }
            } else if let token = cookie {
                try Gatekeeper.checkOrigin(of: request.request, publicURL: publicURL)
                try await gate.run(request) { try $0.logout(refreshToken: token) }
            } else {
                _ = try gate.services()
                let admission = try await gate.authority.identify(request.request, request.context)
                try await gate.run(request) { try $0.logout(admission.principal) }
            }
            var response = Answer.empty(.noContent)
            if cookie != nil {
                response.headers.append(BrowserCookie.session.field(nil, isSecure: isSecure))
            }
            return response
        }
    }

    // MARK: Oneself

    private var me: Route {
        let gate = gate
        return Route(
            method: .get, path: Self.path + "/me", access: .signedIn(keys: true),
            operation: Operation(
                id: "me", tag: "accounts", summary: "Says who is signed in.",
                answers: [.json(200, "Me", "The account and its workspaces.")])
        ) { request in
            let principal = try request.principal()
            let memberships = try await gate.run(request) { try $0.workspaces(of: principal) }
            guard let user = principal.user else { throw Problem.notFound("nobody is signed in") }
            return Answer.json(
                MeDocument(user: user, principal: principal, memberships: memberships))
        }
    }

    private struct PasswordChange: Decodable {
        let current, new: String

        func check() throws(Problem) {
            try TextCheck.check(current, "current", 1...1024)
            try TextCheck.check(new, "new", 1...1024)
        }
    }

    private var password: Route {
        let gate = gate
        return Route(
            method: .post, path: Self.path + "/password", access: .signedIn(keys: false),
            operation: Operation(
                id: "changePassword", tag: "accounts",
                summary: "Changes the password, and ends all other sessions.",
                body: ["application/json": Schema.reference("PasswordChange")],
                answers: [.empty(204, "It is changed.")]),
            throttling: .login
        ) { request in
            let change = try await request.body(PasswordChange.self)
            try change.check()
            let principal = try request.principal()
            try await gate.run(request, hashes: true) { service in
                try service.changePassword(
                    of: principal, current: change.current, new: change.new)
            }
            return Answer.empty(.noContent)
        }
    }
}
