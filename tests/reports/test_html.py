from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlops_scan import model
from mlops_scan.assessment import Answer, Assessment, Gap, Next, Origin, Proven, Reached, UseCase
from mlops_scan.chains import Step
from mlops_scan.claims import Attestation
from mlops_scan.facts.kinds import Diagnostic
from mlops_scan.quotes import Quoted
from mlops_scan.reports.assessments import html
from mlops_scan.reports.visible import visible

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ANSWERS = tuple(
    Answer(one.id, one.level, required=model.load().required(one.id), status="absent")
    for one in model.load().capability
)


def proven(text: str, **changes: object) -> Proven:
    steps = (Step(text, 3, f"push {text}"), Step("a.py", 0, text))
    found = Proven("a.b", text, 7, "strong", text, steps)
    return msgspec.structs.replace(found, **changes)


def assessment(*evidence: Proven, text: str = "x", **changes: object) -> Assessment:
    first = Answer("modular-code", 1, required=True, status="attested", evidence=evidence, attestation=said(text))
    values: dict[str, object] = {
        "source": Origin(text, COMMIT, "commit", "", text, {"product": 3}),
        "kind": "ml-system",
        "level": 1,
        "level_name": "DevOps, no MLOps",
        "complete": False,
        "capabilities": (first, *ANSWERS[1:]),
        "gaps": (Gap(1, ("unit-tests",), "Write a test."), Gap(2, ("modular-code", "model-registry"), "Register it.")),
        "diagnostics": (Diagnostic(text, 1, text),),
        "kind_evidence": evidence[:1],
        "use_cases": (UseCase(text, evidence[:1]),) if evidence else (),
        "dimensions": (Reached("model-creation", 1, (1, 2, 4)),),
    }
    return Assessment(**{**values, **changes})  # type: ignore[arg-type]


def said(text: str) -> Attestation:
    return Attestation("modular-code", text, text, text)


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, its links, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(min_size=1, max_size=80))
@example('"><script>alert(1)</script>')
@example("</style><img src=https://evil.example/ onerror=alert(1)>")
@example("{{ 7 * 7 }}{% include 'x' %}")
@example("javascript:alert(1)")
@example("\u202e\x1b[31m</svg>")
@settings(deadline=None, max_examples=60)
def test_text_of_the_repository_makes_no_element_and_no_link(text: str) -> None:
    plain = Shape(html.render(assessment(proven("x"), proven("x", disputed="x"))))
    page = html.render(assessment(proven(text), proven(text, disputed=text), text=text))
    hostile = Shape(page)
    assert hostile.tags == plain.tags
    assert hostile.links == plain.links
    assert visible(text) in hostile.text
    assert not [char for char in page if char != "\n" and visible(char) != char]


def test_only_our_own_style_and_script_count() -> None:
    page = html.render(assessment(proven("train.py")))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    directives = dict(directive.split(" ", 1) for directive in policy.replace("&#39;", "'").split("; "))
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    for element in ("style", "script"):
        (text,) = re.findall(f"<{element}>(.*?)</{element}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert directives[f"{element}-src"] == f"'sha256-{digest}'"
    assert " style=" not in page
    assert page == html.render(assessment(proven("train.py")))


def test_a_place_is_a_link_only_where_it_leads_to_the_line() -> None:
    def quote(path: str, _line: int) -> Quoted:
        return Quoted("model.fit(x)", committed=path == "same.py")

    def links(kind: str, commit: str | None = COMMIT, remote: str = "https://github.com/acme/churn") -> list[str]:
        found = (proven("same.py", chain=()), proven("other.py", chain=()), proven("a\\xff.py", chain=()))
        source = Origin("churn", commit, kind, remote, "ml/")
        shape = Shape(html.render(assessment(*found, source=source, diagnostics=()), quote))
        return sorted({link.rpartition("/")[2] for link in shape.links if "/blob/" in link})

    assert links("commit") == ["other.py?plain=1#L7", "same.py?plain=1#L7"]
    assert links("worktree") == ["same.py?plain=1#L7"]
    assert links("index", commit=None) == []
    assert links("commit", remote="") == []


def test_lines_are_quoted_and_hidden_ones_said_to_be() -> None:
    shown = html.render(assessment(proven("a.py")), lambda _path, _line: Quoted('fit("<b>")'))
    assert "<pre><code>fit(&#34;&lt;b&gt;&#34;)</code></pre>" in shown
    assert "it may hold a secret" in html.render(assessment(proven("a.py")), lambda _path, _line: Quoted(hidden=True))


def test_what_follows_the_name_of_a_secret_in_a_chain_is_hidden() -> None:
    chain = (Step("ci.yml", 1, "publishes: twine upload --password hunter2"),)
    page = html.render(assessment(proven("a.py", chain=chain)))
    assert "hunter2" not in page
    assert page.count("--password ***") == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https:", "https://[x", "wiki"])
def test_an_attestation_links_to_the_web_only(url: str) -> None:
    first = Answer("modular-code", 1, required=True, status="attested", attestation=Attestation("m", "r", url))
    shape = Shape(html.render(assessment(capabilities=(first,))))
    assert url not in shape.links
    assert url in shape.text


def test_20_000_pieces_of_evidence_stay_under_3_mb_and_what_is_cut_is_said() -> None:
    chain = tuple(Step("&" * 300, number, "\"'&<>\U0001f600" * 60) for number in range(30))
    many = tuple(proven("<" * 300, line=number, chain=chain, summary="&" * 400) for number in range(800))
    answers = tuple(Answer(one.id, one.level, one.required, "present", many) for one in ANSWERS)
    told = tuple(Diagnostic("&" * 90, 1, "&" * 400) for _ in range(20_000))
    page = html.render(assessment(capabilities=answers, diagnostics=told))
    assert len(page.encode()) < 3_000_000
    shown = [len(re.findall('<li class="proof', part)) for part in page.split('<details class="capability')[1:]]
    left = [int(number) for number in re.findall(r"and (\d+) more places", page)]
    assert [one + other for one, other in zip(shown, left, strict=True)] == [800] * 25
    assert "and 19,950 more of them" in page


def test_what_is_said_of_several_places_is_said_once() -> None:
    alike = [proven("a.py", line=line, chain=(), summary="Fits a model.") for line in (1, 2)]
    weak = proven("a.py", line=3, chain=(), summary="Fits a model.", strength="weak")
    page = html.render(assessment(*alike, weak, kind_evidence=(), gaps=()))
    assert page.count("Fits a model.") == 2
    assert [f"a.py:{line}</code>" in page for line in (1, 2, 3)] == [True, True, True]


@pytest.mark.parametrize(
    ("path", "remote", "name"),
    [
        (".", "", "this repository"),
        ("..", "", "this repository"),
        ("/srv/churn", "", "churn"),
        (".", "https://dev.azure.com/acme/My%20Project/_git/churn", "acme/My Project/churn"),
    ],
)
def test_a_repository_has_a_name(path: str, remote: str, name: str) -> None:
    page = html.render(assessment(source=Origin(path, COMMIT, "commit", remote)))
    assert f"<title>MLOps maturity of {name}</title>" in page


def test_no_level_shows_no_ladder() -> None:
    page = html.render(assessment(kind="no-ml", level=None, gaps=(), dimensions=()))
    assert "<h1>No level</h1>" in page
    assert 'aria-current="step"' not in page


def test_at_most_three_next_steps_are_cards() -> None:
    steps = tuple(Next((one.id,), 2, "Do it.", change="So.") for one in ANSWERS[:5])
    page = html.render(assessment(next_steps=steps))
    assert page.count("<p>Do it.</p>") == 3
    assert page.count("<p>So.</p>") == 3
    assert "Then 2 more" in page


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("google", ("By Google MLOps levels", "Experimental-operational symmetry", "CI/CD pipeline automation")),
        (
            "ml-test-score",
            ("By ML Test Score", "Monitoring: 0 of 7 points", "Offline and online metrics"),
        ),
    ],
)
def test_a_page_by_another_model_is_of_its_levels_or_sections(name: str, said: tuple[str, ...]) -> None:
    by = model.load(name)
    answers = tuple(Answer(one.id, one.level, by.required(one.id), "absent") for one in by.capability)
    page = html.render(assessment(capabilities=answers, model=by.ladder, dimensions=(), level_name="Other"))
    assert [words for words in said if words not in page] == []
    assert "By " not in html.render(assessment()).partition("<main>")[0].partition("<body>")[2]
