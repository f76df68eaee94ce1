import Storage

/// A genuine delivery, with what is to be done about each repository whose secret it fits.
struct AcceptedDelivery: Sendable {
    /// A repository and what is to be done about it.
    struct Part: Sendable {
        let repository: RemoteRepository
        let actions: [DeliveryAction]
    }

    let headers: DeliveryHeaders
    let body: [UInt8]
    let parts: [Part]

    /// The parts of each workspace.
    var workspaces: [(workspace: Int, parts: [Part])] {
        Dictionary(grouping: parts) { $0.repository.workspace }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
