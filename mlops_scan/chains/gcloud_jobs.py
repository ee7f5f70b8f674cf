"""Which job of Cloud Run a command line of ``gcloud`` makes, starts or has started on a schedule, by its name.

Sources: https://cloud.google.com/sdk/gcloud/reference/run/jobs and
https://cloud.google.com/run/docs/execute/jobs-on-schedule#command-line
"""

from __future__ import annotations

# a job of Cloud Run, as whoever starts it by its name asks for it
_KIND = "google_cloud_run_v2_job/"
_CHANNELS = frozenset({"alpha", "beta"})
_MAKES = frozenset({"create", "deploy", "update"})
_SCHEDULES = ["scheduler", "jobs", "create"]


def made_by(run: str) -> str:
    """Return the job that a command line of Google Cloud makes or changes, as others ask for it; empty for none."""
    return _job(run, _MAKES)


def executed_by(run: str) -> str:
    """Return the job that a command line of Google Cloud starts, as it is known by; empty for none."""
    return _job(run, frozenset({"execute"})) or (_job(run, _MAKES) if "--execute-now" in run else "")


def named_by_schedule(run: str) -> str:
    """Return the job that a command line of Google Cloud has started on a schedule; empty for none."""
    job, ends, _ = run.partition("/jobs/")[2].partition(":run") if _words(run)[:3] == _SCHEDULES else ("", "", "")
    return f"{_KIND}{job}" if ends and "/" not in job else ""


def _job(run: str, verbs: frozenset[str]) -> str:
    words = _words(run)
    if words[:2] != ["run", "jobs"] or words[2:3] == [] or words[2] not in verbs:
        return ""
    before = ("", *words[3:])
    names = (word for last, word in zip(before, words[3:], strict=False) if _stands(word, last))
    return next((f"{_KIND}{name}" for name in names), "")


def _stands(word: str, last: str) -> bool:
    """Tell whether a word is neither an option nor the value of the one before."""
    return not word.startswith("-") and (not last.startswith("-") or "=" in last)


def _words(run: str) -> list[str]:
    """Return the words behind ``gcloud``, without the channel of a release."""
    words = run.split(" ") if run.startswith("gcloud ") else []
    return [word for word in words[1:] if word not in _CHANNELS]
