extension GitHubClient {
    /// The most pages that one search through an account's repositories reads.
    private static let searchPageLimit = 30

    /// The user that the token speaks for.
    func user() throws -> GitHubUser {
        let document = try document("/user")
        guard let id = document["id"]?.int, let login = document["login"]?.string else {
            throw GitHubError.malformed
        }
        return GitHubUser(id: id, login: login)
    }

    /// Returns a page of the repositories that the account sees, by name.
    ///
    /// GitHub cannot search through them, so that a search reads page after page until enough are
    /// found.
    ///
    /// - Parameters:
    ///   - search: What the name must hold, in any case; nil for all.
    ///   - offset: Where the page begins: 0, or the ``GitHubRepositoryPage/nextOffset`` of the page
    ///     before.
    ///   - limit: How many at most; 1 to 100.
    /// - Returns: The page.
    /// - Throws: ``GitHubError``.
    public func repositories(
        search: String? = nil, from offset: Int = 0, limit: Int = 30
    ) throws -> GitHubRepositoryPage {
        let limit = min(max(limit, 1), Self.pageSize)
        let wanted = search?.lowercased() ?? ""
        var offset = max(offset, 0)
        var found: [GitHubRepository] = []
        for _ in 0..<Self.searchPageLimit {
            let page = offset / Self.pageSize + 1
            guard case .items(let items) = try get(listPath(page: page)) else {
                throw GitHubError.malformed
            }
            let all = (items.document["repositories"] ?? items.document).elements
            for element in all.dropFirst(offset % Self.pageSize) {
                if found.count == limit {
                    return GitHubRepositoryPage(repositories: found, nextOffset: offset)
                }
                offset += 1
                guard let repository = GitHubRepository(element),
                    wanted.isEmpty || repository.fullName.lowercased().contains(wanted)
                else { continue }
                found.append(repository)
            }
            guard items.next != nil else {
                return GitHubRepositoryPage(repositories: found, nextOffset: nil)
            }
            // A page may have fewer than it could, where some are hidden.
            offset = page * Self.pageSize
        }
        return GitHubRepositoryPage(repositories: found, nextOffset: offset)
    }

    /// Returns a repository by its owner and name.
    ///
    /// - Parameter fullName: Such as `octocat/Hello-World`.
    /// - Returns: The repository.
    /// - Throws: ``GitHubError``, with code `notFound` where the account does not see it.
    public func repository(_ fullName: String) throws -> GitHubRepository {
        guard
            let repository = GitHubRepository(
                try document(try Self.path(ofRepository: fullName)))
        else { throw GitHubError.malformed }
        return repository
    }

    /// Returns the installations of the server's GitHub App that the user may use.
    ///
    /// - Returns: The installations.
    /// - Throws: ``GitHubError``.
    public func installations() throws -> [GitHubInstallation] {
        let document = try document("/user/installations?per_page=\(Self.pageSize)")
        return (document["installations"] ?? .null).elements.compactMap { element in
            guard let id = element["id"]?.int else { return nil }
            return GitHubInstallation(id: id, account: element["account"]?["login"]?.string ?? "")
        }
    }

    private func listPath(page: Int) -> String {
        let paging = "per_page=\(Self.pageSize)&page=\(page)"
        return speaksForInstallation
            ? "/installation/repositories?" + paging : "/user/repos?sort=full_name&" + paging
    }
}
