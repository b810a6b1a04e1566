"""The page in a real browser: Chromium, driven by Playwright."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.footage import DEMO
from tests.web.server import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MS = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (make test-system)")

CONTRAST_AND_NAMES = Path(__file__).with_name("accessibility.js")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        # Chromium's sandbox does not start for root in a container.
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The start page in English; script errors and CSP violations fail the test."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    requested: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith(server.url) else requested.append(request.url),
    )
    page.goto(server.url)
    page.wait_for_selector("#home-view:not([hidden])")
    yield page
    context.close()
    assert problems == []
    assert [url for url in requested if not url.startswith(server.url)] == []


def findings(page: Page) -> list[str]:
    """Accessibility problems: missing names, low contrast, wrong order."""
    found: list[str] = page.evaluate(CONTRAST_AND_NAMES.read_text(encoding="utf-8"))
    return found


def wait_until(page: Page, condition: str) -> None:
    """Playwright's own waiting for a condition needs eval(), which the page's CSP forbids."""
    deadline_s = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < deadline_s, condition
        page.wait_for_timeout(50)


def send(page: Page, video: Path) -> None:
    page.set_input_files("#file", video)
    page.wait_for_selector("#job-view:not([hidden])")


def test_a_recording_is_uploaded_captioned_and_downloaded(page: Page, tmp_path: Path) -> None:
    send(page, DEMO)
    page.wait_for_selector(".line")
    assert page.locator("#job-state progress").count() == 1, "the first line comes while the video is read"
    page.wait_for_selector("#downloads:not([hidden])")
    texts = page.locator(".line .said").all_inner_texts()
    assert len(texts) == 4

    page.evaluate("document.querySelector('video').currentTime = 2.5")
    wait_until(page, "document.querySelector('video').textTracks[0].activeCues?.length === 1")
    shown = page.evaluate("document.querySelector('video').textTracks[0].activeCues[0].text")
    assert texts[0] in shown
    page.wait_for_selector(".line.now")

    with page.expect_download() as download:
        page.get_by_role("link", name="SRT").click()
    assert download.value.suggested_filename == "demo-en.srt"
    assert texts[0] in download.value.path().read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.get_by_role("button", name="As a track (MP4)").click()
    assert download.value.suggested_filename == "demo-en.mp4"
    assert findings(page) == []


def test_lines_are_corrected_with_the_keyboard(page: Page, server: Server, done: str) -> None:
    page.goto(f"{server.url}/#/{done}")
    text = page.locator(".line .said").first
    before = text.inner_text()
    text.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type(" & more")
    page.keyboard.press("Enter")
    wait_until(page, "document.querySelector('.line .said')?.textContent.endsWith(' & more')")
    assert f"{before} &amp; more" in server.get(f"/api/jobs/{done}/captions.vtt").text
    with server.client() as client:
        assert client.put(f"/api/jobs/{done}/lines/1", json={"text": before}).status_code == 204


def test_every_view_is_translated(page: Page, server: Server, done: str) -> None:
    for path in ("", f"#/{done}"):
        page.goto(f"{server.url}/{path}")
        page.wait_for_selector(f"#{'job' if path else 'home'}-view:not([hidden])")
        page.get_by_role("button", name="한국어").click()
        wait_until(page, "document.documentElement.lang === 'ko'")
        shown = page.locator("main").inner_text()
        words = re.findall(r"[A-Za-z]{4,}", shown)
        # Names of files, formats and speakers are not translated.
        known = {"first", "sentence", "JSON", "WebM", "Speaker"} | set(
            page.locator(".lines").all_inner_texts()[0].split()
        )
        assert [word for word in words if word not in known] == []
        page.get_by_role("button", name="English").click()
        wait_until(page, "document.documentElement.lang === 'en'")
        assert not re.search("[가-힣]", page.locator("main").inner_text())


def test_errors_are_shown_in_korean(page: Page, tmp_path: Path) -> None:
    (tmp_path / "note.mp4").write_text("no video")
    page.get_by_role("button", name="한국어").click()
    send(page, tmp_path / "note.mp4")
    page.wait_for_selector("#job-state .problem")
    assert re.search("note.mp4.*[가-힣]", page.locator("#job-state .problem").inner_text())
    assert page.locator("#video-problem").is_hidden(), "one reason is enough"
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("link", name="모든 영상").click()
    page.locator("#jobs button").wait_for()
    remove = page.locator("#jobs button").bounding_box()
    assert remove
    assert remove["width"] > remove["height"], "a long message leaves room for the button"


def test_several_videos_are_followed_in_the_list(page: Page, tmp_path: Path) -> None:
    videos = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for video in videos:
        video.write_text("no video")
    page.set_input_files("#file", videos)
    page.locator(".jobs li .problem").nth(1).wait_for()
    assert page.locator("#home-view").is_visible()


def test_deleting_asks_for_confirmation(page: Page, server: Server, clip: Path) -> None:
    send(page, clip)
    job_id = page.url.rpartition("/")[2]
    page.locator("#delete").click()
    page.locator("#confirm").get_by_role("button", name="Keep").click()
    assert server.get(f"/api/jobs/{job_id}").status_code == 200
    page.locator("#delete").click()
    page.locator("#confirm").get_by_role("button", name="Delete").click()
    page.wait_for_selector("#home-view:not([hidden])")
    assert page.locator(".jobs li").count() == 0
    assert server.get(f"/api/jobs/{job_id}").status_code == 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_accessible(scheme: str, width: int, page: Page, server: Server, done: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("", f"#/{done}"):
        page.goto(f"{server.url}/{path}")
        page.wait_for_selector(f"#{'job' if path else 'home'}-view:not([hidden])")
        if not path:
            page.locator("summary").click()
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_tab_follows_the_order_of_the_page(page: Page) -> None:
    places = []
    for _ in range(9):
        page.keyboard.press("Tab")
        places.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    assert places[0] == "Skip to the content"
    order = ["KLipNet Live", "English", "한국어", "", "file", "Options"]
    assert places[1:4] == order[:3]
    assert places.index("file") < places.index("Options") < places.index("API (OpenAPI)")


def test_the_page_asks_for_the_token(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path, "--token") as guarded:
        page = browser.new_context(locale="en-US").new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(guarded.url)
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button", name="Open").click()
        page.wait_for_selector("#token-problem:not(:empty)")
        assert findings(page) == []
        page.get_by_label("Token").fill(guarded.token)
        page.get_by_role("button", name="Open").click()
        page.wait_for_selector("#home-view:not([hidden])")
        other = browser.new_context(locale="en-US").new_page()
        other.goto(f"{guarded.url}/#token={guarded.token}")
        other.wait_for_selector("#home-view:not([hidden])")
        assert guarded.token not in other.url
