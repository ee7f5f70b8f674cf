"""What names of Python hold: outcomes of comparisons, answers of functions, values taken from other values."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.python_flags import asked_for_any, flag_of
from mlops_scan.facts.python_keys import asked_key, key_of, names, texts
from mlops_scan.facts.python_ranges import ORDERING, is_range, may_compare
from mlops_scan.facts.python_tree import descend, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SAMENESS = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
MOST = 20  # a comparison that names more than this compares no metric
_PLAIN = frozenset({"abs", "bool", "float", "int", "round", "str"})  # what gives back what it is given
_SUMMING, _SAME = frozenset({"all", "any"}), frozenset({"item", "lower", "upper"})
_OF_TABLES = frozenset({"columns", "empty", "index", "shape", "size"})
_LATER = frozenset({"get", "result", "submit", "wait"})  # how the answer of a function is waited for


class Outcomes(NamedTuple):
    """What names stand for; ``verdicts`` hold nothing but the outcome of a comparison of these operands.

    ``told`` are names whose value a comparison or call decided, ``taken`` what values were read, reckoned or made from:
    ``gain = new - old`` is taken from both, ``auc = metrics["auc"]`` from that key, ``share = rows.isna().mean()`` from
    what is asked of the rows. ``answers`` are names that hold what a function gave back, and no comparison decided;
    ``words`` are the texts that names were given, ``gathered`` what decided whether anything is in them, ``flags`` the
    keys that they were read from as true or false.
    """

    verdicts: dict[str, tuple[str, ...]]
    told: dict[str, tuple[str, ...]]
    taken: dict[str, tuple[str, ...]]
    answers: set[str]
    words: dict[str, tuple[str, ...]]
    gathered: dict[str, tuple[str, ...]]
    flags: dict[str, tuple[str, ...]]


def nothing() -> Outcomes:
    """Return what names hold before any code ran."""
    return Outcomes({}, {}, {}, set(), {}, {}, {})


def remember(statement: ast.stmt, outcomes: Outcomes) -> None:
    """Take note of what an assignment gives to names, or a loop, whose names hold parts of what it goes through."""
    if isinstance(statement, (ast.For, ast.AsyncFor)):
        for name in _names_of(statement.target):
            outcomes.answers.discard(name)
            for known in (outcomes.verdicts, outcomes.told, outcomes.gathered, outcomes.flags):
                known.pop(name, None)
            outcomes.taken[name] = _from(statement.iter, outcomes)
        return
    value = getattr(statement, "value", None)
    if value is None:
        return
    compared = operands(value, outcomes)
    told = compared or called(value, outcomes)
    answer = not compared and asks(value, outcomes)
    verdict = verdict_of(value, outcomes)
    taken = () if verdict is not None else tuple(_sources(value, outcomes))
    constant, words, flag = isinstance(value, ast.Constant), texts(value), flag_of(value, outcomes.flags)
    for name in _assigned(statement):
        note(outcomes.told, name, told, more=constant)
        if words or outcomes.words:
            note(outcomes.words, name, words, more=constant and len(outcomes.words.get(name, ())) < MOST)
        if answer:
            outcomes.answers.add(name)
        elif not constant:
            outcomes.answers.discard(name)
        if not constant:
            _set(outcomes.verdicts, name, verdict)
            _set(outcomes.flags, name, flag or None)
        _set(outcomes.taken, name, taken or None)
        outcomes.gathered.pop(name, None)


def decide(inner: ast.stmt, test: ast.expr, outcomes: Outcomes) -> None:
    """Take note of names that are given a constant where a comparison or function decides: ``better = True``."""
    compared = operands(test, outcomes)
    for name in _assigned(inner):
        note(outcomes.told, name, compared or called(test, outcomes), more=True)
        outcomes.answers.discard(name)
        if compared:
            note(outcomes.verdicts, name, compared, more=True)


def _assigned(statement: ast.stmt) -> Iterator[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    for target in targets:
        yield from _names_of(target)


def _names_of(target: ast.expr | None) -> Iterator[str]:
    parts = target.elts if isinstance(target, ast.Tuple) else (target,)
    yield from (part.id for part in parts if isinstance(part, ast.Name))


def note(known: dict[str, tuple[str, ...]], name: str, by: tuple[str, ...], *, more: bool) -> None:
    """Take note of what a name is told by, beside what is known of it or instead."""
    known[name] = tuple(dict.fromkeys((*(known.get(name, ()) if more else ()), *by)))


def _set(known: dict[str, tuple[str, ...]], name: str, value: tuple[str, ...] | None) -> None:
    known.pop(name, None)
    known.update({name: value} if value is not None else {})


def verdict_of(value: ast.expr, outcomes: Outcomes) -> tuple[str, ...] | None:
    """Return what was compared where a value is the outcome of a comparison and nothing else; None where it is not.

    One for sameness alone compares nothing by order: no operands.
    """
    if isinstance(value, ast.Compare):
        return operands(value, outcomes)
    if isinstance(value, ast.Name):
        return outcomes.verdicts.get(value.id)
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not):
        return verdict_of(value.operand, outcomes)
    if isinstance(value, ast.IfExp) and isinstance(value.body, ast.Constant) and isinstance(value.orelse, ast.Constant):
        return verdict_of(value.test, outcomes)
    if isinstance(value, (ast.BoolOp, ast.IfExp)):
        return _combined(value.values if isinstance(value, ast.BoolOp) else [value.body, value.orelse], outcomes)
    inner = _plain(value)
    verdict = None if inner is None else verdict_of(inner, outcomes)
    return asked_for_any(value, outcomes.gathered) if verdict is None else verdict


def _combined(parts: list[ast.expr], outcomes: Outcomes) -> tuple[str, ...] | None:
    """Return what was compared in any of the parts, and what decided the flags beside."""
    found = [verdict_of(part, outcomes) for part in parts]
    if all(outcome is None for outcome in found):
        return None
    return _joined(_flag(part, outcomes) if it is None else it for part, it in zip(parts, found, strict=True))


def _flag(value: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what a flag beside verdicts stands for, where a call or comparison made the object that has it."""
    held = value.value if isinstance(value, ast.Attribute) else None
    return outcomes.told.get(held.id, ()) if isinstance(held, ast.Name) else ()


def _joined(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _plain(value: ast.expr) -> ast.expr | None:
    """Return what ``float(x)``, ``x.item()`` and the like give back in another form, None for any other expression."""
    if not isinstance(value, ast.Call):
        return None
    if isinstance(value.func, ast.Name):
        return value.args[0] if value.func.id in _PLAIN and value.args else None
    return value.func.value if isinstance(value.func, ast.Attribute) and value.func.attr in _SAME else None


def told(value: ast.expr) -> ast.expr:
    """Return what a call is told in another form: ``better`` of ``str(better)``, ``f"{int(better)}"``."""
    parts = value.values if isinstance(value, ast.JoinedStr) else ()
    if len(parts) == 1 and isinstance(parts[0], ast.FormattedValue):
        value = parts[0].value
    while (inner := _plain(value)) is not None:
        value = inner
    return value


def _sources(value: ast.expr, outcomes: Outcomes) -> Iterator[str]:
    """Yield the keys, attributes and names that a value is read or reckoned from, and the functions that make it."""
    inner = _plain(value)
    if inner is not None:
        yield from _sources(inner, outcomes)
    elif isinstance(value, ast.BinOp):
        yield from names(value)
        yield from taken(value, outcomes)
    elif isinstance(value, ast.Name):
        yield from (value.id, *outcomes.taken.get(value.id, ()))
    elif isinstance(value, ast.Attribute):
        yield value.attr
    elif isinstance(value, ast.Subscript):
        key = key_of(value)
        yield from (key,) if key else ()
        yield from names(value.value.func) if isinstance(value.value, ast.Call) else ()
    elif isinstance(value, ast.Call):
        key = asked_key(value)
        yield from (key,) if key else names(value.func)


def taken(side: ast.expr, outcomes: Outcomes) -> Iterator[str]:
    """Yield what the values of the names in an expression were taken from."""
    for node in descend(side) if outcomes.taken else ():
        if isinstance(node, ast.Name):
            yield from outcomes.taken.get(node.id, ())


def operands(test: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return the names that an expression compares by their order, then what their values were taken from.

    A range between two constants says which values are possible at all, and compares nothing with anything.
    """
    sides: list[ast.expr] = []
    through: list[ast.comprehension] = []
    for node in find(test, ast.Compare, ast.comprehension) if may_compare(test) else ():
        if isinstance(node, ast.comprehension):
            through.append(node)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ORDERING) and not is_range(node):
            sides.extend((node.left, *node.comparators))
    if not sides:
        return ()
    known = _gone_through(through, outcomes)
    direct = (name for side in sides for name in names(side))
    return tuple(dict.fromkeys((*direct, *(name for side in sides for name in taken(side, known)))))


def _gone_through(loops: Iterable[ast.comprehension], outcomes: Outcomes) -> Outcomes:
    """Return what names hold inside comprehensions, whose own names hold parts of what they go through."""
    taken_there = {name: _from(loop.iter, outcomes) for loop in loops for name in _names_of(loop.target)}
    return outcomes._replace(taken={**outcomes.taken, **taken_there}) if taken_there else outcomes


def _from(value: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names(value), *taken(value, outcomes))))[:MOST]


def called(test: ast.expr, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what a bare test stands for: the function whose answer it is, what was compared, or its own name."""
    test = test.operand if isinstance(test, ast.UnaryOp) else test
    test = _plain(test) or test
    if isinstance(test, ast.BoolOp):
        return tuple(name for value in test.values for name in called(value, outcomes))
    if isinstance(test, ast.Compare):
        return _same(test, outcomes)
    if isinstance(test, ast.Call):
        return _answer(test, outcomes)
    if isinstance(test, ast.Name):
        return outcomes.told.get(test.id) or (test.id,)
    if isinstance(test, ast.Subscript):
        told = tuple(names(test))
        return (*told, *(name for known in told for name in outcomes.told.get(known, ())))
    return tuple(_field(test, outcomes)) if isinstance(test, ast.Attribute) else ()


def _field(test: ast.Attribute, outcomes: Outcomes) -> Iterator[str]:
    """Yield what a field of an answer stands for: its name, and the function that gave it, unless that is a table."""
    yield test.attr
    if isinstance(test.value, ast.Name) and test.value.id in outcomes.answers and test.attr not in _OF_TABLES:
        yield from outcomes.told.get(test.value.id, ())


def asks(test: ast.expr, outcomes: Outcomes) -> bool:
    """Tell whether a test only takes the answers of functions, or asks whether there are any."""
    if isinstance(test, ast.UnaryOp):
        test = test.operand
    if isinstance(test, ast.BoolOp):
        return all(asks(value, outcomes) for value in test.values)
    if isinstance(test, ast.Compare):
        test = test.left
    if isinstance(test, ast.Attribute):
        test = test.value
    return test.id in outcomes.answers if isinstance(test, ast.Name) else isinstance(test, ast.Call)


def _same(test: ast.Compare, outcomes: Outcomes) -> tuple[str, ...]:
    """Return what a comparison with a constant stands for: a flag, the word that a verdict was put in, or an answer.

    Whether there is an answer at all says as much as whether it is true: ``if select(models) is None``.
    """
    constant = test.comparators[0]
    if not isinstance(constant, ast.Constant) or not isinstance(test.ops[0], SAMENESS):
        return ()
    if constant.value in (0, 1):  # True and False are these
        return called(test.left, outcomes)
    if not isinstance(test.left, ast.Name):
        return ()
    known = outcomes.told if constant.value is None else outcomes.verdicts
    return known.get(test.left.id, ())


def _answer(test: ast.Call, outcomes: Outcomes) -> tuple[str, ...]:
    """Return the function that is asked, also one whose answer is waited for, and the key that it is asked for."""
    if not isinstance(test.func, ast.Attribute):
        summed_up = getattr(test.func, "id", "") in _SUMMING and len(test.args) == 1
        return tuple(_each(test.args[0], outcomes)) if summed_up else tuple(names(test.func))
    key = asked_key(test)
    waited = test.func.value if test.func.attr in _LATER and not key else None
    return (
        test.func.attr,
        *((key,) if key else ()),
        *(called(waited, outcomes) if isinstance(waited, (ast.Name, ast.Call)) else ()),
    )


def _each(parts: ast.expr, outcomes: Outcomes) -> Iterator[str]:
    """Yield what was compared for the parts that ``all`` or ``any`` goes through, and what each is asked for."""
    if isinstance(parts, (ast.GeneratorExp, ast.ListComp)):
        yield from called(parts.elt, outcomes)
        parts = parts.generators[0].iter
    for name in names(parts):
        yield from outcomes.told.get(name, ())
