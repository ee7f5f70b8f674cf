from __future__ import annotations

import pytest

from mlops_scan.facts import kinds
from mlops_scan.facts.python_source import python_facts

ARGPARSE = "p = ArgumentParser()\np.add_argument('-d', '--deploy-it', action='store_true')\na = p.parse_args()\n"
CLICK = "@click.command()\n@click.option('--deploy/--no-deploy', is_flag=True)\ndef main(deploy):\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"{ARGPARSE}if a.deploy_it:\n    go()\n    end()\n", [(5, 6, True)]),
        (f"{ARGPARSE}if not a.deploy_it:\n    go()\n", [(5, 5, False)]),
        (f"{ARGPARSE}if a.deploy_it and ready:\n    go()\nelse:\n    stay()\n", [(5, 5, True)]),
        (f"{ARGPARSE}if a.deploy_it:\n    go()\nelse:\n    stay()\n", [(5, 5, True), (7, 7, False)]),
        (f"{ARGPARSE}if not a.deploy_it:\n    sys.exit()\ngo()\n", [(5, 5, False), (6, 6, True)]),
        (f"{CLICK}    if deploy:\n        go()\n", [(5, 5, True)]),
        (f"{ARGPARSE}if a.deploy_it or ready:\n    go()\n", []),
        (f"{ARGPARSE}if not (a.deploy_it and ready):\n    go()\n", []),
        (f"{ARGPARSE}if self.deploy_it:\n    go()\n", []),
        (f"{ARGPARSE}if a.other:\n    go()\n", []),
        (ARGPARSE.replace("'store_true'", "'store_true', default=True") + "if a.deploy_it:\n    go()\n", []),
        (ARGPARSE.replace("'store_true'", "'store_true', default=ON") + "if a.deploy_it:\n    go()\n", []),
        (ARGPARSE.replace("store_true", "store") + "if a.deploy_it:\n    go()\n", []),
        ("if a.deploy_it:\n    go()  # store_true\n", []),
    ],
)
def test_lines_that_hang_on_an_option(source: str, expected: list[tuple[int, int, bool]]) -> None:
    found = [fact for fact in python_facts(source, "deploy.py").facts if isinstance(fact, kinds.Switch)]
    assert [(fact.line, fact.end, fact.given) for fact in found] == expected


def test_a_switch_knows_how_its_option_is_written() -> None:
    facts = [*python_facts(f"{ARGPARSE}if a.deploy_it:\n    go()\n", "a.py").facts]
    facts += python_facts(f"{CLICK}    if deploy:\n        go()\n", "b.py").facts
    assert [fact.options for fact in facts if isinstance(fact, kinds.Switch)] == [("-d", "--deploy-it"), ("--deploy",)]
