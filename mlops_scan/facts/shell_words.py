"""The program that a command line really runs: environment, privileges and runners taken off."""

from __future__ import annotations

import posixpath
import re

from mlops_scan.facts.checkouts import from_root

# word(s) that run what follows them; options of the wrapper with a value of their own stand behind
_WRAPPERS: dict[tuple[str, ...], frozenset[str]] = {
    ("sudo",): frozenset({"-u", "-g"}),
    ("env",): frozenset({"-u"}),
    ("sshpass",): frozenset({"-p", "-f", "-d", "-P"}),
    ("nohup",): frozenset(),
    ("exec",): frozenset(),
    ("command",): frozenset(),
    ("nice",): frozenset({"-n"}),
    ("stdbuf",): frozenset(),
    ("xvfb-run",): frozenset({"-s"}),
    ("srun",): frozenset(),
    ("poetry", "run"): frozenset(),
    ("pdm", "run"): frozenset(),
    ("uv", "run"): frozenset(
        {"--with", "--group", "--extra", "--python", "-p", "--package", "--project", "--directory"}
    ),
    ("uvx",): frozenset({"--from", "--with", "--python"}),
    ("uv", "tool", "run"): frozenset({"--from", "--with"}),
    ("pipx", "run"): frozenset({"--spec"}),
    ("pipenv", "run"): frozenset(),
    ("hatch", "run"): frozenset(),
    ("rye", "run"): frozenset(),
    ("pixi", "run"): frozenset({"-e", "--environment"}),
    ("conda", "run"): frozenset({"-n", "--name", "-p"}),
    ("mamba", "run"): frozenset({"-n", "--name", "-p"}),
    ("micromamba", "run"): frozenset({"-n", "--name", "-p"}),
    ("mise", "exec"): frozenset(),
    ("tini",): frozenset({"-p", "-e"}),
    ("dumb-init",): frozenset({"-r", "--rewrite"}),
    ("dockerize",): frozenset({"-wait", "-timeout", "-wait-retry-interval", "-template", "-stdout", "-stderr"}),
    ("dotenv", "run"): frozenset(),
    ("npx",): frozenset({"-p", "--package"}),
    ("bunx",): frozenset(),
    ("npm", "exec"): frozenset({"-p", "--package"}),
    ("pnpm", "dlx"): frozenset({"--package"}),
    ("pnpm", "exec"): frozenset(),
    ("yarn", "dlx"): frozenset({"-p", "--package"}),
    ("coverage", "run"): frozenset({"--source", "--rcfile", "--data-file"}),
    ("python", "-m", "coverage", "run"): frozenset({"--source", "--rcfile", "--data-file"}),
    ("python3", "-m", "coverage", "run"): frozenset({"--source", "--rcfile", "--data-file"}),
}
# those of them that fetch the program first, in the version that is named behind it: `npx serverless@3 deploy`
_FETCHERS = frozenset({"npx", "bunx", "npm", "pnpm", "yarn", "uvx", "uv", "pipx"})
# what waits for a service, or hands secrets over, and then runs what stands behind two dashes
_BEHIND_DASHES = frozenset(
    {"wait-for-it", "wait-for", "wait-for-db", "doppler", "op", "infisical", "chamber", "aws-vault", "dotenv"}
)
# these are told first how long, or as whom
_TOLD_ONE = {"timeout": frozenset({"-s", "-k"}), "gosu": frozenset[str](), "su-exec": frozenset[str]()}
# these watch what they run: both matter
_WATCHING = {
    "ddtrace-run": frozenset[str](),
    "opentelemetry-instrument": frozenset(
        {"--traces_exporter", "--metrics_exporter", "--logs_exporter", "--service_name", "--exporter_otlp_endpoint"}
    ),
}
_LONGEST = max(len(words) for words in _WRAPPERS)
_MAX_WRAPPERS = 8
_NAME = re.compile(r"\$\{?(\w+)\}?")
_TESTS = frozenset({"[", "[[", "test"})
_PYTHONS = frozenset({"python", "python2", "python3", "py", "pypy3", "$PYTHON", "${PYTHON}", "$(PYTHON)", "ipython"})
# modules that are the program of their name
_TASK_RUNNERS = frozenset({"dvc", "invoke", "nox", "tox"})
_SHELLS = frozenset({"sh", "bash", "zsh", "dash"})
# of Windows: these open a window or process of their own, unless they are told to wait for it
_STARTERS = frozenset({"start", "start-process"})
_WAITING = frozenset({"/w", "/wait", "-wait"})


def opens(words: list[str]) -> bool:
    """Tell whether a command opens a window or process of its own, and does not wait for its end."""
    return words[0].lower() in _STARTERS and _WAITING.isdisjoint(word.lower() for word in words)


def inner_shell(words: list[str]) -> str | None:
    """Return the text that ``bash -c '…'`` runs."""
    if words and posixpath.basename(words[0]) in _SHELLS:
        for number, word in enumerate(words[1:-1], 1):
            if word.startswith("-") and word.endswith("c"):
                return words[number + 1]
    if words[:1] == ["eval"]:
        return " ".join(words[1:])
    return None


def watched(words: list[str]) -> list[str]:
    """Return the words that run under the eyes of a program that traces them, empty where none do."""
    return _after_options(words[1:], _WATCHING[words[0]]) if words[0] in _WATCHING else []


def unwrapped(words: list[str]) -> list[str]:
    """Return the words from the program on, with interpreters under their plain name."""
    for _ in range(_MAX_WRAPPERS):
        rest = _without_wrapper(words)
        if rest is words:
            break
        words = rest
    if words[:1] == ["-m"]:  # `uv run -m` runs a module as Python does
        words = ["python", *words]
    words = _plain(words) if words else words
    return words[2:] if words[:2] == ["python", "-m"] and "".join(words[2:3]) in _TASK_RUNNERS else words


def _without_wrapper(words: list[str]) -> list[str]:
    rest = _behind_dashes(words) if words else words
    if rest is not words:
        return rest
    for length in range(_LONGEST, 0, -1):
        valued = _WRAPPERS.get(tuple(words[:length]))
        if valued is not None and len(words) > length:
            rest = _after_options(words[length:], valued)
            if words[0] in _FETCHERS and rest:
                return [_unversioned(rest[0]), *rest[1:]]
            return ["python", *rest] if "coverage" in words[:length] and rest else rest
    valued = _TOLD_ONE.get(words[0]) if words[2:] else None
    return words if valued is None else _after_options(words[1:], valued)[1:]


def _behind_dashes(words: list[str]) -> list[str]:
    """Return what stands behind two dashes, where the program in front runs that."""
    name = posixpath.basename(words[0]).removesuffix(".sh").replace("_", "-")
    return words[words.index("--") + 1 :] if name in _BEHIND_DASHES and "--" in words[:-1] else words


def _unversioned(program: str) -> str:
    """Return a program without the version to fetch; an ``@`` in front is that of a scope."""
    return program[:1] + program[1:].partition("@")[0].partition("==")[0]


def _after_options(words: list[str], valued: frozenset[str]) -> list[str]:
    """Drop options, their values and assignments in front of the program; ``-m`` belongs to the program.

    A plus sign begins what chooses among the environments of a matrix (``hatch run +py=3.12 test:unit``).
    """
    number = 0
    while number < len(words):
        word = words[number]
        if word in valued:
            number += 2
        elif word == "--" or (word.startswith(("-", "+")) and word != "-m") or _is_assignment(word):
            number += 1
        else:
            break
    return words[number:]


def _is_assignment(word: str) -> bool:
    name, equals, value = word.partition("=")
    return bool(equals) and not value.startswith("=") and name.isidentifier()


def _plain(words: list[str]) -> list[str]:
    name = posixpath.basename(words[0].replace("\\", "/")).removesuffix(".exe")
    if name in _PYTHONS or name.startswith(("python3.", "python2.")) or words[0].startswith("${PYTHON"):
        return ["python", *(word for word in words[1:] if word not in {"-u", "-B", "-E", "-s"})]
    if name in {"pip3", "pip2"} or name.startswith("pip3."):
        return ["pip", *words[1:]]
    in_environment = "/bin/" in words[0] or "\\Scripts\\" in words[0]
    return [name, *words[1:]] if in_environment else words


def kept(line: str) -> str:
    """Return the commands whose output a variable keeps: ``RUN=$(az ml job create -f job.yml)``."""
    name, _, value = line.strip().removeprefix("export ").removeprefix("local ").partition("=")
    value = value.removeprefix('"')
    return _inside(value) if name.isidentifier() and value.startswith("$(") else ""


def said(line: str) -> str:
    """Return the command whose output is only told or held against something: ``echo "good=$(python gate.py)"``."""
    words = line.split(maxsplit=2)
    told = words[:1] == ["echo"] or not _TESTS.isdisjoint(words[:2])
    return _inside(line[line.find("$(") :]) if told else ""


def _inside(value: str) -> str:
    """Return what stands in the brackets that a text begins with; nothing of what is reckoned."""
    if value.startswith("$(("):
        return ""
    depth = 0
    for place, letter in enumerate(value):
        depth += (letter == "(") - (letter == ")")
        if letter == ")" and not depth:
            return value[2:place]
    return ""


def moved(directory: str, target: str) -> str:
    """Return the folder that ``cd`` leads to, empty where that is the root or unknown."""
    root = from_root(target)
    directory, target = ("", root or ".") if root is not None else (directory, target)
    if not target or target.startswith(("/", "~", "-")) or "$" in target:
        return ""
    folder = posixpath.normpath(posixpath.join(directory, target))
    return "" if folder == "." or folder.startswith("..") else folder


def substituted(word: str, variables: dict[str, str]) -> str:
    """Return a word with the variables that are known put in."""
    if "$" not in word or not variables:
        return word
    return _NAME.sub(lambda found: variables.get(found[1], found[0]), word)
