from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan import facts
from mlops_scan.facts.kinds import Import
from mlops_scan.facts.kinds import Test as TestFact

if TYPE_CHECKING:
    from collections.abc import Callable

TestFact.__test__ = False  # type: ignore[attr-defined]


def test_go_tests_fail_by_what_is_handed_to_them(stated: Callable[..., list[Any]]) -> None:
    text = """package http
// func TestNo(t *testing.T) { t.Error("x") }
func TestMain(m *testing.M) { os.Exit(m.Run()) }
func TestHealth(tt *testing.T) { if code() != 200 { tt.Errorf("got %d", 1) } }
func TestOutcome(t *testing.T) { require.NoError(t, run()) }
func TestLooks(t *testing.T) { http.Error(w, "no", 500); fmt.Println(err.Error()) }
func TestConstant(t *testing.T) { assert.True(t, true) }
func (s *Suite) TestThing() { s.Equal(1, thing()) }
var _ = Describe("x", func() { It("does", func() { Expect(f()).To(Equal(1)) }) })
"""
    assert stated("pkg/health_test.go", text, TestFact, "line", "name", "asserts") == [
        (4, "TestHealth", True),
        (5, "TestOutcome", True),
        (6, "TestLooks", False),
        (7, "TestConstant", False),
        (8, "TestThing", True),
        (9, "does", True),
    ]
    assert stated("pkg/health.go", text, TestFact, "name") == []
    imported = 'package http\nimport (\n\t"testing"\n\tthen "time"\n)\nvar other = "no/import"\n'
    assert stated("pkg/health_test.go", imported, Import, "line", "name") == [(3, "testing"), (4, "time")]


def test_rust_tests_are_known_by_their_attribute(stated: Callable[..., list[Any]]) -> None:
    text = """fn share() { assert!(whole > 0.0); }
#[cfg(test)]
mod tests {
    #[test]
    fn adds() { assert_eq!(add(2, 2), 4); }
    #[tokio::test]
    async fn waits() { wait().await; }
    fn helper() { assert!(true); }
}
"""
    assert stated("src/a.rs", text, TestFact, "line", "name", "asserts") == [(4, "adds", True), (6, "waits", False)]
    assert stated("src/a.rs", "fn share() { assert!(whole > 0.0); }\n", TestFact, "name") == []


def test_c_sharp_tests_are_known_by_their_attribute(stated: Callable[..., list[Any]]) -> None:
    text = """public class T {
    [Theory, InlineData(1)]
    public async Task Adds(int a) { Assert.Equal(4, Add(a, 3)); }
    [Fact] public void Is() { result.Should().Be(4); }
    [Fact(Skip = "later")]
    public void Waits() { Assert.Equal(4, Add(1, 3)); }
    [Test]
    [Ignore("later")]
    [Obsolete]
    public void Nothing() { Assert.True(true); }
}
"""
    assert stated("ScoreTests.cs", text, TestFact, "line", "name", "asserts") == [
        (2, "Adds", True),
        (4, "Is", True),
        (5, "", False),
        (7, "", False),
    ]


def test_cpp_tests_are_declared_by_macros(stated: Callable[..., list[Any]]) -> None:
    text = """TEST(Score, Share) { EXPECT_EQ(share(1, 2), 0.5); }
TEST_F(Score, DISABLED_Later) { EXPECT_EQ(share(1, 2), 0.5); }
TEST_CASE("shares", "[score]") { SECTION("one") { REQUIRE(share(1, 2) == 0.5); } }
BOOST_AUTO_TEST_CASE(nothing) { BOOST_CHECK(true); }
/* TEST(Score, Old) { EXPECT_EQ(share(1, 2), 0.5); } */
"""
    assert stated("tests/score_test.cc", text, TestFact, "line", "name", "asserts") == [
        (1, "Score.Share", True),
        (2, "", False),
        (3, "shares", True),
        (4, "nothing", False),
    ]


def test_a_file_without_tests_states_none() -> None:
    for path in ("a_test.go", "src/a.rs", "ScoreTests.cs", "score_test.cc"):
        assert facts.read(path, b"").diagnostics == facts.read(path, b"x y z\n").diagnostics == ()
