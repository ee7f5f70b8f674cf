"""The HTML report in a browser: nothing is asked of anybody, and everything can be reached."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from mlops_scan import quotes, scan
from mlops_scan.assessment import Answer, Assessment, Proven
from mlops_scan.chains import Step
from mlops_scan.claims import Attestation
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.quotes import Quoted
from mlops_scan.reports.assessments import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FIXTURES = Path(__file__).parents[3] / "fixtures"
EVIL = "\"'><img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script></style></svg>"
THEMES = ("light", "dark")


@pytest.fixture(scope="module")
def level_4() -> Assessment:
    return scan.assess(str(FIXTURES / "level-4-scheduled/repo"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with every part of it: evidence of all statuses, chains, claims, diagnostics, links."""
    judged = scan.judge(str(FIXTURES / "level-2-dvc-mlflow/repo"))
    found = judged.assessment
    disputed = tuple(msgspec.structs.replace(proof, disputed="A leftover") for proof in found.kind_evidence)
    first, *others = found.capabilities
    said = Attestation(first.id, "Done elsewhere", "https://wiki.example.com/x", "ml-platform")
    first = msgspec.structs.replace(first, status="attested", evidence=first.evidence + disputed, attestation=said)
    whole = msgspec.structs.replace(
        found,
        source=msgspec.structs.replace(found.source, remote="https://github.com/acme/churn"),
        capabilities=(first, *others),
        diagnostics=(Diagnostic("a.yml", 3, "broken"),),
    )
    return written(tmp_path_factory.mktemp("report"), html.render(whole, quotes.of(judged.source, found)))


def written(folder: Path, page: str) -> Path:
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    return file


@contextmanager
def opened(browser: Browser, file: Path, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - playwright's own options
    """Open a page, which asks for nothing but itself and logs nothing."""
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
    page = context.new_page()
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(file.as_uri())
    yield page
    page.wait_for_timeout(100)
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert told == []


def visible(page: Page) -> list[str]:
    return [item.get_attribute("id") or "" for item in page.locator("details.capability").all() if item.is_visible()]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [380, 1400])
def test_axe_finds_nothing_and_nothing_runs_over(
    browser: Browser, axe: str, report: Path, theme: str, width: int
) -> None:
    with opened(browser, report, color_scheme=theme, viewport={"width": width, "height": 900}) as page:
        page.evaluate(axe)
        for _ in range(2):
            found = page.evaluate("axe.run()")
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
            assert len(found["passes"]) > 20
            assert page.evaluate("document.documentElement.scrollWidth") == width
            page.click("#open")


def test_the_theme_is_that_of_the_reader(browser: Browser, report: Path) -> None:
    colours = []
    for theme in THEMES:
        with opened(browser, report, color_scheme=theme) as page:
            colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(245, 246, 248)", "rgb(15, 19, 24)"]


def test_the_filter_leaves_what_has_all_words(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        assert len(visible(page)) == 25
        page.keyboard.press("/")
        page.keyboard.type("DVC.yaml prepare")
        assert visible(page) == ["training-pipeline"]
        assert page.locator("#count").inner_text() == "1 of 25"
        assert page.locator(".level:visible").count() == 1
        page.keyboard.type(" no such word")
        assert visible(page) == []
        assert page.locator("#nothing").is_visible()
        page.keyboard.press("Escape")
        assert len(visible(page)) == 25
        assert page.locator("#filter").input_value() == ""


def test_evidence_opens_with_the_keyboard_and_shows_line_chain_and_link(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        item = page.locator("#training-pipeline")
        assert not item.locator("pre").first.is_visible()
        item.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert item.locator("pre").first.inner_text() == "cmd: python src/prepare.py data/loans.csv data/clean.csv"
        link = "https://github.com/acme/churn/blob/"
        assert (item.locator("a.place").first.get_attribute("href") or "").startswith(link)
        assert item.locator("svg[role=img]").is_visible()
        item.locator(".chain summary").first.focus()
        page.keyboard.press("Space")
        assert item.locator(".chain li").first.is_visible()


def test_the_tab_key_comes_to_everything_from_the_top(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.parentElement.id") == "zero-downtime":
                break
        assert page.evaluate("document.activeElement.parentElement.id") == "zero-downtime"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_all_opens_and_closes_at_once(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        for state in (True, False):
            page.click("#open")
            assert page.locator("details[open]").count() == (page.locator("details").count() if state else 0)
            assert page.locator("#open").get_attribute("aria-pressed") == str(state).lower()


@pytest.mark.parametrize("script", [True, False])
def test_paper_has_all_evidence_and_no_tools(browser: Browser, report: Path, script: bool) -> None:
    with opened(browser, report, java_script_enabled=script, color_scheme="dark") as page:
        page.emulate_media(media="print")
        assert page.locator("#training-pipeline pre").first.evaluate("element => element.getClientRects().length") == 1
        assert page.locator("#training-pipeline pre").first.is_visible()
        assert not page.locator("#tools").is_visible()
        assert page.locator("body").evaluate("body => getComputedStyle(body).color") == "rgb(27, 31, 36)"
        assert page.pdf().startswith(b"%PDF-")


def test_without_script_everything_but_the_tools_is_there(browser: Browser, report: Path) -> None:
    with opened(browser, report, java_script_enabled=False) as page:
        assert not page.locator("#tools").is_visible()
        page.locator("#training-pipeline > summary").click()
        assert page.locator("#training-pipeline pre").first.is_visible()
        assert page.locator("[aria-current=step]").inner_text().startswith("2")


def test_what_a_repository_says_stays_text(browser: Browser, level_4: Assessment, tmp_path: Path) -> None:
    evil = Proven("a.b", EVIL, 1, "strong", EVIL, (Step(EVIL, 1, EVIL), Step("a.py", 2, EVIL)))
    said = Attestation("modular-code", EVIL, f"javascript:alert(3)//{EVIL}", EVIL)
    first = Answer("modular-code", 1, required=True, status="attested", evidence=(evil,), attestation=said)
    source = msgspec.structs.replace(level_4.source, path=EVIL, remote="", folder=EVIL)
    hostile = msgspec.structs.replace(
        level_4,
        source=source,
        capabilities=(first, *level_4.capabilities[1:]),
        diagnostics=(Diagnostic(EVIL, 1, EVIL),),
        kind_evidence=(evil,),
    )
    file = written(tmp_path, html.render(hostile, lambda _path, _line: Quoted(EVIL)))
    with opened(browser, file) as page:
        page.click("#open")
        assert page.evaluate("[document.images.length, document.scripts.length, document.styleSheets.length]") == [
            0,
            1,
            1,
        ]
        assert page.locator("#modular-code pre").first.inner_text() == EVIL
        assert page.locator("a[href^=javascript]").count() == 0


def test_even_markup_that_came_through_would_do_nothing(browser: Browser, report: Path, tmp_path: Path) -> None:
    bad = "<script>document.title='run'</script><p id=bad style='color:red' onclick='1'></p><img src=https://evil.example/x>"
    page_text = report.read_text(encoding="utf-8").replace("</main>", f"{bad}</main>")
    context = browser.new_context()
    page = context.new_page()
    answered: list[str] = []
    page.on("requestfinished", lambda request: answered.append(request.url))
    page.goto(written(tmp_path, page_text).as_uri())
    assert page.title().startswith("MLOps maturity of")
    assert page.locator("#bad").evaluate("element => getComputedStyle(element).color") != "rgb(255, 0, 0)"
    assert not [url for url in answered if "evil" in url]
    context.close()
