internal import Accounts
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Postgres

/// Finds out who asks, and lets a request through to its route or not.
struct Authority: Sendable {
    let isLocal: Bool
    let pool: Pool
    let accounts: AccountServices?
    let throttle: Throttle
    let logger: Logger

    private static let scheme = "bearer "

    /// Answers a request by its route, once it is let in; says in the answer how much more may be
    /// asked.
    func serve(
        _ request: Request, _ context: APIContext, by route: Route
    ) async throws -> Response {
        var context = context
        var standing = try await count(route, context)
        do {
            context.admission = try await admit(request, context, to: route)
            if let principal = context.admission?.principal, route.throttling != .none {
                standing = try await throttle.count(principal) ?? standing
            }
            var response = try await route.handle(APIRequest(request, context, route: route))
            standing?.add(to: &response.headers)
            return response
        } catch {
            var problem = Problem(describing: error)
            guard problem.kind != .failure, problem.kind != .unavailable else { throw error }
            if problem.headers[.rateLimitLimit] == nil { standing?.add(to: &problem.headers) }
            throw problem
        }
    }

    /// Counts a request before it is looked at.
    private func count(
        _ route: Route, _ context: APIContext
    ) async throws -> RateLimiter.Standing? {
        switch route.throttling {
        case .none: return nil
        case .address: break
        case .login: try await throttle.countLogin(context)
        case .failures: try throttle.checkFailures(context)
        }
        return try await throttle.countAddress(context)
    }

    /// Lets a request in, by its route's rule.
    ///
    /// - Returns: Who asks; nil where the route does not want to know.
    /// - Throws: ``Problem``: 401 for who is not known, 404 for a workspace that is not theirs, 403
    ///   for what their role or key does not reach.
    func admit(_ request: Request, _ context: APIContext, to route: Route) async throws
        -> Admission?
    {
        guard route.access.needsPrincipal else { return nil }
        if isLocal { return try admitLocally(request, context, to: route) }
        let workspace = try Self.workspace(of: request, context, route.access)
        let admission = try await identify(request, context, workspace: workspace)
        try await check(admission, route, context)
        return admission
    }

    /// Who asks, by the token in `Authorization`.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: Its context.
    ///   - workspace: The public id of the workspace that it names, if it names one.
    /// - Returns: Who asks.
    /// - Throws: ``Problem`` of kind `unauthorized`.
    func identify(
        _ request: Request, _ context: APIContext, workspace: String? = nil
    ) async throws -> Admission {
        guard let accounts else {
            throw Self.unauthorized("this server has no accounts: set JWT_SECRET, or use --local")
        }
        guard let token = Self.token(request.headers) else {
            throw Self.unauthorized("send 'Authorization: Bearer' and an access token or API key")
        }
        do {
            let credential = try await accounts.signer.credential(bearer: token)
            let (rules, origin) = (accounts.rules, context.origin)
            return try await pool.withConnection { connection in
                let service = AccountService(
                    connection: connection, rules: rules, origin: origin)
                let principal = try service.authenticate(credential)
                let membership = try workspace.flatMap {
                    try service.membership(of: principal, workspace: $0)
                }
                return Admission(principal: principal, membership: membership)
            }
        } catch let error as AccountError {
            // What has only grown old is no attack.
            if error.code != .tokenExpired { try await throttle.countFailure(context) }
            throw Self.unauthorized(error.message, isOfToken: true)
        }
    }

    // MARK: Rules

    private func check(
        _ admission: Admission, _ route: Route, _ context: APIContext
    ) async throws {
        switch route.access {
        case .anyone, .system: break
        case .signedIn(let keys):
            if case .apiKey = admission.principal, !keys {
                try await refuse(admission, route, context, Self.needsSession)
            }
        case .workspace(let role, let scope, _):
            guard let membership = admission.membership else {
                throw Problem.notFound("there is no such workspace")
            }
            if case .apiKey = admission.principal {
                guard let scope else {
                    return try await refuse(admission, route, context, Self.needsSession)
                }
                guard admission.principal.allows(scope) else {
                    return try await refuse(
                        admission, route, context,
                        "this needs an API key with the scope '\(scope.rawValue)'")
                }
            }
            guard membership.role >= role else {
                return try await refuse(
                    admission, route, context,
                    "this needs the role '\(role.rawValue)' in the workspace")
            }
        }
    }

    private static let needsSession = "this needs a login: no API key is enough for it"

    /// Says no to somebody who is known, and writes it down.
    private func refuse(
        _ admission: Admission, _ route: Route, _ context: APIContext, _ detail: String
    ) async throws {
        await record(
            .accessRefused, workspace: admission.membership?.workspace,
            actor: admission.principal.actor, subject: "\(route.method) \(route.path)", context)
        throw Problem(.forbidden, detail)
    }

    private func admitLocally(
        _ request: Request, _ context: APIContext, to route: Route
    ) throws -> Admission {
        switch route.access {
        case .anyone, .system: break
        case .signedIn: break
        case .workspace:
            let name = try Self.workspace(of: request, context, route.access)
            guard name == Workspaces.local else {
                throw Problem.notFound("there is no such workspace")
            }
        }
        return .local
    }

    // MARK: Reading

    private static func workspace(
        of request: Request, _ context: APIContext, _ access: Access
    ) throws(Problem) -> String? {
        guard case .workspace(_, _, let place) = access else { return nil }
        switch place {
        case .path:
            guard let raw = context.parameters.get("w"),
                let bytes = PercentDecoding.bytes(of: raw[...], plusIsSpace: false),
                let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0)
            else { throw .notFound("there is no such workspace") }
            return text
        case .query:
            let parameters = try QueryParameters(
                request.uri.query ?? "", known: ["workspace"])
            return try parameters.required("workspace")
        }
    }

    /// The token of a request that bears exactly one.
    private static func token(_ headers: HTTPFields) -> String? {
        let values = headers[values: .authorization]
        guard values.count == 1, let value = values.first,
            value.lowercased().hasPrefix(scheme)
        else { return nil }
        let token = value.dropFirst(scheme.count).drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }

    static func unauthorized(_ detail: String, isOfToken: Bool = false) -> Problem {
        var problem = Problem(.unauthorized, detail)
        problem.headers[.wwwAuthenticate] =
            isOfToken ? "Bearer error=\"invalid_token\"" : "Bearer"
        return problem
    }

    // MARK: Audit

    /// Writes a security event down; where that fails, into the server's log.
    func record(
        _ kind: AuditKind, workspace: Int?, actor: String, subject: String?, _ context: APIContext
    ) async {
        guard let accounts else { return }
        let (rules, origin) = (accounts.rules, context.origin)
        do {
            try await pool.withConnection { connection in
                try AccountService(connection: connection, rules: rules, origin: origin)
                    .audit(kind, workspace: workspace, actor: actor, subject: subject)
            }
        } catch {
            logger.error(
                "a security event could not be written down",
                metadata: [
                    "event": "\(kind.rawValue)", "request_id": "\(context.requestID)",
                    "error": "\(error)",
                ])
        }
    }
}

extension AuditKind {
    /// Somebody who is known asked for what is not theirs to ask.
    static let accessRefused = AuditKind(rawValue: "access.refused")
    /// A delivery bore a signature that fits nothing.
    static let deliveryRefused = AuditKind(rawValue: "delivery.refused")
    /// Somebody went over a limit.
    static let rateLimited = AuditKind(rawValue: "rate.limited")
    static let repositoryConnected = AuditKind(rawValue: "repository.connected")
    static let repositoryDisconnected = AuditKind(rawValue: "repository.disconnected")
    static let repositorySecretsChanged = AuditKind(rawValue: "repository.secrets-changed")
    static let githubStarted = AuditKind(rawValue: "github.started")
    static let githubConnected = AuditKind(rawValue: "github.connected")
    static let githubRefused = AuditKind(rawValue: "github.refused")
    static let githubDisconnected = AuditKind(rawValue: "github.disconnected")
}
