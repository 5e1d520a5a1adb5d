"""Take the pictures of `docs/images` anew, from a running server, in headless Chromium.

    safepassage --data data ingest seeds && safepassage --data data serve &
    python scripts/screenshots.py --server http://127.0.0.1:8000

The pictures show the seeds as they are answered; nothing on them is made up. `--guest NAME=URL`
takes a picture of somebody else's page with the element in it, as the guides show them.
`--moderator NAME PASSWORD` takes those of the moderators' pages that show nothing anybody asked.
"""

import argparse
import base64
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
PHONE, TABLET, DESKTOP = (390, 844), (820, 1180), (1280, 900)
QUALITY = 72

ZH = "氯胺酮会上瘾吗？"
ZH_HANT = "氯胺酮和酒精一起用會怎樣？"
EN = "Can esketamine lead to dissociation?"
URGENT = "我朋友吸了K粉之后叫不醒，嘴唇发紫"
URGENT_EN = "my friend took ketamine and will not wake up, lips are blue"
CRISIS = "I do not want to live any more"
DOSE = "氯胺酮一次吸多少毫克？"
UNKNOWN = "麦司卡林对肝脏有什么影响？"
SEVERAL = "喵喵会上瘾吗？"
SIMILAR = "What are the effects of cetamine?"
LONG = "氯胺酮的不良反应有哪些？会伤膀胱吗，会让人依赖吗，解离是怎么回事？"

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/opentype/noto</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="append" binding="strong">
<string>Noto Sans CJK SC</string></edit></match></fontconfig>"""
"""The faces that the pictures are set in, so that they look the same on every machine."""

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One picture: an address, a window, and what is done before it is taken."""

    name: str
    path: str = "/"
    lang: str = "zh-Hans"
    size: tuple[int, int] = PHONE
    scheme: str = "light"
    script: bool = True
    acts: tuple[Act, ...] = field(default=())


def ask(question: str) -> Act:
    """Ask in the element, agreeing where it asks for that."""

    def act(page: Page) -> None:
        field = page.locator(".compose textarea")
        field.fill(question)
        field.press("Enter")
        agree = page.locator(".consent .solid")
        answer = page.locator("article.answer").last
        agree.or_(answer).first.wait_for()
        if agree.is_visible():
            agree.click()
        answer.wait_for()
        page.wait_for_timeout(600)

    return act


def asked_to_agree(page: Page) -> None:
    """Ask the first question, and stop where the element asks about keeping it."""
    page.locator(".compose textarea").fill(ZH)
    page.locator(".compose textarea").press("Enter")
    page.locator(".consent").wait_for()


def post(question: str) -> Act:
    """Ask in the form, where no script runs."""

    def act(page: Page) -> None:
        page.locator("#question").fill(question)
        page.locator("form.question button").last.click()
        page.locator(".answer").wait_for()

    return act


def unreachable(page: Page) -> None:
    """Ask while no server answers."""
    page.route("**/api/v1/ask", lambda route: route.abort())
    page.locator(".compose textarea").fill(ZH)
    page.locator(".compose textarea").press("Enter")
    page.locator(".consent .solid").click()
    page.locator(".problem .solid").wait_for()


def offered(page: Page) -> None:
    """Wait until the element offers questions."""
    page.locator(".topics button").first.wait_for()


def launch(page: Page) -> None:
    """Open the floating element."""
    page.locator(".launcher").click()


def show(selector: str) -> Act:
    """Scroll until something stands at the top."""
    return lambda page: page.locator(selector).first.evaluate("one => one.scrollIntoView()")


def unfold(page: Page) -> None:
    """Open one substance of the page for browsing."""
    page.locator(".entries summary").nth(1).click()


def quoted(page: Page) -> None:
    """Follow the first quotation to its place in the document."""
    page.locator("#question").fill(EN)
    page.locator("form.question button").last.click()
    page.locator(".quote .links a").first.click()
    page.locator(".passage:target").wait_for()


SHOTS = (
    Shot("chat-phone", acts=(offered,)),
    Shot("chat-tablet-dark", lang="zh-Hant", size=TABLET, scheme="dark", acts=(offered,)),
    Shot("answer-phone", acts=(ask(ZH),)),
    Shot("answer-desktop", lang="en", size=DESKTOP, acts=(ask(EN),)),
    Shot("answer-phone-dark", lang="zh-Hant", scheme="dark", acts=(ask(ZH_HANT),)),
    Shot("safety-phone", acts=(ask(ZH), show(".safety"))),
    Shot("long-tablet", size=TABLET, acts=(ask(LONG),)),
    Shot("emergency-phone", acts=(ask(URGENT),)),
    Shot("emergency-desktop-dark", lang="en", size=DESKTOP, scheme="dark", acts=(ask(URGENT_EN),)),
    Shot("crisis-phone", lang="en", acts=(ask(CRISIS),)),
    Shot("declined-phone", acts=(ask(DOSE),)),
    Shot("not-found-phone", acts=(ask(UNKNOWN),)),
    Shot("clarify-phone", acts=(ask(SEVERAL),)),
    Shot("similar-phone", lang="en", acts=(ask(SIMILAR),)),
    Shot("consent-phone", acts=(asked_to_agree,)),
    Shot("unreachable-phone", acts=(unreachable,)),
    Shot("form-phone", lang="en", script=False),
    Shot("form-answer-phone-dark", scheme="dark", script=False, acts=(post(ZH),)),
    Shot("topics-phone", "/topics", script=False, acts=(unfold,)),
    Shot("topics-desktop", "/topics", "en", DESKTOP, script=False, acts=(unfold,)),
    Shot("sources-tablet", "/sources", "zh-Hant", TABLET),
    Shot("viewer-desktop", lang="en", size=DESKTOP, script=False, acts=(quoted,)),
    Shot("viewer-phone-dark", scheme="dark", script=False, acts=(quoted,)),
    Shot("missing-phone", "/nothing"),
    Shot("demo-tablet", "/demo", "en", TABLET, acts=(launch, ask(EN))),
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with the faces of the pictures."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playing:
        fonts = Path(place) / "fonts.conf"
        fonts.write_text(FONTS.format(cache=place), "utf-8")
        browser = playing.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        yield browser
        browser.close()


def take(browser: Browser, address: str, shot: Shot, out: Path) -> None:
    """Open, act and write one picture as WebP."""
    width, height = shot.size
    options: dict[str, Any] = {"color_scheme": shot.scheme, "locale": shot.lang}
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=shot.script,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(address)
    for act in shot.acts:
        act(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    session = context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    (out / f"{shot.name}.webp").write_bytes(base64.b64decode(taken["data"]))
    context.close()


def guest(name: str) -> Shot:
    """A picture of a page that is not ours."""

    def open_and_ask(page: Page) -> None:
        page.locator(".launcher, .compose textarea").first.wait_for()
        if page.locator(".launcher").count():
            launch(page)
        ask(ZH if page.locator("html").get_attribute("lang") == "zh" else EN)(page)
        page.evaluate("scrollTo(0, 0)")

    dark = "dark" if name == "mkdocs-material" else "light"
    return Shot(name, size=DESKTOP, scheme=dark, acts=(open_and_ask,))


def counted(name: str, password: str) -> Act:
    """Log in, and go to what is withheld: counts alone, for originals hold amounts."""

    def act(page: Page) -> None:
        page.locator("#name").fill(name)
        page.locator("#password").fill(password)
        page.locator("#password").press("Enter")
        page.locator('a[href="/review/withheld"]').click()
        page.locator("main .queue").wait_for()

    return act


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--server", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", nargs="*", help="names of pictures")
    parser.add_argument("--guest", action="append", default=[], metavar="NAME=URL")
    parser.add_argument("--moderator", nargs=2, metavar=("NAME", "PASSWORD"))
    options = parser.parse_args()
    with chromium() as browser:
        for each in options.guest:
            name, _, address = each.partition("=")
            take(browser, address, guest(name), options.out)
        if options.moderator:
            shot = Shot("withheld-phone", lang="en", acts=(counted(*options.moderator),))
            take(browser, f"{options.server}/review/login", shot, options.out)
        for shot in () if options.guest or options.moderator else SHOTS:
            if options.only is None or shot.name in options.only:
                address = f"{options.server}{quote(shot.path)}?{urlencode({'lang': shot.lang})}"
                take(browser, address, shot, options.out)


if __name__ == "__main__":
    main()
