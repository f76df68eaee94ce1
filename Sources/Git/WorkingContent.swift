/// What was read of one file of the working directory.
public enum WorkingContent: Hashable, Sendable {
    /// The content is larger than the limit; no more of it was held than the limit asks for.
    case tooLarge
    /// The whole content as git would store it, the object id of exactly these bytes, and what the
    /// file is.
    case content(bytes: [UInt8], oid: ObjectID, mode: FileMode)
}
