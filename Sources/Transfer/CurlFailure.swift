import CCurl

/// Says what a code of libcurl means.
struct CurlFailure {
    let host: String

    func error(for code: CURLcode) -> TransferError {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            made(.unreachable, "\(host) has no address", "check the name and the network")
        case CURLE_COULDNT_CONNECT:
            made(.unreachable, "\(host) takes no connection", "check that it can be reached")
        case CURLE_OPERATION_TIMEDOUT:
            made(.timedOut, "\(host) took too long to answer", "try again later")
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
            CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_BAD_CONTENT_ENCODING:
            made(.cutOff, "the answer of \(host) broke off", "try again")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM:
            made(
                .untrustedHost, "the certificate of \(host) is not one to trust (\(text(code)))",
                "have the host show a valid one")
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            made(.invalidRequest, "the URL of \(host) cannot be asked", "mend it")
        default:
            made(.other, "\(host) could not be asked (\(text(code)))", "try again")
        }
    }

    private func made(
        _ code: TransferError.Code, _ message: String, _ remedy: String
    ) -> TransferError {
        TransferError(code: code, message: message, remedy: remedy)
    }

    private func text(_ code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "code \(code.rawValue)"
    }
}
