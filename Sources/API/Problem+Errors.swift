internal import Accounts
internal import Git
internal import Hummingbird
internal import NIOHTTP1
internal import Postgres
internal import Queue
internal import Search
internal import Storage

extension Problem {
    /// The problem that an error of another room is to a client.
    ///
    /// What the database says stays here: a client learns only that it cannot be reached or failed.
    init(describing error: any Error) {
        switch error {
        case let error as Problem: self = error
        case let error as APIRefusal: self = Self.refusal(error)
        case let error as SearchError: self = Self.search(error)
        case let error as AccountError: self = Self.account(error)
        case let error as QueueError: self = Self.queue(error)
        case let error as StorageError: self = Self.storage(error)
        case let error as PostgresError: self = Self.postgres(error)
        case is CancellationError:
            // The server stops, or the client has gone and reads nothing.
            self = Problem(.stopping, "send it again in a while")
        case is HTTPParserError:
            self = Problem(.malformedRequest, "the request is not valid HTTP")
            closesConnection = true
        case let error as HTTPError where error.status == .notFound:
            self = .notFound("nothing is at this path")
        case let error as HTTPError where error.status == .contentTooLarge:
            self = Problem(.bodyTooLarge, "the body is too large")
            closesConnection = true
        default: self = Problem(.failure, "the server's log says more under the request's id")
        }
    }

    private static func refusal(_ error: APIRefusal) -> Problem {
        let kind: ProblemKind =
            switch error.kind {
            case .invalid: .invalidBody
            case .notFound: .notFound
            case .conflict: .conflict
            case .forbidden: .forbidden
            case .unavailable: .unavailable
            }
        return Problem(kind, error.message)
    }

    /// What the account room says may be shown to whoever asked.
    private static func account(_ error: AccountError) -> Problem {
        let kind: ProblemKind =
            switch error.code {
            case .invalidCredentials, .tokenInvalid, .tokenExpired, .tokenReused: .unauthorized
            case .invalidEmail, .weakPassword, .invalidArgument: .invalidBody
            case .registrationClosed, .invitationInvalid, .forbidden: .forbidden
            case .notFound: .notFound
            case .emailTaken, .lastOwner, .alreadyMember, .limitReached: .conflict
            }
        let isOfTransport = kind == .unauthorized
        var problem = Problem(
            kind, isOfTransport ? error.message : "\(error.message): \(error.remedy)")
        if isOfTransport { problem.headers[.wwwAuthenticate] = "Bearer" }
        return problem
    }

    private static func search(_ error: SearchError) -> Problem {
        let remedy =
            error.remedy.hasPrefix("see 'gitdex") || error.remedy.contains("--")
            ? "" : ": \(error.remedy)"
        let kind: ProblemKind =
            switch error.code {
            case .invalidPage: .invalidParameter
            case .tooExpensive: .tooExpensive
            case .unknownRepository, .unknownRef, .unknownPlace, .nothingIndexed: .notFound
            case .noVectors: .conflict
            default: .invalidQuery
            }
        return Problem(kind, error.message + remedy)
    }

    private static func queue(_ error: QueueError) -> Problem {
        switch error.code {
        case .notFound: .notFound("there is no such job")
        case .wrongState: Problem(.conflict, error.message)
        case .invalidRequest: Problem(.invalidBody, error.message)
        case .leaseLost, .damagedRow:
            Problem(.failure, "the server's log says more under the request's id")
        }
    }

    private static func storage(_ error: StorageError) -> Problem {
        switch error.code {
        case .notFound: .notFound(error.message)
        case .nameTaken, .alreadyConnected, .refMoved: Problem(.conflict, error.description)
        case .invalidArgument: Problem(.invalidParameter, error.description)
        case .serverTooOld, .vectorExtension, .schemaBehind, .schemaUnknown:
            Problem(.unavailable, error.message)
        case .lockLost, .damagedRow:
            Problem(.failure, "the server's log says more under the request's id")
        }
    }

    private static func postgres(_ error: PostgresError) -> Problem {
        if error.isUnreachable || error.code == .shutDown {
            return Problem(.unavailable, "the database cannot be reached: try again later")
        }
        switch error.code {
        case .timeout, .cancelled: return Problem(.timeout, "the database took too long")
        case .uniqueViolation: return Problem(.conflict, "there is such a thing already")
        case .checkViolation, .invalidValue:
            return Problem(.invalidParameter, "a value is not one that can be stored")
        default:
            return Problem(.failure, "the server's log says more under the request's id")
        }
    }
}
