from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Test as TestFact

if TYPE_CHECKING:
    from collections.abc import Callable

TestFact.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("A.scala", '"a stack" should "pop" in { assert(top === 1) }\nit should "push" in { push(1) }', [True, False]),
        ("A.scala", '"a stack" should {\n "pop" in { top must_== 1 }\n "push" in { push(1) } }', [True, False]),
        ("A.scala", '"pop" in { pop() }\n"a queue" must { "push" in { top shouldBe 1 } }', [False, True]),
        ("A.scala", '"pop" >> { top must be equalTo 1 }', [True]),
        ("A.scala", 'describe("a") { it("pops") { assert(top == 1) }\n they("push") { push(1) } }', [True, False]),
        ("A.scala", 'suite("a")(testM("pops") { assertM(top)(equalTo(1)) }, test("b") { push })', [True, False]),
        ("A.scala", 'property("pops") = forAll { (n: Int) => pop(push(n)) == n }', [True]),
        ("A.scala", 'val day = Set("monday", "sunday") in { days }\nlog("a") in { assert(b) }', []),
        ("A.kt", 'Then("it pops") { top shouldBe 1 }', [True]),
        ("A.scala", 'test("pops") { assert(top == 1) }\ntest(s"pops $n") { assert(top == n) }', [True, True]),
        ("A.java", "public void test() { int expected = label[0]; System.out.println(expected); }", []),
        ("A.java", "void run() { net.test(); assert correct > 0; }", []),
        ("A.java", "@Test void pops() { int expected = 1; System.out.println(expected); }", [False]),
        ("A.java", "@Test(expected = Empty.class) public void pops() { stack.pop(); }", [True]),
        ("A.java", "@Test public void pops() { assertEquals(expected, stack.pop()); }", [True]),
        ("A.java", "@Test void pops() { when(it(1)).thenReturn(2); verify(stack).pop(); }", [True]),
    ],
)
def test_tests_of_the_styles_of_scala(path: str, text: str, said: list[bool], stated: Callable[..., list[Any]]) -> None:
    assert [asserts for (asserts,) in stated(path, text, TestFact, "asserts")] == said
