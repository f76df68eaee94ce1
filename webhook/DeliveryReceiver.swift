import Logging
public import Postgres
import Storage
import Threads

/// Takes GitHub's deliveries in: checks who sent them, stores them, and queues their jobs.
///
/// A delivery is a hint and no more. Its job brings a ref to where the remote has it, so that
/// deliveries may come late, twice, in any order or not at all.
///
/// Deliveries that come at the same time are written in one transaction.
public final class DeliveryReceiver: Sendable {
    /// The largest body that is taken, as GitHub's own limit is.
    public static let bodyLimitBytes = 25 << 20
    /// Secrets that are compared at least, so that time tells nothing of how many there are.
    private static let secretCount = 2
    /// Larger bodies are read on a thread of their own.
    private static let quickBytes = 256 << 10
    private let logger = Logger(label: "gitdex.webhook")
    private let pool: Pool
    private let timeLimit: Duration
    private let globalSecrets: [[UInt8]]
    private let decrypt: @Sendable (String) throws -> [UInt8]
    private let thread = SerialThread(name: "gitdex-webhook")
    private typealias Writing = GroupCommit<AcceptedDelivery, DeliveryOutcome>
    private let lookUp: GroupCommit<[RemoteNames], [[RemoteRepository]]>
    private let write: Writing

    /// Makes a receiver.
    ///
    /// - Parameters:
    ///   - pool: Connections to the database; two are used at once.
    ///   - globalSecrets: Secrets that sign deliveries about any repository: two while one is being
    ///     changed, none when every repository has its own.
    ///   - timeLimit: How long a delivery may take; a commit that is under way then has a second
    ///     more. GitHub waits for ten.
    ///   - decrypt: Decrypts what is stored of a repository's own secrets.
    public init(
        pool: Pool, globalSecrets: [[UInt8]], timeLimit: Duration = .seconds(8),
        decrypt: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.pool = pool
        self.globalSecrets = globalSecrets
        self.timeLimit = timeLimit
        self.decrypt = decrypt
        lookUp = GroupCommit(isShared: Self.meetsAll) { batch, _ in
            try await pool.withConnection { connection in
                let found = try RemoteStore(connection: connection).matching(batch.flatMap { $0 })
                var rest = found[...]
                return batch.map { names in
                    defer { rest = rest.dropFirst(names.count) }
                    return Array(rest.prefix(names.count))
                }
            }
        }
        write = GroupCommit(isShared: Self.meetsAll) { batch, seal in
            try await pool.withTransaction { connection in
                let outcomes = try DeliveryWriter(connection).write(batch)
                // Whoever was refused by now must not be kept.
                try seal()
                return outcomes
            }
        }
    }

    /// Whether an error of the database would meet every delivery of a batch alike.
    private static func meetsAll(_ error: any Error) -> Bool {
        guard let error = error as? PostgresError else { return false }
        switch error.code {
        case .diskFull, .readOnly, .insufficientPrivilege, .shutDown: return true
        default: return error.isUnreachable
        }
    }

    // MARK: Receiving

    /// Takes a delivery in.
    ///
    /// Returns when it is committed together with its jobs, and within the time limit: then it is
    /// refused, and nothing of it is kept. Only where the database fell silent between COMMIT and its
    /// answer may it be kept although it was refused; the log says so, and sent again it is a
    /// duplicate.
    ///
    /// - Parameters:
    ///   - headers: The request's headers, their names in lower case.
    ///   - body: The request's body, byte for byte.
    /// - Returns: What became of it; never throws.
    public func receive(headers: [String: String], body: [UInt8]) async -> DeliveryOutcome {
        guard let signature = DeliverySignature(headers["x-hub-signature-256"]) else {
            return .unauthorized
        }
        guard body.count <= Self.bodyLimitBytes else {
            return .unreadable(reason: "the body is larger than \(Self.bodyLimitBytes) bytes")
        }
        do {
            return try await receive(headers, body, signature)
        } catch {
            log(error, headers)
            return .unavailable
        }
    }

    /// Says why a delivery could not be kept.
    ///
    /// Errors of the database are without values; nothing of the body or the signature is said.
    private func log(_ error: any Error, _ headers: [String: String]) {
        let isUnknown = (error as? Writing.Expired)?.isUnknown == true
        logger.error(
            isUnknown
                ? "a delivery was refused, but may have been kept: sent again, it is known by then"
                : "a delivery could not be kept",
            metadata: [
                "event": "\(Self.word(headers["x-github-event"]))",
                "delivery": "\(Self.word(headers["x-github-delivery"]))",
                "error": "\(String(describing: error))",
            ])
    }

    /// A header's value as a log may have it.
    private static func word(_ text: String?) -> String {
        String(
            (text ?? "none").unicodeScalars.filter { (0x21...0x7E).contains($0.value) }
                .prefix(DeliveryHeaders.limitBytes).map(Character.init))
    }

    private func receive(
        _ headers: [String: String], _ body: [UInt8], _ signature: DeliverySignature
    ) async throws -> DeliveryOutcome {
        let deadline = ContinuousClock.now + timeLimit
        let secrets = globalSecrets
        let (isGlobal, reading) = try await offLoad(body) {
            // How many global secrets there are is the same for every sender, so that their time
            // tells nothing.
            let isGlobal = signature.fits(body, secrets: secrets, paddedTo: 1)
            return (isGlobal, ReadDelivery.read(headers, body))
        }
        let request: ReadDelivery
        switch reading {
        case .success(let read): request = read
        case .failure(let error):
            // Who sent it can only be told by the global secrets; to anyone else it says nothing.
            return isGlobal ? .unreadable(reason: error.reason) : .unauthorized
        }
        let found =
            request.names.isEmpty
            ? []
            : try await lookUp.submit(
                request.names, sizeBytes: 512 * request.names.count, by: deadline)
        let genuine =
            isGlobal ? found : try await offLoad(body) { self.genuine(found, signature, body) }
        guard isGlobal || genuine.contains(where: { !$0.isEmpty }) else { return .unauthorized }
        let actions: [[DeliveryAction]]?
        do throws(PayloadError) {
            actions = try request.event.actions()
        } catch {
            return .unreadable(reason: error.reason)
        }
        guard let actions else { return .ignored }
        let parts = request.parts(genuine, actions)
        guard !parts.isEmpty else { return .ignored }
        return try await write.submit(
            AcceptedDelivery(headers: request.headers, body: body, parts: parts),
            sizeBytes: body.count, by: deadline)
    }

    /// Runs work on a body: large ones where they hold nobody up.
    private func offLoad<R: Sendable>(
        _ body: [UInt8], _ work: @escaping @Sendable () -> R
    ) async throws -> R {
        body.count <= Self.quickBytes ? work() : try await thread.run(work)
    }

    /// The repositories whose own secrets a delivery fits.
    private func genuine(
        _ found: [[RemoteRepository]], _ signature: DeliverySignature, _ body: [UInt8]
    ) -> [[RemoteRepository]] {
        if found.allSatisfy(\.isEmpty) {
            // As long as it would take if there were one.
            _ = signature.fits(body, secrets: [], paddedTo: Self.secretCount)
        }
        return found.map { repositories in
            repositories.filter { repository in
                // A secret that cannot be decrypted fits nothing.
                let secrets = repository.encryptedWebhookSecrets.compactMap { try? decrypt($0) }
                return signature.fits(body, secrets: secrets, paddedTo: Self.secretCount)
            }
        }
    }

    // MARK: Replaying

    /// Runs a stored delivery again, for the repositories of its workspace that it names now.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The delivery's number.
    /// - Returns: The jobs that were queued or joined.
    /// - Throws: ``WebhookError``, `StorageError` with code `notFound`, or what the database said.
    public func replay(workspace: Int, id: Int) async throws -> [Int] {
        try await pool.withTransaction {
            try DeliveryReplay(connection: $0).run(workspace: workspace, id: id)
        }
    }
}
