from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

FIT = "from sklearn.svm import SVC\n\nSVC().fit(x, y)\n"
DOCKERFILE = "FROM python:3.12\nWORKDIR /opt\nCOPY {copied} ./src\nRUN pip install ./src\n{starts}\n"


@pytest.mark.parametrize(
    ("copied", "starts", "present"),
    [
        ("src", 'ENTRYPOINT ["python"]', True),
        ("worker/src", 'CMD ["/bin/bash"]', True),  # seen from the repository's root
        ("src/train.py", 'ENTRYPOINT ["python"]', True),
        ("web", 'ENTRYPOINT ["python"]', False),
        (".", 'ENTRYPOINT ["python"]', False),
        ("src", 'CMD ["python", "serve.py"]', False),
        ("src", "", False),  # the image that it starts from decides
    ],
)
def test_an_image_that_runs_what_it_is_told_is_an_environment_of_the_code_it_takes(
    copied: str, starts: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    dockerfile = DOCKERFILE.format(copied=copied, starts=starts)
    files = {"worker/src/train.py": FIT, "worker/web/app.py": "", "worker/Dockerfile": dockerfile}
    assert (answer("reproducible-environment", files).status == "present") is present


def test_an_image_of_code_that_does_other_work_is_none(answer: Callable[[str, dict[str, str]], Answer]) -> None:
    dockerfile = DOCKERFILE.format(copied="src", starts='ENTRYPOINT ["python"]')
    files = {"src/app.py": "print(1)\n", "train.py": FIT, "Dockerfile": dockerfile}
    assert answer("reproducible-environment", files).status == "absent"


TRAINS = "#!/usr/bin/env python\nfrom sklearn.svm import SVC\n\ndef fit():\n    SVC().fit(x, y)\n\nfit()\n"


@pytest.mark.parametrize(
    ("layout", "present"),
    [
        ('COPY churn /opt/program\nENV PATH="/opt/program:${PATH}"\n', True),
        ('COPY churn /opt/program\nENV PATH="/opt/program:${PATH}"\nCMD ["python", "-V"]\n', False),
        ('COPY churn /opt/other\nENV PATH="/opt/program:${PATH}"\n', False),
        ("COPY churn /opt/program\n", False),
    ],
)
def test_a_platform_starts_programs_of_known_names_that_an_image_finds(
    layout: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {"churn/train": TRAINS, "Dockerfile": f"FROM ubuntu:22.04\n{layout}"}
    assert (answer("reproducible-environment", files).status == "present") is present
