import Logging

/// Puts together what a line carries besides its message.
enum LogFields {
    /// The event's own fields win over the logger's, and those over the provider's.
    static func merged(
        of event: LogEvent, _ metadata: Logger.Metadata, _ provider: Logger.MetadataProvider?
    ) -> Logger.Metadata {
        var fields = provider?.get() ?? [:]
        fields.merge(metadata) { $1 }
        if let own = event.metadata { fields.merge(own) { $1 } }
        if let error = event.error { fields["error"] = .string(String(describing: error)) }
        return fields
    }
}
