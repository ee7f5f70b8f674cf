"""A case a capability, as JUnit XML, for the dashboards that read test results.

Source of the format, as most readers take it: https://github.com/testmoapp/junitxml.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import groupby
from typing import TYPE_CHECKING

from mlops_scan.reports import models
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.assessment import Answer, Assessment

_LONG = 1000


def render(assessment: Assessment) -> str:
    """Return a suite a level.

    A gap is a failure; what no level asks for yet, or another capability stands in for, is skipped where it is absent.
    """
    wanted = {gap.capabilities[0]: gap.advice for gap in assessment.gaps}
    suites = [
        _suite(_inside(assessment.model.heading(number)), list(answers), wanted)
        for number, answers in groupby(assessment.capabilities, key=lambda answer: answer.level)
    ]
    root = ET.Element("testsuites", {"name": f"mlops-scan{models.beside(assessment)}", **_sums(suites)})
    if said := models.team(assessment):
        properties = ET.Element("properties")
        ET.SubElement(properties, "property", {"name": "team", "value": said})
        suites[0].insert(0, properties)
    root.extend(suites)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _sums(suites: Iterable[ET.Element]) -> dict[str, str]:
    suites = list(suites)
    return {key: str(sum(int(suite.get(key, 0)) for suite in suites)) for key in ("tests", "failures", "skipped")}


def _inside(heading: str) -> str:
    return heading[0].lower() + heading[1:]


def _suite(name: str, answers: list[Answer], wanted: dict[str, str]) -> ET.Element:
    cases = [_case(answer, wanted) for answer in answers]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    suite = ET.Element("testsuite", {"name": name, **{key: str(count) for key, count in counts.items()}})
    suite.extend(cases)
    return suite


def _case(answer: Answer, wanted: dict[str, str]) -> ET.Element:
    case = ET.Element("testcase", {"classname": f"mlops.level{answer.level}", "name": answer.id, "time": "0"})
    told = "\n".join(_proofs(answer))
    if answer.id in wanted:
        ET.SubElement(case, "failure", {"message": wanted[answer.id]}).text = told
    elif not answer.holds:
        ET.SubElement(case, "skipped", {"message": answer.status})
    elif told:
        ET.SubElement(case, "system-out").text = told
    return case


def _proofs(answer: Answer) -> Iterator[str]:
    if answer.attestation:
        yield visible(f"attested: {answer.attestation.reason}", _LONG)
    for found in answer.evidence:
        mark = " (disputed)" if found.disputed else ""
        yield f"{found.strength}{mark}: {place(found.path, found.line)} {visible(found.summary, _LONG)}"
