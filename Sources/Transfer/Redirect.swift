/// A step from one place to another that an answer asks for.
struct Redirect {
    let from: HTTPURL
    let to: HTTPURL
    let status: Int

    /// The statuses that name another place.
    static let statuses: Set<Int> = [301, 302, 303, 307, 308]

    /// The request as it goes to the other place.
    ///
    /// - Throws: ``TransferError`` with code `refusedRedirect` where it must not go there.
    func apply(to request: HTTPRequest) throws(TransferError) -> HTTPRequest {
        if from.scheme == "https", to.scheme == "http" {
            throw Self.refused(from, "to a place without encryption")
        }
        var request = request
        // What a form asked for is read from the new place, as every browser does.
        if status == 303 || (status <= 302 && request.method == .post) {
            request.method = .get
            request.body = nil
            request.headers["content-type"] = nil
        }
        if from.origin != to.origin {
            if request.body != nil {
                throw Self.refused(from, "with what was sent to another host")
            }
            request.headers = request.headers.withoutSecrets
        }
        request.url = to.text
        return request
    }

    static func tooMany(_ url: HTTPURL) -> TransferError {
        refused(url, "too often")
    }

    private static func refused(_ url: HTTPURL, _ how: String) -> TransferError {
        TransferError(
            code: .refusedRedirect, message: "\(url.host) sends requests on \(how)",
            remedy: "use the address that it sends to, if you trust that")
    }
}
