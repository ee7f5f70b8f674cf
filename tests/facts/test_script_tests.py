"""Tests in PHP and Ruby, and what only looks like one that can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Callable

UNIT = "<?php\nclass ScoreTest extends TestCase\n{{\n    {}\n}}\n"


def told(stated: Callable[..., list[Any]], path: str, text: str) -> list[tuple[str, bool]]:
    return stated(path, text, kinds.Test, "name", "asserts")


@pytest.mark.parametrize(
    ("body", "name", "asserts"),
    [
        ("public function testA() { $this->assertSame(1, score(2)); }", "testA", True),
        ("public function test_a() { self::assertTrue($result->isDone()); }", "test_a", True),
        ("/** @test */ public function it_scores(): void { $this->assertSame(1, score(2)); }", "it_scores", True),
        ("#[Test] public function scores(): void { $this->assertSame(1, score(2)); }", "scores", True),
        ("public function testB() { $answer->assertStatus(200); }", "testB", True),
        ("public function testC() { $this->expectException(Wrong::class); score(0); }", "testC", True),
        ("public function testD() { $this->assertTrue(true); }", "testD", False),
        ("public function testE() { $this->markTestSkipped(); $this->assertSame(1, score(2)); }", "testE", False),
        ("public function testF() { score(2); }", "testF", False),
    ],
)
def test_methods_of_phpunit(stated: Callable[..., list[Any]], body: str, name: str, asserts: bool) -> None:
    assert told(stated, "tests/ScoreTest.php", UNIT.format(body)) == [(name, asserts)]


def test_what_sets_up_is_no_test(stated: Callable[..., list[Any]]) -> None:
    body = "protected function setUp(): void { $this->assertSame(1, score(2)); }"
    assert told(stated, "tests/ScoreTest.php", UNIT.format(body)) == []


def test_calls_of_pest(stated: Callable[..., list[Any]]) -> None:
    text = "<?php\nit('scores', function () {\n    expect(score(2))->toBe(1);\n});\ntest('x', function () { expect(true)->toBeTrue(); });\n"
    assert told(stated, "tests/ScoreTest.php", text) == [("scores", True), ("x", False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it 'scores' do\n  expect(Score.of(2)).to eq(1)\nend\n", [("scores", True)]),
        ("it('scores') { expect { score }.to raise_error }\n", [("scores", True)]),
        ("it { is_expected.to be_valid }\n", [("it", True)]),
        ("def test_a\n  assert_equal 1, Score.of(2)\nend\n", [("test_a", True)]),
        ('def test_a\n  assert_equal "", name(1)\nend\n', [("test_a", True)]),
        ("test 'a' do\n  assert @score.done?\nend\n", [("a", True)]),
        ("def test_a\n  assert true\nend\n", [("test_a", False)]),
        ("it 'a' do\n  expect(true).to eq(true)\nend\n", [("a", False)]),
        ("xit 'a' do\n  expect(score).to eq(1)\nend\n", [("a", False)]),
        ("describe Score do\n  let(:a) { 1 }\nend\n", []),
    ],
)
def test_ruby(stated: Callable[..., list[Any]], text: str, found: list[tuple[str, bool]]) -> None:
    assert told(stated, "spec/score_spec.rb", text) == found
