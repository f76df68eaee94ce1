internal import HTTPTypes
internal import Hummingbird

/// Every route, for the router, the document, and answers about paths that the router refuses.
struct RouteTable: Sendable {
    let routes: [Route]

    /// Puts every route into a router, behind whoever decides about who is let in.
    func register(in router: Router<APIContext>, behind authority: Authority) {
        for route in routes {
            router.on(RouterPath(route.routerPath), method: route.method) { request, context in
                try await authority.serve(request, context, by: route)
            }
        }
    }

    /// The methods that a path takes, sorted; none where nothing is there.
    func methods(ofPath path: String) -> [String] {
        let parts = path.split(separator: "/")
        var methods = Set(
            routes.filter { Self.fits($0, parts) }.map { $0.method.rawValue })
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    /// The path of a route with its parameters' names, nil where none fits.
    func template(ofPath path: String) -> String? {
        let parts = path.split(separator: "/")
        return routes.first { Self.fits($0, parts) }?.path
    }

    /// The limit of a route's own, nil where it has none.
    func timeLimit(method: HTTPRequest.Method, path: String) -> Duration? {
        let parts = path.split(separator: "/")
        let route = routes.first { $0.method == method && Self.fits($0, parts) }
        return route?.timeLimit
    }

    private static func fits(_ route: Route, _ parts: [Substring]) -> Bool {
        let wanted = route.parts
        guard wanted.count == parts.count || route.takesRest && parts.count > wanted.count else {
            return false
        }
        return zip(wanted, parts).allSatisfy { $0.first == "{" || $0 == $1 }
    }
}
