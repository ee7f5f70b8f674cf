from __future__ import annotations

import pytest

from mlops_scan.facts import kinds
from mlops_scan.facts.python_source import python_facts

TRIED = "def test_a():\n    try:\n        assert f() == 1\n"
SCRIPT = "try:\n    ask().raise_for_status()\n"


@pytest.mark.parametrize(
    ("source", "asserts"),
    [
        ("def test_a():\n    assert f() == 1", True),
        ("def test_a():\n    assert True", False),
        ("def test_a():\n    assert 1 + 1 == 2", False),
        ("def test_a():\n    pass", False),
        ("import pytest\n@pytest.mark.skip\ndef test_a():\n    assert f()", False),
        ("import pytest\ndef test_a():\n    with pytest.raises(ValueError):\n        f()", True),
        ("def helper(x):\n    assert x\ndef test_a():\n    helper(f())", True),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(), 1)", True),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertTrue(True)", False),
        ("def test_a():\n    check_rows(f())\n", True),
        ("def test_a():\n    post(rows).raise_for_status()", True),
        ("def test_a():\n    subprocess.run(['python', 'flow.py'], check=True)", True),
        ("def test_a():\n    subprocess.run(['python', 'flow.py'])", False),
        ("def test_a():\n    subprocess.run(['python', 'flow.py'], check=False)", False),
        ("def test_a():\n    f.checkEqual(1)", True),
        ("def test_a():\n    validate(f())", True),
        ("def test_a():\n    Checkpointer(f).save()\n    expected_loss(f)", False),  # other words that begin so
        ("def test_a():\n    CheckPointManager(f).save()", False),  # makes an object
        ("def test_a():\n    CHECK(f())", True),
        (f"{TRIED}    except Exception as error:\n        print(error)", False),
        (f"{TRIED}    except:\n        return False", False),
        (f"{TRIED}    except (OSError, AssertionError):\n        pass", False),
        (f"{TRIED}    except OSError:\n        pass", True),
        (f"{TRIED}    except Exception:\n        pytest.fail('no answer')", True),
        (f"{TRIED}    except Exception as error:\n        assert False, f'failed: {{error}}'", True),
        (f"{TRIED}    except Exception as error:\n        raise ValueError(error)", True),
        (f"{TRIED}    except Exception as error:\n        errors.append(error)\n    assert not errors", True),
        (f"{TRIED}    except Exception:\n        return False\nsys.exit(not test_a())", True),
    ],
)
def test_a_test_asserts_when_it_can_fail_for_a_reason_of_its_own(source: str, asserts: bool) -> None:
    tests = [fact for fact in python_facts(source, "tests/test_x.py").facts if isinstance(fact, kinds.Test)]
    assert [test.asserts for test in tests] == [asserts]


@pytest.mark.parametrize(
    ("source", "fails"),
    [
        ("r = ask()\nassert r.ok", True),
        ("r = ask()\nif not r.ok:\n    sys.exit(1)", True),
        ("r = ask()\nr.raise_for_status()", True),
        ("r = ask()\nif not r.ok:\n    raise ValueError(r)", True),
        ("from sys import exit\nexit(1)", True),
        ("print(ask())\nsys.exit(0)", False),
        ("dbutils.notebook.exit(ask())", False),  # hands an answer on
        ("print(ask())\nassert True", False),
        ("while check_processes(started) != 0:\n    print(started)", False),  # goes on by the answer
        (f"{SCRIPT}except OSError:\n    print('gone')\nexcept Exception as error:\n    print(error)", False),
        (f"{SCRIPT}except OSError:\n    print('gone')", True),
        (f"{SCRIPT}except Exception:\n    sys.exit(1)", True),
        ("try:\n    if not ask():\n        sys.exit(1)\nexcept Exception:\n    pass", True),
        (
            "try:\n    m = load()\nexcept FileNotFoundError:\n    sys.exit(1)\nprint(m(1))",
            False,
        ),  # shows, and needs a file
        ("try:\n    import x\nexcept (ImportError, KeyboardInterrupt):\n    raise SystemExit(1)\nprint(x.f())", False),
        ("try:\n    r = ask()\nexcept Exception:\n    sys.exit(1)", True),
        ("try:\n    m = load()\nexcept FileNotFoundError:\n    sys.exit(1)\nassert m(1)", True),
        ("def test_a():\n    assert ask()", False),  # a test says itself whether it asserts
    ],
)
def test_a_script_among_the_tests_asserts_where_it_can_fail(source: str, fails: bool) -> None:
    found = [fact for fact in python_facts(source, "tests/test_x.py").facts if isinstance(fact, kinds.Assertion)]
    assert bool(found) is fails


def test_an_evaluation_script_has_no_tests() -> None:
    facts = python_facts("def test_model():\n    assert f()", "src/model.py").facts
    assert not [fact for fact in facts if isinstance(fact, kinds.Test)]
