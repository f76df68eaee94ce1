import CCurl

/// One of libcurl's easy handles, with the connections that it keeps.
///
/// Not Sendable: one thread at a time; ``CurlHandles`` sees to that.
final class CurlHandle {
    /// What libcurl knows it by; nil when there was no memory for it.
    let pointer: UnsafeMutableRawPointer?

    private static let isStarted: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() {
        pointer = Self.isStarted ? curl_easy_init() : nil
    }

    deinit {
        if let pointer { curl_easy_cleanup(pointer) }
    }

    /// Forgets all options; keeps the connections.
    func reset() {
        if let pointer { curl_easy_reset(pointer) }
    }

    func set(_ option: CURLoption, _ value: Int) {
        gitdex_curl_set_number(pointer, option, value)
    }

    func set(_ option: CURLoption, _ value: String?) {
        gitdex_curl_set_text(pointer, option, value)
    }

    func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
        gitdex_curl_set_pointer(pointer, option, value)
    }
}
