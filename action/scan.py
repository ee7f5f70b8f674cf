"""The step that scans: reports, badge, summary and outputs are all written before the status is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import baseline
import runner
import wishes

# as `mlops-scan` ends; after a scan that went well, wrong usage can only mean the baseline
PASSED, GATE_FAILED, NO_SUCH = 0, 1, 2
# characters of a comment, less than GitHub's 65,536: the marker and the link stand beside the reports
MOST_COMMENT = 65_000


class Done(NamedTuple):
    """How a command ended: its status, the annotations that it showed, and what it said."""

    status: int
    shown: str
    said: str


def run(words: list[str], cache: str) -> Done:
    """Run mlops-scan; modules and settings of the job's own Python are out of its reach."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "mlops_scan", *words]
    caches = {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache} if cache else {}
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", errors="replace", env={**os.environ, **caches}
    )
    return Done(done.returncode, done.stdout, done.stderr)


def main() -> None:
    """Scan, and write everything."""
    wished = wishes.read(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="mlops-scan-", dir=os.environ["RUNNER_TEMP"]))
    cache = os.environ.get("MLOPS_SCAN_CACHE", "")
    written = wishes.reports(wished, folder)
    scanned = run(wishes.scan(wished, written), cache)
    if scanned.status not in {PASSED, GATE_FAILED}:
        fail(scanned)
        return
    report = json.loads(Path(written[0].file).read_text(encoding="utf-8"))
    changed = compared(wished, report["source"]["commit"], folder / "difference.md", cache)
    badges = [run(words, cache) for words in wishes.badges(wished, folder / "badge.json")]
    print(changed.shown + scanned.shown, end="", flush=True)  # GitHub shows the first ten: what was lost comes first
    runner.show("Report", Path(written[2].file).read_text(encoding="utf-8"))
    texts(folder, Path(written[1].file))
    outputs(report, written, folder)
    status([scanned, changed, *badges])


def compared(wished: wishes.Wishes, commit: str | None, file: Path, cache: str) -> Done:
    """Compare with the baseline, if there is one; say so where it cannot be had."""
    bases = (
        [wished.baseline] if wished.baseline else baseline.candidates(os.environ, baseline.event(os.environ), commit)
    )
    if not bases or bases == [wishes.NONE]:
        return Done(PASSED, "", "")
    for base in bases:
        done = run(wishes.diff(wished, base, file), cache)
        if done.status != NO_SUCH:
            lost = "a capability or a level was lost"
            return done._replace(said=lost if done.status == GATE_FAILED else done.said)
    said = f"not compared with {bases[-1]}: {done.said.strip()}; {baseline.HOW_TO_FETCH}"
    if wished.no_regress:
        return Done(done.status, "", said)
    runner.tell("notice", said)
    return Done(PASSED, "", "")


def texts(folder: Path, report: Path) -> None:
    """Write the summary and the comment: what changed first, then the whole report where there is room."""
    files = [folder / "difference.md", report]
    parts = [file.read_text(encoding="utf-8") for file in files if file.exists()]
    runner.summary("\n".join(parts))
    run_url = "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}".format_map(os.environ)
    whole = "\n".join(parts)
    body = (
        whole if len(whole) < MOST_COMMENT else f"{parts[0]}\nThe report is in the [summary of the run]({run_url}).\n"
    )
    (folder / "comment.md").write_text(body, encoding="utf-8")
    runner.output("comment", str(folder / "comment.md"))


def outputs(report: dict[str, object], written: list[wishes.Report], folder: Path) -> None:
    """Set the outputs that `action.yml` describes."""
    runner.output("level", "" if report["level"] is None else str(report["level"]))
    runner.output("level-name", str(report["level_name"]))
    badge = folder / "badge.json"
    runner.output("badge", badge.read_text(encoding="utf-8").strip() if badge.exists() else "")
    runner.output("report", "\n".join(file for _, file in written))
    runner.output("sarif", next((file for kind, file in written if kind == "sarif"), ""))


def status(ends: list[Done]) -> None:
    """Tell every end that is none, and the first of their statuses as that of the whole."""
    failed = [done for done in ends if done.status != PASSED]
    for done in failed:
        runner.tell("error", done.said)
    runner.output("status", str(failed[0].status if failed else PASSED))


def fail(done: Done) -> None:
    """Tell that nothing could be scanned."""
    print(done.shown, end="")
    status([done])


if __name__ == "__main__":
    main()
