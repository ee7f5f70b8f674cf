from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mlops_scan import facts
from mlops_scan.facts import tokens
from mlops_scan.facts.kinds import Call, Command, Definition, Import, Setting
from mlops_scan.facts.kinds import Test as TestFact

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

TestFact.__test__ = False  # type: ignore[attr-defined]


def notebook(*cells: str, **changes: object) -> str:
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True), "outputs": ["import no"]} for cell in cells]
    return json.dumps(
        {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": "import md"}, *made], **changes},
        indent=1,
    )


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def test_notebooks_state_their_code_cells_on_the_lines_of_the_file(stated: Callable[..., list[Any]]) -> None:
    text = notebook("!pip install mlflow\nimport mlflow\n%matplotlib inline", "mlflow.log_metric('auc', 1)\n")
    assert stated("a.ipynb", text, Import, "line", "name") == [(line_of(text, "import mlflow"), "mlflow")]
    assert stated("a.ipynb", text, Call, "line", "name") == [(line_of(text, "log_metric"), "mlflow.log_metric")]
    assert stated("a.ipynb", text, Command, "line", "run") == [(line_of(text, "pip install"), "pip install mlflow")]


def test_a_cell_that_is_not_python_loses_only_itself() -> None:
    reading = facts.read("a.ipynb", notebook("this is only prose", "import mlflow").encode())
    assert [fact.name for fact in reading.facts if isinstance(fact, Import)] == ["mlflow"]
    assert len(reading.diagnostics) == 1


def test_shell_cells_and_other_magics(stated: Callable[..., list[Any]]) -> None:
    text = notebook("%%bash\nmake train\n", "%%sql\nselect 1\n", "%%time\nimport a\n", "%run other.py\n")
    assert stated("a.ipynb", text, Command, "run") == [("make train",), ("python other.py",)]
    assert stated("a.ipynb", text, Import, "name") == [("a",)]


def test_commands_over_several_lines_and_their_output(stated: Callable[..., list[Any]]) -> None:
    cell = "if not project:\n    found = !gcloud config list \\\n      --format text\n    project = found[0]\n"
    text = notebook(cell, "%pip install \\\n  mlflow\nimport mlflow\n", "!python train.py \\\n  --rows 10\nimport a\n")
    runs = ["gcloud config list --format text", "python train.py --rows 10"]
    assert stated("a.ipynb", text, Command, "line", "run") == [
        (line_of(text, run.partition(" ")[0]), run) for run in runs
    ]
    assert stated("a.ipynb", text, Import, "name") == [("mlflow",), ("a",)]
    assert facts.read("a.ipynb", text.encode()).diagnostics == ()


def test_whole_cells_of_another_language_as_databricks_has_them(stated: Callable[..., list[Any]]) -> None:
    text = notebook("%sql\nselect 1\n", "%md\nprose!\n", "%sh\nmake train\n", "%sql select 1\nimport a\n")
    assert stated("a.ipynb", text, Command, "run") == [("make train",)]
    assert stated("a.ipynb", text, Import, "name") == [("a",)]
    assert facts.read("a.ipynb", text.encode()).diagnostics == ()


def test_older_and_broken_notebooks() -> None:
    cell = {
        "cell_type": "code",
        "input": ["import mlflow"],
        "language": "python",
        "outputs": [],
        "collapsed": False,
        "metadata": {},
    }
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    reading = facts.read("old.ipynb", json.dumps(old).encode())
    assert [fact.name for fact in reading.facts if isinstance(fact, Import)] == ["mlflow"]
    broken = facts.read("b.ipynb", b"{not json")
    assert "not read as a notebook" in broken.diagnostics[0].message


def test_r_notebooks_are_read_as_r(stated: Callable[..., list[Any]]) -> None:
    text = notebook("library(ranger)\nranger(y ~ .)", metadata={"kernelspec": {"language": "R"}})
    assert stated("a.ipynb", text, Import, "name") == [("ranger",)]


def test_r_code_is_told_from_comments_and_strings(stated: Callable[..., list[Any]]) -> None:
    text = 'library(caret)\n# ranger(x)\ns <- "glmnet(x)"\nfit <- function(d) {\n  caret::train(y ~ ., d)\n}\n'
    assert stated("a.R", text, Import, "line", "name") == [(1, "caret")]
    assert (5, "caret.train") in stated("a.R", text, Call, "line", "name")
    assert (4, "fit", "function") in stated("a.R", text, Definition, "line", "name", "kind")
    assert not {"ranger", "glmnet"} & {name for (name,) in stated("a.R", text, Call, "name")}


def test_naming_a_member_of_an_r_package_loads_it_once(stated: Callable[..., list[Any]]) -> None:
    text = "# ranger::ranger(x)\nt <- mlr3::TaskRegr$new(x)\nl <- mlr3:::helper\nlibrary(caret)\ncaret::train(x)\n"
    assert stated("a.R", text, Import, "line", "name") == [(2, "mlr3"), (4, "caret")]


def test_r_tests_assert_when_they_name_something(stated: Callable[..., list[Any]]) -> None:
    real = 'test_that("a", {\n  expect_equal(clean(x), y)\n})\n'
    placeholder = 'test_that("b", {\n  expect_equal(2 * 2, 4)\n})\n'
    assert stated("tests/testthat/test-a.R", placeholder + real, TestFact, "line", "asserts") == [(1, False), (4, True)]


def test_chunks_of_r_markdown(stated: Callable[..., list[Any]]) -> None:
    assert stated("a.Rmd", "# ranger(x)\n```{r}\nlibrary(ranger)\n```\ntext(1)\n", Import, "line", "name") == [
        (3, "ranger")
    ]
    assert stated("a.Rmd", "```{r}\nfit(x)\n```\ntext(1)\n", Call, "name") == [("fit",)]


def test_julia_imports_calls_and_tests(stated: Callable[..., list[Any]]) -> None:
    text = "using Flux: train!, Chain\nimport MLJ\n# update!(x)\nFlux.train!(loss)\n@test f(x) == 1\n@test 1 == 1\n"
    names = [name for (name,) in stated("test/runtests.jl", text, Import, "name")]
    assert {"Flux", "Flux.train!", "Flux.Chain", "MLJ"} <= set(names)
    assert (4, "Flux.train!") in stated("test/runtests.jl", text, Call, "line", "name")
    assert stated("test/runtests.jl", text, TestFact, "line", "asserts") == [(5, True), (6, False)]


def test_code_of_other_languages_is_known_as_code(stated: Callable[..., list[Any]]) -> None:
    assert stated("src/train.cpp", "int main(){}", Definition, "name", "kind") == [("train", "module")]


def test_documents_state_their_leaves_with_lines(stated: Callable[..., list[Any]]) -> None:
    assert stated("a.yml", "a:\n  - b: 1\n  - !Ref c\n", Setting, "line", "key", "value") == [
        (2, "a.0.b", "1"),
        (3, "a.1", "c"),
    ]
    assert stated("a.json", '{\n "a": {\n  "b": [true]\n }\n}', Setting, "line", "key", "value") == [
        (3, "a.b.0", "true")
    ]
    assert stated("a.json", '{\n\t"a": 1\n}', Setting, "key", "value") == [("a", "1")]
    assert stated(
        "a.toml", 'x = 1\n[a."b.c"]\nd = [\n  "e",\n  "f",\n]\n[[g]]\nh = 2\n', Setting, "line", "key", "value"
    ) == [
        (1, "x", "1"),
        (4, "a.b.c.d.0", "e"),
        (5, "a.b.c.d.1", "f"),
        (8, "g.0.h", "2"),
    ]
    assert stated("tox.ini", "[a]\nb = 1\n", Setting, "line", "key", "value") == [(2, "a.b", "1")]
    assert stated("a.yml", "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", Setting, "key") == [("a.b",), ("c.b",), ("c.d",)]


def test_what_does_not_parse_gives_a_diagnostic_with_its_line() -> None:
    for path, text, line in [
        ("a.yml", "a: 1\nb: [\n", 3),
        ("a.toml", "a = 1\nb = \n", 2),
        ("setup.cfg", "\nb = 1\n[a]\n", 2),
    ]:
        (diagnostic,) = facts.read(path, text.encode()).diagnostics
        assert (diagnostic.path, diagnostic.line) == (path, line)
    kept = facts.read("a.yml", b"a: 1\n---\nb: [\n")
    assert [fact.key for fact in kept.facts if isinstance(fact, Setting)] == ["a"]


SCALA = """\
import org.apache.spark.ml.classification.{LogisticRegression, GBTClassifier => Boosted}
object Train extends App {
  // val model = commented.fit(training)
  val estimator = new LogisticRegression().setMaxIter(10)
  val boosted = new Boosted()
  val model = estimator.fit(training); boosted.fit(training)
}
class TrainSuite extends AnyFunSuite {
  test("learns") { assert(auc(model) > 0.5) }
  test("does nothing") { train() }
}
"""


def test_scala_names_calls_by_what_objects_were_made_of(stated: Callable[..., list[Any]]) -> None:
    spark = "org.apache.spark.ml.classification"
    assert stated("Train.scala", SCALA, Import, "line", "name") == [
        (1, f"{spark}.LogisticRegression"),
        (1, f"{spark}.GBTClassifier"),
    ]
    calls = stated("Train.scala", SCALA, Call, "line", "name")
    assert (6, f"{spark}.LogisticRegression.fit") in calls
    assert (6, f"{spark}.GBTClassifier.fit") in calls
    assert not [name for line, name in calls if line == 3]
    assert stated("Train.scala", SCALA, TestFact, "name", "asserts") == [("learns", True), ("does nothing", False)]


def test_scala_names_what_a_class_loads_by_the_class(stated: Callable[..., list[Any]]) -> None:
    loads = "import org.apache.spark.ml.PipelineModel\nval model = PipelineModel.load(place)\nmodel.transform(rows)\n"
    assert (3, "org.apache.spark.ml.PipelineModel.transform") in stated("Score.scala", loads, Call, "line", "name")
    lower = "import acme.models\nval model = models.load(place)\nmodel.transform(rows)\n"
    assert (3, ".transform") in stated("Score.scala", lower, Call, "line", "name")


JAVA = """\
import static org.junit.Assert.assertEquals;
import weka.classifiers.trees.J48;
class TreeTest {
    @Test
    public void learns() { J48 tree = new J48(); tree.buildClassifier(data); assertEquals(1, tree.size()); }
    @Test
    public void ends() { run(); }
}
"""


def test_java_names_calls_and_tests(stated: Callable[..., list[Any]]) -> None:
    assert stated("TreeTest.java", JAVA, Import, "line", "name") == [
        (1, "org.junit.Assert.assertEquals"),
        (2, "weka.classifiers.trees.J48"),
    ]
    assert (5, "weka.classifiers.trees.J48.buildClassifier") in stated("TreeTest.java", JAVA, Call, "line", "name")
    assert stated("TreeTest.java", JAVA, TestFact, "name", "asserts") == [("learns", True), ("ends", False)]


ENDPOINT = """\
@QuarkusTest
class ScoreTest {
  @Test
  void answers() { given().when().get("/score").then().statusCode(200); }
  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {1, 2})
  void answersAll(int n) throws Exception { mvc.perform(get("/score/" + n)).andExpect(status().isOk()); }
  @RepeatedTest(3)
  void looks() { System.out.println(given().get("/score").statusCode()); }
}
"""


BEGUN = """\
public class AppTest {
  @Test
  public void shouldAnswerWithTrue() { assertTrue(true); }
  @Test
  public void shouldScore() { score(); }
  @Test
  public void shouldAnswer() { assertTrue(score() > 0); }
}
"""


def test_java_tests_of_a_new_project_assert_nothing(stated: Callable[..., list[Any]]) -> None:
    assert stated("src/test/java/AppTest.java", BEGUN, TestFact, "name", "asserts") == [
        ("shouldAnswerWithTrue", False),
        ("shouldScore", False),
        ("shouldAnswer", True),
    ]


def test_java_tests_assert_by_what_a_service_answers(stated: Callable[..., list[Any]]) -> None:
    assert stated("src/test/java/ScoreTest.java", ENDPOINT, TestFact, "name", "asserts") == [
        ("answers", True),
        ("answersAll", True),
        ("looks", False),
    ]


def test_code_that_takes_the_square_of_its_length_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "PATIENCE", 0.05)
    found = facts.read("src/Train.java", b"RUN " * 2000)
    assert not found.facts
    assert [told.message for told in found.diagnostics] == [facts.TOO_SLOW]


def test_r_code_is_run_by_the_function_or_test_around_it(stated: Callable[..., list[Any]]) -> None:
    text = """source(here::here("R", "clean.R"), local = TRUE)
learn <- function(d) {
  each <- function(x) { ranger(y ~ ., x) }
  each(d)
}
short = function(m) predict(m)
lapply(X = parts, FUN = function(d) { gbm(y ~ ., d) })
map(parts, learn)
test_that("it learns", { expect_true(is.list(learn(d))) })
source(path)
file.exists("R/clean.R")
"""
    found = stated("a.R", text, Call, "name", "unit")
    assert {("ranger", "learn"), ("each", "learn"), ("predict", "short"), ("gbm", ""), ("learn", "")} <= set(found)
    assert ("learn", "it learns") in found
    assert [given for _, given in stated("a.R", text, Call, "name", "arguments") if given] == [{"0": "R/clean.R"}]
