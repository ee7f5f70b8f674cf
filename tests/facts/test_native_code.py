"""C#, C++, Dart, Go, Rust and Swift: what is imported, and by which full name it is called."""

from __future__ import annotations

import pytest

from mlops_scan.facts import native_code
from mlops_scan.facts.kinds import Call, Import


def stated(path: str, text: str) -> tuple[list[str], list[str]]:
    facts = native_code.read(path, text.encode()).facts
    return [f.name for f in facts if isinstance(f, Import)], [f.name for f in facts if isinstance(f, Call)]


@pytest.mark.parametrize(
    ("path", "text", "imports", "call"),
    [
        ("a.swift", "import CoreML\nlet p = try MLModel(x)", ["CoreML"], "MLModel"),
        ("a.swift", "import class Vision.Request\nmodel?.prediction(x)", ["Vision.Request"], ".prediction"),
        ("a.swift", "@testable import CoreML\nself.net.prediction(x)", ["CoreML"], "self.net.prediction"),
        ("a.cs", "using A.ML;\nvar e = m.Make<A, B>(t);\ne.Fit();", ["A.ML"], "m.Make.Fit"),
        ("a.cs", "using M = A.ML;\nM.Pipe.Fit(x);", ["A.ML"], "A.ML.Pipe.Fit"),
        ("a.cs", "using static A.ML;\nusing (var x = y.Fit(z)) {}", ["A.ML"], "y.Fit"),
        (
            "a.go",
            'import tf "a.org/tf/go"\nvar m = tf.LoadSavedModel(x)',
            ["a.org/tf/go"],
            "a.org/tf/go.LoadSavedModel",
        ),
        ("a.go", 'import (\n"fmt"\n_ "b/c"\n)\nfunc f() { c.Fit(x) }', ["fmt", "b/c"], "b/c.Fit"),
        ("a.rs", "use a::{b, c::{D as E}};\nE::fit(x);", ["a.b", "a.c.D"], "a.c.D.fit"),
        ("a.rs", "use a::prelude::*;\nA::default().fit::<F>(&x);", ["a.prelude"], ".fit"),
        ("a.cpp", "ns::optim::SGD best(x);\nbest.step();", [], "ns.optim.SGD.step"),
        ("a.cc", "auto a = std::make_shared<ns::optim::Adam>(x);", [], "ns.optim.Adam"),
        ("a.cxx", "auto a = ns::load(x); a->forward(y);", [], "ns.load.forward"),
        (
            "a.dart",
            "import 'package:a/a.dart';\nInterpreter.fromAsset('b');",
            ["package:a/a.dart"],
            "Interpreter.fromAsset",
        ),
    ],
)
def test_calls_are_named_in_full(path: str, text: str, imports: list[str], call: str) -> None:
    found = stated(path, text)
    assert found[0] == imports
    assert call in found[1]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rs", "// model.fit(&x)\nfn main() {}"),
        ("a.cs", "/* model.Fit(x) */ class A {}"),
        ("a.go", 'package a // model.Fit(x)\nvar a = "model.Fit(x)"'),
        ("a.swift", "let a = b"),
    ],
    ids=["comment", "block", "string", "no-word"],
)
def test_what_is_not_run_is_no_call(path: str, text: str) -> None:
    assert [call for call in stated(path, text)[1] if call.lower().endswith("fit")] == []


def test_names_do_not_grow_with_every_line() -> None:
    calls = stated("a.cs", "a = b.Fit();\n" + "a = a.c();\n" * 500)[1]
    assert max(map(len, calls)) < 400
