"""Small files that are made to state without end, or to take the square of their length, state in proportion."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.packed import pack

STAGES = "".join(f"stage('s{number}') {{ steps {{ sh 'make' }} }}\n" for number in range(500))
JENKINS = (
    f"pipeline {{ stages {{ stage('a') {{ parallel {{ {STAGES} }} }}\nstage('b') {{ parallel {{ {STAGES} }} }} }} }}"
)
TABLE = ", ".join(f"'k{number}': '{'x' * 1000}'" for number in range(100))
UNPACKED = f"d = {{{TABLE}}}\n" + "f(**d)\n" * 2000
LONGER = "import tf from '@tensorflow/tfjs'\nlet a = tf.model()\nm.fit(x)\n" + "a = a.bc();\n" * 4000
RUNNER = "import subprocess\ndef run(c):\n    subprocess.run('" + "{0} " * 50 + "'.format(c))\n" + "run('y')\n" * 500

QUOTED = f"d = {{'a': '{'x' * 20_000}'}}\n" + 'f(f"' + "{d['a']}" * 2000 + '")\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [("Jenkinsfile", JENKINS), ("a.py", UNPACKED), ("a.js", LONGER), ("b.py", RUNNER), ("c.py", QUOTED)],
    ids=["stages", "unpacked", "names", "runner", "quoted"],
)
def test_a_small_file_states_little(path: str, text: str) -> None:
    assert len(pack(facts.read(path, text.encode()))) < 50 * len(text)
