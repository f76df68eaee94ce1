internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The web page: three files that stand in the program itself.
///
/// Nobody has to be signed in to load it, since it holds nothing: what it shows, it asks the API
/// for.
struct PageRoutes: Sendable {
    var routes: [Route] {
        [
            Self.file(
                "/ui", id: "page", "text/html; charset=utf-8", PackageResources.index_html,
                "The web page."),
            Self.file(
                "/ui/app.js", id: "pageScript", "text/javascript; charset=utf-8",
                PackageResources.app_js, "The page's script."),
            Self.file(
                "/ui/style.css", id: "pageStyle", "text/css; charset=utf-8",
                PackageResources.style_css, "The page's style."),
        ]
    }

    private static func file(
        _ path: String, id: String, _ type: String, _ bytes: [UInt8], _ description: String
    ) -> Route {
        let body = ByteBuffer(bytes: bytes)
        let media = type.split(separator: ";").first.map(String.init) ?? type
        return Route(
            method: .get, path: path, access: .anyone,
            operation: Operation(
                id: id, tag: "page", summary: description,
                answers: [
                    Operation.Answer(
                        status: 200, description: description, content: [media: Schema.text])
                ])
        ) { _ in
            var response = Answer.text(body, type: type)
            // Asked for again each time, so that an old script never meets a new server.
            response.headers[.cacheControl] = "no-cache"
            response.headers[.contentSecurityPolicy] = SecurityHeaders.pagePolicy
            return response
        }
    }
}
