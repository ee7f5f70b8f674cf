from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("w -= lr * slope", [("operator.isub", ".w", ".lr * .slope")]),
        ("w += 0.1 * slope[0]", [("operator.iadd", ".w", ".slope")]),
        ("w = w - lr / m * X.T.dot(e)", [("operator.isub", ".w", ".lr * .m * .dot")]),
        ("net.w[0] = net.w[0] - lr * (1 / m) * slope", [("operator.isub", ".w", ".lr * .m * .slope")]),
        ("q[s] = (1 - a) * q[s] + a * (r + g * best)", [("operator.iadd", ".q", ".a")]),
        ("net.w = [w - eta * n for w, n in both]", [("operator.isub", ".w", ".eta * .n")]),
        ("w_new = w - lr * slope", [("operator.isub", ".w", ".lr * .slope")]),
        ("def step(w):\n    return w - lr * slope", [("operator.isub", ".w", ".lr * .slope")]),
        (
            "def step(w):\n    return w - lr * slope, b - lr * e",
            [("operator.isub", ".w", ".lr * .slope"), ("operator.isub", ".b", ".lr * .e")],
        ),
        ("def step(n):\n    return Net(n.w - lr * n.s, 3, b=2)", [("operator.isub", ".w", ".lr * .s")]),
        # nothing is moved, or by no product of names
        ("window = w - lr * slope", []),
        ("def step(w):\n    return", []),
        ("def step(w):\n    return f(g(w - lr * slope))", []),
        ("w = b - lr * slope", []),
        ("w *= lr * slope", []),
        ("w -= lr", []),
        ("w -= 2 * 3", []),
        ("w = lr * slope", []),
        ("w = [n for n in both]", []),
        ("w: float = 1.0", []),
        ("(a, b)[0] -= lr * slope", []),
    ],
)
def test_what_is_moved_by_a_product_is_a_call_of_operator(
    code: str, expected: list[tuple[str, str, str]], stated: Callable[..., list[Any]]
) -> None:
    found = stated("fit.py", code, Call, "name", "arguments")
    told = [(name, given["0"], given["1"]) for name, given in found if name.startswith("operator.")]
    assert told == expected


def test_an_update_stands_in_its_function(stated: Callable[..., list[Any]]) -> None:
    code = "class Net:\n    def step(self, slope):\n        for _ in range(3):\n            self.w -= self.lr * slope\n"
    assert ("operator.isub", 4, "Net.step") in stated("net.py", code, Call, "name", "line", "unit")
