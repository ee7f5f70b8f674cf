"""Fuzzes every reader, signatures and reports: `python fuzz/run.py [TARGET...] [--executions N] [--seconds S]`.

Each target runs in a process of its own, which may use 1 GiB more than it begins with; a case that takes over 5 s of
the processor, dies or raises is told with its number, and `--case N` runs that one alone. Cases are a function of
target and number.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

HANG = 5.0
# by the clock, on a machine that does other work besides
_WAITED = 60 * HANG
MEMORY = 1 << 30
_TOLD = 3
# the catalogue and its examples are read once, which is no case
_LOADING = -1


class Outcome(NamedTuple):
    """What became of one target: cases run, what went wrong in words, and the dearest case."""

    name: str
    done: int
    wrong: list[str]
    seconds: float
    slowest: float
    slowest_case: int
    memory: int


def main(words: list[str]) -> int:
    """Return 0 where every target keeps its promises."""
    given = _arguments(words)
    wanted = given.targets or list(targets.names())
    if given.case is not None:
        for name in wanted:
            _show(name, given.case)
        return 0
    weights = {name: targets.WEIGHTS.get(name, 1.0) for name in wanted}
    share = given.executions / sum(weights.values())
    outcomes = [
        _told(_run(name, given.first, round(share * weights[name]), given.seconds / len(wanted))) for name in wanted
    ]
    done, wrong = sum(one.done for one in outcomes), sum(len(one.wrong) for one in outcomes)
    memory = max(one.memory for one in outcomes) // 1_000_000
    print(
        f"{done:,} executions, {wrong} failures, slowest {max(o.slowest for o in outcomes):.2f} s, {memory} MB at most"
    )
    return 1 if wrong else 0


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", choices=[[], *targets.names()])
    parser.add_argument("--executions", type=int, default=100_000, help="over all targets")
    parser.add_argument("--seconds", type=float, default=1e9, help="over all targets; whichever ends first")
    parser.add_argument("--first", type=int, default=0, help="number of the first case of each target")
    parser.add_argument("--case", type=int, help="run this one case, and show what it is")
    return parser.parse_args(words)


def _show(name: str, number: int) -> None:
    if name not in targets.OTHERS:
        print(*targets.case(name, _rng(name, number)))
    targets.target(name)(_rng(name, number))


def _rng(name: str, number: int) -> random.Random:
    return random.Random(f"{name} {number}")


def _told(outcome: Outcome) -> Outcome:
    rate = outcome.done / max(outcome.seconds, 0.001)
    slow = f"slowest {outcome.slowest:.2f} s (case {outcome.slowest_case})"
    print(
        f"{outcome.name:<20}{outcome.done:>9,}  {rate:>7,.0f}/s  {slow}  {outcome.memory // 1_000_000} MB", flush=True
    )
    for wrong in outcome.wrong:
        print("   ", wrong, flush=True)
    return outcome


def _run(name: str, first: int, executions: int, seconds: float) -> Outcome:
    """Run cases in a process that is begun again behind every case that ended it."""
    began, wrong, number = time.monotonic(), [], first
    slowest = (0.0, first)
    memory = 0
    while number < first + executions and time.monotonic() - began < seconds and len(wrong) < _TOLD:
        left = seconds - (time.monotonic() - began)
        for kind, case, value in _cases(name, number, first + executions, left):
            number = case + 1
            if kind == "slow":
                slowest = max(slowest, (value, case))
            elif kind == "memory":
                memory = max(memory, value)
            else:
                wrong.append(f"case {case}: {value}")
    return Outcome(name, number - first, wrong, time.monotonic() - began, *slowest, memory)


def _cases(name: str, number: int, end: int, seconds: float) -> Iterator[tuple[str, int, Any]]:
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    at = context.Value("q", _LOADING, lock=False)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(name, number, end, seconds, at, theirs), daemon=True)
    process.start()
    theirs.close()
    last, since = -1, time.monotonic()
    try:
        while True:
            if ours.poll(0.2):
                yield ours.recv()
            elif at.value == _LOADING or at.value != last:
                last, since = at.value, time.monotonic()
            elif time.monotonic() - since > _WAITED:
                process.kill()
                yield "hang", last, f"takes over {_WAITED:.0f} s by the clock"
                return
    except EOFError:
        process.join()
        if process.exitcode:
            yield "death", max(at.value, number), f"ends the process with {process.exitcode}"
    finally:
        process.kill()


def _work(name: str, number: int, end: int, seconds: float, at: Any, pipe: Any) -> None:
    """Run cases until time or cases end, or one raises."""
    attempt, until = targets.target(name), time.monotonic() + seconds
    slowest = (0.0, number)
    attempt(_rng(name, number))  # what is read once counts for no case
    _limited()
    for case in range(number, end):
        at.value = case
        began = time.process_time()
        try:
            attempt(_rng(name, case))
        except Exception as error:  # noqa: BLE001 - told as what it is
            pipe.send(("raises", case, f"{type(error).__name__}: {error}"[:300]))
            break
        slowest = max(slowest, (time.process_time() - began, case))
        if time.monotonic() > until:
            break
    pipe.send(("memory", case, _peak()))
    pipe.send(("slow", slowest[1], slowest[0]))
    if slowest[0] > HANG:
        pipe.send(("hang", slowest[1], f"takes {slowest[0]:.1f} s"))
    pipe.send(("memory", case, _peak()))


def _limited() -> None:
    """Allow 1 GiB more than is in use, where the system can."""
    try:
        import resource
    except ImportError:
        return
    used = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if used:
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))


def _peak() -> int:
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
