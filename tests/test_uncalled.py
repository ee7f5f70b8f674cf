"""What no code names proves nothing where it is asked whether something is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.scan import assess

if TYPE_CHECKING:
    from pathlib import Path

SERVING = (
    "import mlflow\nfrom sklearn.svm import SVC\n\nSVC().fit(x, y)\nmlflow.sklearn.load_model('models:/churn/1')\n"
)
REPORT = """\
from evidently.report import Report

def report_drift(reference, current):
    Report(metrics=[]).run(reference_data=reference, current_data=current)
"""
HANDLER = REPORT.replace("report_drift", "lambda_handler")
INSIDE = REPORT.replace("def report_drift", "class Watch:\n    def report").replace("\n    Report", "\n        Report")


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ({"churn/drift.py": REPORT}, "weak"),
        ({"churn/drift.py": REPORT, "churn/__init__.py": "from churn.drift import report_drift\n"}, "weak"),
        ({"churn/drift.py": REPORT, "tests/test_drift.py": "from churn.drift import report_drift\n"}, "weak"),
        ({"churn/drift.py": REPORT, "jobs/weekly.py": "from churn.drift import report_drift\n"}, "present"),
        (
            {"churn/drift.py": REPORT, "jobs/weekly.py": "from churn import drift\n\ndrift.report_drift(1, 2)\n"},
            "present",
        ),
        ({"churn/drift.py": f"{REPORT}\n\nreport_drift(1, 2)\n"}, "present"),
        ({"churn/drift.py": REPORT.replace("def ", "@app.command()\ndef ")}, "present"),
        ({"churn/drift.py": REPORT, "conf/jobs.yaml": "weekly:\n  target: churn.drift.report_drift\n"}, "present"),
        ({"churn/drift.py": REPORT, "Makefile": "watch:\n\tpython -m fire churn.drift:report_drift\n"}, "present"),
        ({"churn/drift.py": REPORT, "Makefile": "watch:\n\t@echo 'see report_drift in churn/drift.py'\n"}, "weak"),
        ({"churn/drift.py": INSIDE}, "weak"),
        ({"churn/drift.py": f"{INSIDE}\n\nWatch().report(1, 2)\n"}, "present"),
        ({"churn/drift.py": f"{INSIDE}\n\nclass Daily(Watch):\n    pass\n\n\nDaily().report(1, 2)\n"}, "present"),
        ({"churn/drift.py": f"{REPORT}\n\nif __name__ == '__main__':\n    fire.Fire()\n"}, "present"),
        ({"functions/drift.py": HANDLER}, "present"),  # a platform calls it
    ],
)
def test_a_monitor_that_nothing_names_watches_nothing(tmp_path: Path, texts: dict[str, str], status: str) -> None:
    for name, text in {"churn/serve.py": SERVING, **texts}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert next(one.status for one in assess(str(tmp_path)).capabilities if one.id == "model-monitoring") == status
