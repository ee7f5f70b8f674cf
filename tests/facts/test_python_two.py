from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_two import plain

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('print "a", x', 'print("a", x)'),
        ("print x,", "print(x,)"),
        ("print not x  # it's so", "print(not x)  # it's so"),
        ("print 'a' % (\n  x)\n", "print('a' % (\n  x))\n"),
        ("print u'a'", "print(u'a')"),
        ("if x: print x; print y", "if x: print(x); print(y)"),
        ("print '''a\nprint b''' % x\n", "print('''a\nprint b''' % x)\n"),
        ("print a, \\\n  b\n", "print(a, \\\n  b)\n"),
        ("exec 'x' in names", "exec('x' in names)"),
        ("except (A, B), e:", "except (A, B) as  e:"),
        ("raise A, 'x'", "raise (A, 'x')"),
        ("a <> b", "a != b"),
        ("`a`", " a "),
        ("0755 + 10L + 0xFFL", "0o755 + 10  + 0xFF "),
        ("0755L + 1e-05", "0o755  + 1e-05"),
        ('print"a"', 'print("a")'),
        ("ur'a'", " r'a'"),
        ("lambda (k, v): (v, k)", "lambda  k, v : (v, k)"),
        ("if a:\n        b\n\tc\n", "if a:\n        b\n        c\n"),
        # what Python 3 reads too stays as it is
        ("print\nprint >>out, x\nprint (x), y\n", "print\nprint >>out, x\nprint (x), y\n"),
        ("print = a\nprint if a else b\nprinter\n", "print = a\nprint if a else b\nprinter\n"),
        ("x = 'print a <> 0755'  # `print` a\n", "x = 'print a <> 0755'  # `print` a\n"),
        ("except (A, B):\n  raise A('x', y)\n", "except (A, B):\n  raise A('x', y)\n"),
        ("0 + 00 + 1.05 + 0.5 + a1L\n", "0 + 00 + 1.05 + 0.5 + a1L\n"),
        ("lambda k, v=(1): v", "lambda k, v=(1): v"),
        ("'", "'"),
        ("'''", "'''"),
        ("", ""),
    ],
)
def test_what_only_python_2_has_becomes_python_3(source: str, expected: str) -> None:
    assert plain(source) == expected


def test_a_module_of_python_2_is_read_on_its_lines(stated: Callable[..., list[Any]]) -> None:
    code = "import sys\n\ntry:\n\trun()\nexcept IOError, e:\n\tprint 'no', e\nfit()\n"
    assert stated("run.py", code, Call, "name", "line") == [(".run", 4), ("print", 6), (".fit", 7)]


def test_what_no_version_reads_is_not_read(stated: Callable[..., list[Any]]) -> None:
    assert stated("run.py", "print 'a\nfit()\n", Call, "name") == []
    assert stated("run.py", "print a b\nfit()\n", Call, "name") == []
