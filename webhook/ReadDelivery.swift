import Storage

/// A delivery whose body could be read.
struct ReadDelivery: Sendable {
    let headers: DeliveryHeaders
    let event: DeliveredEvent
    let names: [RemoteNames]

    /// Reads the headers, whose names are in lower case, and the body.
    static func read(
        _ headers: [String: String], _ body: [UInt8]
    ) -> Result<ReadDelivery, PayloadError> {
        do throws(PayloadError) {
            let headers = try DeliveryHeaders(headers)
            let event = DeliveredEvent(
                headers.event,
                try PayloadDocument(
                    headers.contentType == .form ? try FormBody.payload(of: body) : body))
            return .success(
                ReadDelivery(headers: headers, event: event, names: try event.names()))
        } catch {
            return .failure(error)
        }
    }

    /// What is to be done about each repository that was found for the names.
    func parts(
        _ found: [[RemoteRepository]], _ actions: [[DeliveryAction]]
    ) -> [AcceptedDelivery.Part] {
        zip(zip(found, names), actions).flatMap { known, actions in
            known.0.map { repository in
                AcceptedDelivery.Part(
                    repository: repository,
                    actions: Self.learning(repository, known.1) + actions)
            }
        }
    }

    /// A repository that is known by its place is from now on known by its number too, which a new
    /// name leaves as it is.
    private static func learning(
        _ repository: RemoteRepository, _ names: RemoteNames
    ) -> [DeliveryAction] {
        guard repository.providerID == nil, let number = names.providerID,
            let place = RemoteLocation(repository.url)?.normalised,
            names.locations.contains(place)
        else { return [] }
        return [.describe(RemoteDescription(providerID: number))]
    }
}
