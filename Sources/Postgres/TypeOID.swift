/// The number by which a server knows a type; those of built-in types never change.
public struct TypeOID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt32

    /// Names a type by its number.
    ///
    /// - Parameter rawValue: The number, 0 for "the server shall infer it".
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    private init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The number in decimal digits.
    public var description: String { String(rawValue) }

    /// The server infers the type from where the parameter stands.
    public static let inferred = TypeOID(0)
    /// `boolean`.
    public static let bool = TypeOID(16)
    /// `bytea`.
    public static let bytea = TypeOID(17)
    /// `"char"`.
    public static let char = TypeOID(18)
    /// `name`.
    public static let name = TypeOID(19)
    /// `bigint`.
    public static let int8 = TypeOID(20)
    /// `smallint`.
    public static let int2 = TypeOID(21)
    /// `integer`.
    public static let int4 = TypeOID(23)
    /// `text`.
    public static let text = TypeOID(25)
    /// `oid`.
    public static let oid = TypeOID(26)
    /// `json`.
    public static let json = TypeOID(114)
    /// `real`.
    public static let float4 = TypeOID(700)
    /// `double precision`.
    public static let float8 = TypeOID(701)
    /// `unknown`, the type of a bare literal.
    public static let unknown = TypeOID(705)
    /// `character(n)`.
    public static let bpchar = TypeOID(1042)
    /// `character varying`.
    public static let varchar = TypeOID(1043)
    /// `timestamp with time zone`.
    public static let timestamptz = TypeOID(1184)
    /// `uuid`.
    public static let uuid = TypeOID(2950)
    /// `tsvector`.
    public static let tsvector = TypeOID(3614)
    /// `tsvector[]`.
    public static let tsvectorArray = TypeOID(3643)
    /// `jsonb`.
    public static let jsonb = TypeOID(3802)
    /// `boolean[]`.
    public static let boolArray = TypeOID(1000)
    /// `bytea[]`.
    public static let byteaArray = TypeOID(1001)
    /// `smallint[]`.
    public static let int2Array = TypeOID(1005)
    /// `integer[]`.
    public static let int4Array = TypeOID(1007)
    /// `text[]`.
    public static let textArray = TypeOID(1009)
    /// `bigint[]`.
    public static let int8Array = TypeOID(1016)
    /// `real[]`.
    public static let float4Array = TypeOID(1021)
    /// `double precision[]`.
    public static let float8Array = TypeOID(1022)
    /// `timestamp with time zone[]`.
    public static let timestamptzArray = TypeOID(1185)
    /// `uuid[]`.
    public static let uuidArray = TypeOID(2951)

    /// The first number that a server gives to types made by users and extensions.
    static let firstUserDefined: UInt32 = 16384
}
