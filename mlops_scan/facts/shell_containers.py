"""The program that a command line runs in a container: ``docker compose run api pytest`` runs ``pytest``.

Sources of the options: https://docs.docker.com/reference/cli/docker/compose/run/,
https://docs.docker.com/reference/cli/docker/container/run/ and https://docs.docker.com/reference/cli/docker/container/exec/
"""

from __future__ import annotations

from mlops_scan.facts.shell_words import unwrapped

_COMPOSE = ("docker-compose", "podman-compose")
_ENGINES = frozenset({"docker", "podman"})
_STARTING = frozenset({"run", "exec"})
_ENTRY = "--entrypoint"
_NAMED = 2  # what is to be done, and in which container
# options of either that take a value
_VALUED = frozenset(
    {
        *(
            "-e",
            "--env",
            "--env-file",
            "-u",
            "--user",
            "-w",
            "--workdir",
            "-v",
            "--volume",
            "-p",
            "--publish",
            "--name",
        ),
        *("-f", "--file", "--project-name", "--project-directory", "--profile", "--index", "-l", "--label", _ENTRY),
        *("--network", "--net", "--mount", "--gpus", "--shm-size", "-m", "--memory", "--cpus", "--add-host", "--link"),
        *("--platform", "--restart", "--ipc", "-h", "--hostname", "--ulimit", "--pull", "--runtime", "--volumes-from"),
        *("--device", "--dns", "--cap-add", "--cap-drop", "--security-opt", "--log-driver", "--pid", "--cidfile"),
    }
)
_FLAGS = frozenset("ditPq")
# an image may have an entry point of its own, which takes what stands behind its name; these are no words for that
_PROGRAMS = frozenset({"python", "bash", "sh", "pytest", "make"})


def contained(words: list[str]) -> list[str]:
    """Return the words that are run in a container or service, empty where none are written out."""
    compose = words[0] in _COMPOSE or (words[0] in _ENGINES and words[1:2] == ["compose"])
    if not compose and words[0] not in _ENGINES:
        return []
    verb, entry, behind = _split(words[1 + (compose and words[0] in _ENGINES) :])
    if verb not in _STARTING or not behind or behind[0].startswith("-"):
        return []
    sure = compose or verb == "exec" or bool(entry) or unwrapped(behind)[:1] in [[name] for name in _PROGRAMS]
    return behind if sure else []


def awaited(words: list[str]) -> bool:
    """Tell whether words run something in a container to its end, and not in the background."""
    if not words or words[0] not in {*_COMPOSE, *_ENGINES}:
        return False
    verb, _, behind = _split(words[1 + (words[0] in _ENGINES and words[1:2] == ["compose"]) :])
    return verb == "run" and not any(map(_detaches, words[: len(words) - len(behind)]))


def _detaches(word: str) -> bool:
    together = word.removeprefix("-")  # flags without values may stand in one: ``-itd``
    return word.partition("=")[0] == "--detach" or (together != word and "d" in word and set(together) <= _FLAGS)


def _split(words: list[str]) -> tuple[str, str, list[str]]:
    """Return what is asked of the engine, the entry point that is set, and what stands behind the container's name."""
    named: list[str] = []
    entry, number = "", 0
    while number < len(words) and len(named) < _NAMED:
        word = words[number]
        following = words[number + 1] if number + 1 < len(words) else ""
        if word == _ENTRY or word.startswith(f"{_ENTRY}="):
            entry = following if word == _ENTRY else word.partition("=")[2]
        if not word.startswith("-"):
            named.append(word)
        number += 2 if word in _VALUED else 1
    verb = named[0] if named else ""
    return verb, entry, [*([entry] if entry else ()), *words[number:]]
