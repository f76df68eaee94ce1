/// How long the parts of a request may take; tests make them short.
struct RequestTimes: Sendable {
    /// A body's arrival.
    var body = APILimits.bodyTime
    /// All work on one request, where its route says nothing else.
    var request = APILimits.requestTime
    /// How long a stream of events may last where people come and go.
    var eventStream = APILimits.eventStreamTime
    /// The silence after which a stream of events sends a comment.
    var heartbeat = APILimits.heartbeat
}
