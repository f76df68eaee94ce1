/// The names of all settings, as the environment and the settings files spell them.
public enum SettingName: String, Sendable, CaseIterable {
    /// Where PostgreSQL is; absent for the embedded server.
    case databaseURL = "DATABASE_URL"
    /// Where gitdex keeps its data.
    case dataDirectory = "GITDEX_DATA_DIR"
    /// A directory with run-time assets that is searched before all others.
    case assetsDirectory = "GITDEX_ASSETS_DIR"
    /// The secrets that sign access tokens.
    case jwtSecret = "JWT_SECRET"
    /// Whom access tokens name as their issuer.
    case jwtIssuer = "JWT_ISSUER"
    /// Who may make an account by themselves.
    case registration = "GITDEX_REGISTRATION"
    /// Where this server is found from outside.
    case publicURL = "GITDEX_PUBLIC_URL"
    /// Whether what is weak is refused.
    case production = "GITDEX_PRODUCTION"
    /// The Fernet key that encrypts secrets at rest.
    case encryptionKey = "ENCRYPTION_KEY"
    /// The default secret of GitHub's webhooks.
    case githubWebhookSecret = "GITHUB_WEBHOOK_SECRET"
    /// Whether repositories may be connected by file path or private address.
    case allowPrivateRemotes = "GITDEX_ALLOW_PRIVATE_REMOTES"
    /// The OAuth client's public id.
    case githubClientID = "GITHUB_CLIENT_ID"
    /// The OAuth client's secret.
    case githubClientSecret = "GITHUB_CLIENT_SECRET"
    /// The address of GitHub's web pages.
    case githubURL = "GITHUB_URL"
    /// The address of GitHub's API.
    case githubAPIURL = "GITHUB_API_URL"
    /// The GitHub App's number.
    case githubAppID = "GITHUB_APP_ID"
    /// The GitHub App's private key.
    case githubAppPrivateKey = "GITHUB_APP_PRIVATE_KEY"
    /// The path of a file with the GitHub App's private key.
    case githubAppPrivateKeyFile = "GITHUB_APP_PRIVATE_KEY_FILE"
    /// The origins that browsers may call the API from.
    case corsOrigins = "CORS_ORIGINS"
    /// The proxies whose word about a client's address is taken.
    case trustedProxies = "GITDEX_TRUSTED_PROXIES"
    /// The requests that one address may send in a minute.
    case rateLimitAddress = "RATE_LIMIT_ADDRESS"
    /// The requests that one user may send in a minute.
    case rateLimitUser = "RATE_LIMIT_USER"
    /// The requests that may be sent with one API key in a minute.
    case rateLimitKey = "RATE_LIMIT_KEY"
    /// The logins and registrations that one address may try in a minute.
    case rateLimitLogin = "RATE_LIMIT_LOGIN"
    /// The requests with wrong signatures and tokens that one address may send in a minute.
    case rateLimitFailures = "RATE_LIMIT_FAILURES"
    /// Which embedder computes vectors.
    case embeddingProvider = "EMBEDDING_PROVIDER"
    /// The address of an OpenAI-compatible embeddings service.
    case embeddingBaseURL = "EMBEDDING_BASE_URL"
    /// The embedding model's name.
    case embeddingModel = "EMBEDDING_MODEL"
    /// The key of the embeddings service.
    case embeddingAPIKey = "EMBEDDING_API_KEY"
    /// The address of an OpenAI-compatible chat service.
    case llmBaseURL = "LLM_BASE_URL"
    /// The chat model's name.
    case llmModel = "LLM_MODEL"
    /// The key of the chat service.
    case llmAPIKey = "LLM_API_KEY"
    /// Together's key, which sets address, key and model of both services.
    case togetherAPIKey = "TOGETHER_API_KEY"

    /// The prefix that all request limits share.
    static let rateLimitPrefix = "RATE_LIMIT_"

    /// Whether the value must never be printed.
    public var isSecret: Bool {
        switch self {
        case .databaseURL, .jwtSecret, .encryptionKey, .githubWebhookSecret, .githubClientSecret,
            .githubAppPrivateKey,
            .embeddingAPIKey, .llmAPIKey, .togetherAPIKey:
            true
        default:
            false
        }
    }

    static func isKnown(_ name: String) -> Bool {
        SettingName(rawValue: name) != nil || name.hasPrefix(rateLimitPrefix)
    }
}
