"""Drives the web page as somebody would who has just installed gitdex.

Called by the tests with a JSON document of what to use; prints the steps, and ends with status 1 at
the first thing that is not as it should be.
"""

import json
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


class Visit:
    """One browser with one page, and what went wrong in it behind the scenes."""

    def __init__(self, browser, base, **options):
        self.base = base
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints = []
        self.elsewhere = set()
        self.allowed = {base}
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self.asked)
        self.page.on("request", self.requested)

    def heard(self, message):
        # What the browser itself logs of answers that the page expects (401 before signing in).
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def asked(self, dialog):
        if dialog.type == "confirm":
            dialog.accept()
        else:
            self.complaints.append("dialog: " + dialog.message)
            dialog.dismiss()

    def requested(self, request):
        origin = "/".join(request.url.split("/")[:3])
        if not request.url.startswith("data:") and origin not in self.allowed:
            self.elsewhere.add(request.url)

    def check(self):
        assert not self.complaints, self.complaints
        assert not self.elsewhere, self.elsewhere
        assert self.page.evaluate("window.pwned") is None, "markup of a repository was run"

    def step(self, text):
        print("page:", text, flush=True)
        self.check()


def no_secret_in_reach(visit):
    """Scripts find no token: not in storage, not in a cookie, not in the address."""
    kept = visit.page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])"
    )
    assert kept == json.dumps([{}, {}, "", visit.page.url], separators=(",", ":")), kept


def fits(visit):
    """Nothing has to be scrolled sideways, and every field says what it is for."""
    wide = visit.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, "the page is wider than its window"
    nameless = visit.page.evaluate(
        "[...document.querySelectorAll('input, select, button')].filter(one =>"
        " !(one.labels?.length || one.textContent.trim() || one.ariaLabel)).length"
    )
    assert nameless == 0, "a field has no label"


def register(visit, email, password):
    form = visit.page.locator("#register")
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password").fill(password)
    form.get_by_role("button").click()
    expect(visit.page.get_by_text(email)).to_be_visible()


def sign_in(visit, email, password):
    form = visit.page.locator("#login")
    form.get_by_label("Email").fill(email)
    form.get_by_label("Password").fill(password)
    form.get_by_role("button").click()


def make_workspace(visit, name):
    form = visit.page.locator("#create-workspace")
    form.get_by_label("Name").fill(name)
    form.get_by_role("button").click()
    expect(visit.page.locator("#places")).to_contain_text(name)
    return visit.page.evaluate("decodeURIComponent(location.hash.slice(1))")


def connect_repository(visit, repository):
    form = visit.page.locator("#connect")
    form.get_by_label("Address").fill(repository["url"])
    form.get_by_label("Token").fill(repository["token"])
    form.get_by_role("button").click()
    expect(visit.page.locator(".webhook")).to_contain_text("/webhooks/github")
    # Without asking again: the events say when it is done.
    expect(visit.page.locator("#repositories .refs")).to_contain_text(
        "main at " + repository["commit"][:10], timeout=PATIENCE
    )


def search(visit, query, path):
    visit.page.get_by_role("link", name="Search").click()
    form = visit.page.locator("#search")
    form.get_by_label("What are you looking for?").fill(query)
    form.get_by_role("button").click()
    result = visit.page.locator("#results article").first
    expect(result.get_by_role("link")).to_contain_text(path)
    return result


def read_file(visit, result, text):
    result.get_by_role("link").click()
    lines = visit.page.locator("pre.lines")
    expect(lines).to_contain_text(text)
    assert lines.locator("span.marked").count() > 0, "the place is not marked"
    assert lines.locator("*").count() == lines.locator("span").count(), "markup within the file"
    visit.page.get_by_role("button", name="Back").click()
    expect(visit.page.locator("#search")).to_be_visible()


def connect_github(visit, github):
    visit.allowed.add(github["url"])
    visit.page.get_by_role("link", name="Repositories").click()
    visit.page.locator("#connect-github").click()
    visit.page.locator("#authorize").click()
    section = visit.page.locator("#github")
    # The way back ends in the workspace that it began in.
    visit.page.wait_for_url(visit.base + "/ui#*")
    expect(section).to_contain_text("Connected as " + github["login"])
    visit.allowed.discard(github["url"])
    section.get_by_label("Find a repository").fill(github["search"])
    section.get_by_role("button", name="Find", exact=True).click()
    button = section.get_by_role("button", name="Connect " + github["repository"])
    expect(section.locator("#github-repositories li")).to_have_count(1)
    button.click()
    expect(visit.page.locator("#repositories")).to_contain_text(
        github["repository"].split("/")[1]
    )
    assert visit.page.locator(".webhook").count() == 0, "the webhook was not set up"
    expect(visit.page.locator("#repositories .waiting")).to_have_count(0)
    search(visit, github["query"], github["path"])


def with_accounts(browser, task):
    visit = Visit(browser, task["base"], color_scheme="light")
    page = visit.page
    page.goto(task["base"] + "/ui")
    expect(page.locator("#login")).to_be_visible()
    fits(visit)
    visit.step("asks who is there")
    sign_in(visit, task["email"], "no such password as this")
    expect(page.get_by_role("alert")).to_be_visible()
    register(visit, task["email"], task["password"])
    no_secret_in_reach(visit)
    visit.step("has an account")
    workspace = make_workspace(visit, "Shop & <b>Sons</b>")
    connect_repository(visit, task["repository"])
    fits(visit)
    visit.step("watched the first index")
    result = search(visit, task["query"], task["path"])
    read_file(visit, result, task["text"])
    visit.step("found and read")
    # Names and text of the repository that try to be markup stay text.
    result = search(visit, task["hostile"]["query"], task["hostile"]["path"])
    read_file(visit, result, task["hostile"]["text"])
    visit.step("was not run over")
    page.reload()
    expect(page.locator("#search")).to_be_visible()
    no_secret_in_reach(visit)
    visit.step("stays signed in")
    if "github" in task:
        connect_github(visit, task["github"])
        visit.step("picked a repository of GitHub's")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#login")).to_be_visible()
    page.reload()
    expect(page.locator("#login")).to_be_visible()
    visit.step("is signed out for good")
    visit.context.close()
    return workspace


def on_a_phone(browser, task, workspace):
    visit = Visit(
        browser,
        task["base"],
        color_scheme="dark",
        viewport={"width": 360, "height": 640},
        is_mobile=True,
        has_touch=True,
    )
    visit.page.goto(task["base"] + "/ui#" + workspace)
    sign_in(visit, task["email"], task["password"])
    expect(visit.page.locator("#repositories li").first).to_be_visible()
    fits(visit)
    search(visit, task["query"], task["path"])
    fits(visit)
    colour = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "rgb(13, 17, 23)", colour
    if "pictures" in task:
        visit.page.screenshot(path=Path(task["pictures"]) / "phone.png", full_page=True)
    visit.step("fits on a phone, in the dark")
    visit.context.close()


def locally(browser, task):
    visit = Visit(browser, task["base"])
    visit.page.goto(task["base"] + "/ui")
    expect(visit.page.locator("#connect")).to_be_visible()
    assert visit.page.url.endswith("#local"), visit.page.url
    assert visit.page.locator("#login").count() == 0
    connect_repository(visit, task["repository"])
    read_file(visit, search(visit, task["query"], task["path"]), task["text"])
    visit.step("needs no login on this machine")
    visit.context.close()


def main():
    task = json.loads(Path(sys.argv[1]).read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=task["browser"],
            # Tests may run as root in a container, where its own sandbox cannot.
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        if task["kind"] == "local":
            locally(browser, task)
        else:
            workspace = with_accounts(browser, task)
            on_a_phone(browser, task, workspace)
        browser.close()


main()
