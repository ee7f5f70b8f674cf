"""What holds of every reader: any bytes in, facts or a diagnostic out; the same bytes, the same facts."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_scan import facts

PATHS = [
    ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    ".travis.yml",
    ".pre-commit-config.yaml",
    "action.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "bodywork.yaml",
    "cloudbuild.yaml",
    "buildspec.yml",
    "docker-compose.yml",
    "dvc.yaml",
    "MLproject",
    "k8s/app.yaml",
    "prefect.yaml",
    "environment.yml",
    "template.json",
    "package.json",
    "pyproject.toml",
    "uv.lock",
    "Pipfile",
    "Pipfile.lock",
    "renv.lock",
    "Manifest.toml",
    "Project.toml",
    "setup.cfg",
    "go.mod",
    "a.csproj",
    "pom.xml",
    "build.sbt",
    "build.gradle",
    "a.gemspec",
    "a.opam",
    "CMakeLists.txt",
    "setup.py",
    "tox.ini",
    "requirements.txt",
    "Dockerfile",
    ".gitattributes",
    "Makefile",
    "Jenkinsfile",
    "run.sh",
    "Procfile",
    "main.tf",
    "a.py",
    "a.ipynb",
    "a.R",
    "a.Rmd",
    "DESCRIPTION",
    "a.jl",
    "a.cpp",
    "a.cs",
    "a.dart",
    "a.go",
    "a.rs",
    "a.swift",
    "NAMESPACE",
]
TOKENS = [
    "on:",
    "jobs:",
    "steps:",
    "-_run:_|",
    "stages:",
    "__a:",
    "____cmd:_x",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "\\",
    "FROM_x",
    "RUN_a_&&_b",
    "t:_u",
    "[[a]]",
    'name_=_"x"',
    "<<EOF",
    "$(",
    "${{",
    "#_c",
    "@",
    "%%bash",
    ":",
    "-",
    '"\\ud800"',
    'f("\\ud800")',
    'if_a["\\ud800"]_>_1:_pass',
]
WORDS = st.lists(
    st.sampled_from([*(token.replace("_", " ") for token in TOKENS), "\n", "\t", "\tpython x"]), max_size=30
).map(" ".join)


def test_every_format_has_a_reader() -> None:
    assert [path for path in PATHS if not facts.reads(path)] == []


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=25, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), WORDS.map(str.encode)))
def test_any_bytes_give_facts_or_a_diagnostic(path: str, data: bytes) -> None:
    reading = facts.read(path, data)
    assert reading == facts.read(path, data)
    assert all(diagnostic.path == path and diagnostic.message for diagnostic in reading.diagnostics)
    assert all(fact.line >= 0 for fact in reading.facts)
    assert msgspec.msgpack.encode(reading.facts)


HOSTILE = {
    "deep brackets": b"[" * 40_000,
    "deep braces": b'{"a":' * 40_000,
    "deep maps": "\n".join(" " * n + "a:" for n in range(400)).encode(),
    "a billion laughs": b"a: &a [x,x]\n"
    + b"".join(b"b%d: &b%d [*%s,*%s]\n" % (n, n, p, p) for n, p in enumerate([b"a"] + [b"b%d" % i for i in range(20)])),
    "lone surrogates": b'a = f("\\ud800")\nb: "\\ud800"\nif a["\\ud800"] > 1: pass\nf(**{"\\ud800": 1})\n',
    "lone surrogates in JSON": b'{"name": "\\ud800", "\\ud800": "x"}',
    "lone surrogates in Python": b'a = f("\\ud800")\nif a["\\ud800"] > 1:\n    f(**{"\\ud800": 1})\n',
    "nul": b"\x00" * 1000,
    "utf-16": "on: push\njobs: {}\n".encode("utf-16"),
    "invalid utf-8": b"\xff\xfe\xfa\xc3\x28" * 100,
    "one long line": b"a" * 300_000,
    "many quotes": b"'\"" * 20_000,
    "many continuations": b"\\\n" * 20_000,
    "many variables": b"A = $(A)$(A)\nt:\n\t$(A)\n",
    "many parentheses": b"(" * 5_000,
    "many template blocks": b"{% if a %}" * 20_000,
    "many template expressions": b"{{ a }}\n" * 2_000,
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_end_soon(path: str, name: str) -> None:
    reading = facts.read(path, HOSTILE[name])
    assert len(reading.facts) < 400_000
    assert msgspec.msgpack.encode(reading.facts)
