import CLibgit2

/// What libgit2 asks and tells while it speaks with a remote.
enum RemoteCallbacks {
    /// Fills in the callbacks of an operation, which must outlive their use.
    static func fill(_ callbacks: inout git_remote_callbacks, _ operation: RemoteOperation) {
        callbacks.payload = Unmanaged.passUnretained(operation).toOpaque()
        callbacks.credentials = { result, _, _, allowed, payload in
            RemoteCallbacks.provide(result, allowed, RemoteCallbacks.owner(of: payload))
        }
        callbacks.certificate_check = { certificate, isValid, host, payload in
            RemoteCallbacks.check(
                certificate, isValid != 0, host.map { String(cString: $0) } ?? "",
                RemoteCallbacks.owner(of: payload))
        }
        callbacks.transfer_progress = { progress, payload in
            guard let progress = progress?.pointee,
                let operation = RemoteCallbacks.owner(of: payload)
            else {
                return 0
            }
            let isWanted = operation.note(
                received: Int(progress.received_objects), total: Int(progress.total_objects))
            return isWanted ? 0 : GIT_EUSER.rawValue
        }
        callbacks.sideband_progress = { _, _, payload in
            guard let operation = RemoteCallbacks.owner(of: payload) else { return 0 }
            operation.noteActivity()
            return operation.verdict == nil ? 0 : GIT_EUSER.rawValue
        }
    }

    private static func owner(of payload: UnsafeMutableRawPointer?) -> RemoteOperation? {
        payload.map { Unmanaged<RemoteOperation>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func provide(
        _ result: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
        _ allowed: UInt32, _ operation: RemoteOperation?
    ) -> Int32 {
        guard let operation else { return GIT_EAUTH.rawValue }
        let allows = { (kind: git_credential_t) in allowed & UInt32(kind.rawValue) != 0 }
        let user = operation.url.user ?? "git"
        if allows(GIT_CREDENTIAL_USERNAME) { return git_credential_username_new(result, user) }
        // It is asked again when what was given is refused.
        guard operation.mayGiveCredentials() else { return refusal("no credentials are given") }
        switch operation.credentials {
        case .token(let username, let password) where allows(GIT_CREDENTIAL_USERPASS_PLAINTEXT):
            // SSH wants the name that was said before.
            let name = operation.url.transport == .ssh ? user : username
            return git_credential_userpass_plaintext_new(result, name, password)
        case .sshKey(let key, let passphrase) where allows(GIT_CREDENTIAL_SSH_MEMORY):
            return git_credential_ssh_key_memory_new(result, user, nil, key, passphrase)
        case .sshAgent where allows(GIT_CREDENTIAL_SSH_KEY):
            return git_credential_ssh_key_from_agent(result, user)
        default:
            operation.end(.credentialsMissing)
            return refusal("credentials are asked for")
        }
    }

    private static func refusal(_ message: String) -> Int32 {
        git_error_set_str(Int32(GIT_ERROR_CALLBACK.rawValue), message)
        return GIT_EAUTH.rawValue
    }

    /// Says what libgit2's own check found to stand, except where fingerprints decide.
    private static func check(
        _ certificate: UnsafeMutablePointer<git_cert>?, _ isValid: Bool, _ host: String,
        _ operation: RemoteOperation?
    ) -> Int32 {
        let fingerprint = certificate.flatMap { keyFingerprint(of: $0) }
        if let fingerprint, case .fingerprints(let trusted) = operation?.options.hostKeys {
            if trusted.contains(fingerprint) { return 0 }
            operation?.end(.untrusted(host: host, fingerprint: fingerprint))
            git_error_set_str(Int32(GIT_ERROR_SSH.rawValue), "the host key is not a trusted one")
            return GIT_ECERTIFICATE.rawValue
        }
        if !isValid { operation?.end(.untrusted(host: host, fingerprint: fingerprint)) }
        return GIT_PASSTHROUGH.rawValue
    }

    /// The fingerprint of an SSH host key.
    private static func keyFingerprint(of certificate: UnsafeMutablePointer<git_cert>) -> String? {
        guard certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2 else { return nil }
        let key = UnsafeRawPointer(certificate).assumingMemoryBound(to: git_cert_hostkey.self)
        guard key.pointee.type.rawValue & GIT_CERT_SSH_SHA256.rawValue != 0 else { return nil }
        return withUnsafeBytes(of: key.pointee.hash_sha256) { "SHA256:" + base64($0) }
    }

    /// Base 64 without padding.
    private static func base64(_ bytes: UnsafeRawBufferPointer) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        var bits = 0
        var value = 0
        for byte in bytes {
            value = value << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[value >> bits & 63])
            }
            value &= (1 << bits) - 1
        }
        if bits > 0 { text.append(digits[value << (6 - bits) & 63]) }
        return text
    }
}
