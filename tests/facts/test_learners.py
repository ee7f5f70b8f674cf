"""What code defines that may learn and answer, by the words of its language."""

from __future__ import annotations

import pytest

from mlops_scan.facts import javascript_code, jvm_code, native_code
from mlops_scan.facts.kinds import Definition

READERS = {"js": javascript_code, "ts": javascript_code, "java": jvm_code, "kt": jvm_code, "scala": jvm_code}


def defined(path: str, text: str) -> list[str]:
    reader = READERS.get(path.rpartition(".")[2], native_code)
    facts = reader.read(path, text.encode()).facts
    return [fact.name for fact in facts if isinstance(fact, Definition) and fact.kind == "function"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.rs", "impl A { pub fn fit(&self) {} fn predict<T>(&self) -> T { self.fit(); x.predict() } }"),
        ("a.go", "func (a *A) fit(x X) {\n}\nfunc predict(x X) Y {\n\treturn a.fit(x)\n}"),
        ("a.swift", "class A { func fit(_ x: X) throws { } func predict(_ x: X) -> Y { fit(x) } }"),
        ("a.kt", "class A { fun fit(x: X) { } fun predict(x: X): Y { return fit(x) } }"),
        ("a.scala", "class A { def fit(x: X): A = this\n def predict(x: X): Y = fit(x) }"),
        ("a.java", "class A { void fit(X x) throws E { } Y predict(X x) { return fit(x); } }"),
        ("a.cs", "class A { public void fit(X x) { } public Y predict(X x) { if (fit(x)) { return y; } } }"),
        ("a.cpp", "void A::fit(const X &x) { } Y A::predict(const X &x) const override { return fit(x); }"),
        ("a.cpp", "A::A(int k) {\n}\n\nA::~A(){\n}\n\nvoid A::fit(X x){\n}\n\nN::Y A::predict(const X& x){\n}\n"),
        ("a.c", "static void fit(const X *x)\n{\n}\n\nint predict(X *x) {\n    return fit(x);\n}\n"),
        ("a.hpp", "struct A { void fit(X x) { } Y predict(X x) { return fit(x); } };"),
        ("a.h", "struct A { void fit(X x) { } Y predict(X x) { return fit(x); } };"),
        ("a.js", "class A { fit(x) { } async predict(x) { await fit(x); } }"),
        ("a.ts", "class A { fit(x: X): void { } predict(x: X): Y { return this.fit(x); } }"),
    ],
)
def test_functions_are_told_from_their_calls(path: str, text: str) -> None:
    assert [name for name in defined(path, text) if name != "A"] == ["fit", "predict"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.java", "class A { void go() { m.fit(x); y = m.predict(x); if (fit(x)) { predict(x); } } }"),
        ("a.cpp", "void go();\nvoid fit(X x);\nauto y = predict(x);"),
        (
            "a.cpp",
            "void go() {\nif (m.fit(x)) {\n}\nfor (auto y : m.predict(x)) {\n}\nn->fit(x);\n{ n.predict(x); }\n}",
        ),
        ("a.c", "void fit(X *x);\nint go(X *x) {\n    if (predict(x)) {\n        fit(x);\n    }\n}"),
        ("a.rs", "// fn fit(x) fn predict(x)\nlet y = m.fit(x).predict(x);"),
        ("a.js", "const y = fit(x) ? { a: predict(x) } : {}"),
        ("a.go", "x := fit(a)\ny := predict(x)"),
        ("a.js", "m.fit(x)\n\nclass A {\n}\nconst y = m.predict(x)\n\nclass B {\n}\n"),  # no semicolon ends a call
    ],
)
def test_what_is_only_called_or_declared_is_not_defined_here(path: str, text: str) -> None:
    assert not {"fit", "predict"} & {*defined(path, text)}
