extension GitHubStandInScript {
    /// Part of the program of ``GitHubStandIn``: what it holds, and in which shapes its REST API shows that.
    static let world = #"""
        """What the GitHub of the tests holds, and the shapes its REST API shows it in."""
        import base64, hashlib, threading, time

        lock = threading.RLock()
        web = api = ""
        users, tokens, clients, codes, repositories, apps, installations = {}, {}, {}, {}, {}, {}, {}
        settings = {"signed_in_as": "octocat", "token_seconds": 0, "limit": 5000}
        counter = [1000]


        def next_id():
            counter[0] += 1
            return counter[0]


        def stamp(seconds=None):
            return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() if seconds is None else seconds))


        def node(kind, number):
            return base64.b64encode(f"0{len(kind)}:{kind}{number}".encode()).decode()


        def user(login):
            if login not in users:
                users[login] = {"id": next_id()}
            place = f"{api}/users/{login}"
            shape = {
                "login": login, "id": users[login]["id"], "node_id": node("User", users[login]["id"]),
                "avatar_url": f"{web}/avatars/{login}", "gravatar_id": "", "url": place,
                "html_url": f"{web}/{login}",
            }
            for name, path in (
                ("followers", "followers"), ("following", "following{/other_user}"),
                ("gists", "gists{/gist_id}"), ("starred", "starred{/owner}{/repo}"),
                ("subscriptions", "subscriptions"), ("organizations", "orgs"), ("repos", "repos"),
                ("events", "events{/privacy}"), ("received_events", "received_events"),
            ):
                shape[name + "_url"] = f"{place}/{path}"
            return {**shape, "type": "User", "user_view_type": "public", "site_admin": False}


        class Repository:
            """A repository with its lists; items are plain dictionaries without what follows from them."""

            def __init__(self, full_name, **given):
                self.full_name, self.id = full_name, given.get("id") or next_id()
                self.private = given.get("private", False)
                self.readers, self.admins = set(given.get("readers", [])), set(given.get("admins", []))
                self.former_names, self.git_directory = [], given.get("git_directory")
                self.has_issues = given.get("has_issues", True)
                self.has_discussions = given.get("has_discussions", False)
                self.issues, self.pulls, self.comments, self.review_comments = {}, {}, {}, {}
                self.reviews, self.releases, self.discussions, self.hooks = {}, {}, {}, {}
                self.discussion_comments, self.last_number = {}, 0

            def number(self):
                self.last_number += 1
                return self.last_number

            def visible_to(self, login):
                return not self.private or login in self.readers or login in self.admins

            @property
            def place(self):
                return f"{api}/repos/{self.full_name}"

            @property
            def page(self):
                return f"{web}/{self.full_name}"

            def shape(self, login=None):
                owner, _, name = self.full_name.partition("/")
                result = {
                    "id": self.id, "node_id": node("Repository", self.id), "name": name,
                    "full_name": self.full_name, "private": self.private, "owner": user(owner),
                    "html_url": self.page, "description": None, "fork": False, "url": self.place,
                    "hooks_url": self.place + "/hooks", "issues_url": self.place + "/issues{/number}",
                    "pulls_url": self.place + "/pulls{/number}",
                    "releases_url": self.place + "/releases{/id}",
                    "issue_comment_url": self.place + "/issues/comments{/number}",
                    "git_url": self.page.replace("http", "git", 1) + ".git",
                    "ssh_url": f"git@localhost:{self.full_name}.git", "clone_url": self.page + ".git",
                    "svn_url": self.page, "homepage": None, "size": 0, "stargazers_count": 0,
                    "watchers_count": 0, "language": None, "has_issues": self.has_issues,
                    "has_projects": True, "has_wiki": True, "has_pages": False, "has_downloads": True,
                    "has_discussions": self.has_discussions, "archived": False, "disabled": False,
                    "visibility": "private" if self.private else "public", "default_branch": "main",
                    "open_issues_count": len(self.issues), "forks_count": 0, "license": None,
                    "is_template": False, "topics": [], "web_commit_signoff_required": False,
                    "pushed_at": "2011-01-26T19:06:43Z", "created_at": "2011-01-26T19:01:12Z",
                    "updated_at": "2011-01-26T19:14:43Z",
                }
                if login:
                    admin = login in self.admins
                    result["permissions"] = {
                        "admin": admin, "maintain": admin, "push": admin, "triage": admin, "pull": True}
                return result

            def issue_shape(self, issue, is_pull=False):
                place = f"{self.place}/issues/{issue['number']}"
                page = f"{self.page}/{'pull' if is_pull else 'issues'}/{issue['number']}"
                shape = {
                    "url": place, "repository_url": self.place, "labels_url": place + "/labels{/name}",
                    "comments_url": place + "/comments", "events_url": place + "/events",
                    "html_url": page, "id": issue["id"], "node_id": node("Issue", issue["id"]),
                    "number": issue["number"], "title": issue["title"], "user": user(issue["user"]),
                    "labels": [
                        {"id": 208045946, "node_id": "MDU6TGFiZWwyMDgwNDU5NDY=",
                         "url": f"{self.place}/labels/{label}", "name": label, "color": "f29513",
                         "default": True, "description": None} for label in issue["labels"]],
                    "state": issue["state"], "locked": False, "assignee": None, "assignees": [],
                    "milestone": None, "comments": 0, "created_at": issue["created_at"],
                    "updated_at": issue["updated_at"], "closed_at": issue["closed_at"],
                    "author_association": "CONTRIBUTOR", "active_lock_reason": None,
                    "body": issue["body"], "closed_by": None,
                    "reactions": {"url": place + "/reactions", "total_count": 0, "+1": 0, "-1": 0,
                                  "laugh": 0, "hooray": 0, "confused": 0, "heart": 0, "rocket": 0,
                                  "eyes": 0},
                    "timeline_url": place + "/timeline", "performed_via_github_app": None,
                    "state_reason": None,
                }
                if is_pull:
                    shape["draft"] = False
                    shape["pull_request"] = {
                        "url": f"{self.place}/pulls/{issue['number']}", "html_url": page,
                        "diff_url": page + ".diff", "patch_url": page + ".patch",
                        "merged_at": issue["merged_at"]}
                return shape

            def pull_shape(self, pull):
                place, page = f"{self.place}/pulls/{pull['number']}", f"{self.page}/pull/{pull['number']}"
                issue = f"{self.place}/issues/{pull['number']}"

                def side(ref, sha):
                    owner = self.full_name.partition("/")[0]
                    return {"label": f"{owner}:{ref}", "ref": ref, "sha": sha, "user": user(owner),
                            "repo": self.shape()}

                return {
                    "url": place, "id": pull["id"], "node_id": node("PullRequest", pull["id"]),
                    "html_url": page, "diff_url": page + ".diff", "patch_url": page + ".patch",
                    "issue_url": issue, "commits_url": place + "/commits",
                    "review_comments_url": place + "/comments",
                    "review_comment_url": f"{self.place}/pulls/comments{{/number}}",
                    "comments_url": issue + "/comments",
                    "statuses_url": f"{self.place}/statuses/{pull['sha']}", "number": pull["number"],
                    "state": pull["state"], "locked": False, "title": pull["title"],
                    "user": user(pull["user"]), "body": pull["body"], "labels": [], "milestone": None,
                    "active_lock_reason": None, "created_at": pull["created_at"],
                    "updated_at": pull["updated_at"], "closed_at": pull["closed_at"],
                    "merged_at": pull["merged_at"], "merge_commit_sha": None, "assignee": None,
                    "assignees": [], "requested_reviewers": [], "requested_teams": [],
                    "head": side(pull.get("head", "topic"), pull["sha"]),
                    "base": side("main", "c3d0be41ecbe669545ee3e94d31ed9a4bc91ee3c"),
                    "_links": {"self": {"href": place}, "html": {"href": page}, "issue": {"href": issue}},
                    "author_association": "OWNER", "auto_merge": None, "draft": False,
                }

            def comment_shape(self, comment):
                number, identifier = comment["number"], comment["id"]
                folder = "pull" if number in self.pulls else "issues"
                return {
                    "url": f"{self.place}/issues/comments/{identifier}",
                    "html_url": f"{self.page}/{folder}/{number}#issuecomment-{identifier}",
                    "issue_url": f"{self.place}/issues/{number}", "id": identifier,
                    "node_id": node("IssueComment", identifier), "user": user(comment["user"]),
                    "created_at": comment["created_at"], "updated_at": comment["updated_at"],
                    "author_association": "COLLABORATOR", "body": comment["body"],
                    "performed_via_github_app": None,
                }

            def review_comment_shape(self, comment):
                number, identifier = comment["number"], comment["id"]
                place = f"{self.place}/pulls/comments/{identifier}"
                page = f"{self.page}/pull/{number}#discussion_r{identifier}"
                pull = f"{self.place}/pulls/{number}"
                return {
                    "url": place, "pull_request_review_id": 42, "id": identifier,
                    "node_id": node("PullRequestReviewComment", identifier),
                    "diff_hunk": "@@ -16,33 +16,40 @@ public class Connection : IConnection...",
                    "path": comment.get("path", "file1.txt"), "position": 1, "original_position": 4,
                    "commit_id": "6dcb09b5b57875f334f61aebed695e2e4193db5e",
                    "original_commit_id": "9c48853fa3dc5c1c3d6f1f1cd1f2743e72652840",
                    "user": user(comment["user"]), "body": comment["body"],
                    "created_at": comment["created_at"], "updated_at": comment["updated_at"],
                    "html_url": page, "pull_request_url": pull, "author_association": "NONE",
                    "_links": {"self": {"href": place}, "html": {"href": page},
                               "pull_request": {"href": pull}},
                    "start_line": None, "original_start_line": None, "start_side": None, "line": 2,
                    "original_line": 2, "side": "RIGHT", "subject_type": "line",
                }

            def review_shape(self, review):
                number, identifier = review["number"], review["id"]
                page = f"{self.page}/pull/{number}#pullrequestreview-{identifier}"
                pull = f"{self.place}/pulls/{number}"
                shape = {
                    "id": identifier, "node_id": node("PullRequestReview", identifier),
                    "user": user(review["user"]), "body": review["body"], "state": review["state"],
                    "html_url": page, "pull_request_url": pull,
                    "_links": {"html": {"href": page}, "pull_request": {"href": pull}},
                    "submitted_at": review["created_at"],
                    "commit_id": "ecdd80bb57125d7ba9641ffaa4d7d2c19d3f3091",
                    "author_association": "COLLABORATOR",
                }
                if review["state"] == "PENDING":
                    del shape["submitted_at"]
                return shape

            def release_shape(self, release):
                place = f"{self.place}/releases/{release['id']}"
                return {
                    "url": place, "html_url": f"{self.page}/releases/tag/{release['tag_name']}",
                    "assets_url": place + "/assets", "upload_url": place + "/assets{?name,label}",
                    "tarball_url": f"{self.place}/tarball/{release['tag_name']}",
                    "zipball_url": f"{self.place}/zipball/{release['tag_name']}", "id": release["id"],
                    "node_id": node("Release", release["id"]), "tag_name": release["tag_name"],
                    "target_commitish": "main", "name": release["name"], "body": release["body"],
                    "draft": release.get("draft", False), "prerelease": False,
                    "created_at": release["created_at"], "published_at": release["created_at"],
                    "author": user(release["user"]), "assets": [],
                }

            def hook_shape(self, hook):
                place = f"{self.place}/hooks/{hook['id']}"
                return {
                    "type": "Repository", "id": hook["id"], "name": "web", "active": hook["active"],
                    "events": hook["events"],
                    "config": {"content_type": hook["config"].get("content_type", "form"),
                               "insecure_ssl": hook["config"].get("insecure_ssl", "0"),
                               "url": hook["config"]["url"],
                               **({"secret": "********"} if hook["config"].get("secret") else {})},
                    "updated_at": hook["created_at"], "created_at": hook["created_at"], "url": place,
                    "test_url": place + "/test", "ping_url": place + "/pings",
                    "deliveries_url": place + "/deliveries",
                    "last_response": {"code": None, "status": "unused", "message": None},
                }


        def find(full_name):
            """The repository of a name, and whether the name is a former one."""
            for repository in repositories.values():
                if repository.full_name.lower() == full_name.lower():
                    return repository, False
            for repository in repositories.values():
                if full_name.lower() in (name.lower() for name in repository.former_names):
                    return repository, True
            return None, False


        def etag(body, token):
            return 'W/"' + hashlib.sha256(body + token.encode()).hexdigest() + '"'
        """#
}
