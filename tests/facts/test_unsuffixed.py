from __future__ import annotations

import pytest

from mlops_scan.facts import read


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("docker/train", "#!/usr/bin/env python3\nimport joblib\njoblib.dump(1, 'm')\n", "joblib.dump"),
        ("docker/train", "#!/usr/bin/env -S python3.11 -u\nimport joblib\njoblib.dump(1, 'm')\n", "joblib.dump"),
        ("docker/serve", "#! /usr/bin/python\nimport joblib\njoblib.load('m')\n", "joblib.load"),
        ("docker/serve", "#!/usr/bin/env Rscript\nplumber::plumb('api.R')\n", "plumber.plumb"),
        ("run", "#!/bin/bash\nset -e\npython fit.py\n", "python fit.py"),
        ("train", "import joblib\njoblib.dump(1, 'm')\n", ""),  # nothing says what runs it
        ("train", "#!/usr/bin/perl\nprint 1;\n", ""),
        ("train", "#!\n", ""),
        ("train", "\x00\x01", ""),
        ("notes", "#!/bin/bash\npython fit.py\n", ""),  # another name, which nothing starts by itself
    ],
)
def test_a_program_without_an_ending_is_read_in_the_language_that_it_names(path: str, text: str, name: str) -> None:
    reading = read(path, text.encode())
    stated = {getattr(fact, "name", "") or getattr(fact, "run", "") for fact in reading.facts}
    assert name in stated if name else not reading.facts


def test_of_a_program_that_does_not_parse_its_own_path_is_told() -> None:
    assert [told.path for told in read("docker/train", b"#!/usr/bin/env python\ndef (\n").diagnostics] == [
        "docker/train"
    ]
