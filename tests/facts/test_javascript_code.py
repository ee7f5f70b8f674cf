from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call, Import
from mlops_scan.facts.kinds import Test as TestFact

if TYPE_CHECKING:
    from collections.abc import Callable

TestFact.__test__ = False  # type: ignore[attr-defined]


def test_javascript_tests_assert_when_they_are_given_something(stated: Callable[..., list[Any]]) -> None:
    text = """
import { render as drawn } from "@testing-library/react";
import Churn from "./Churn";
const request = require("supertest");
describe("churn", () => {
  test.beforeEach(() => { expect(ready()); });
  it("answers", (done) => { request(app).get("/").expect(200, done); });
  it("knows", () => { assert.ok(true); });
  xit("waits", () => { expect(churn()).toBe(1); });
  it.todo("scores");
  it.each([1, 2])("counts %d", (n) => { drawn(n); expect(n).toBe(1); });
});
"""
    read = "web/churn.test.js"
    assert stated(read, text, Import, "line", "name") == [(2, "@testing-library/react"), (4, "supertest")]
    assert stated(read, text, Call, "line", "name") == [(7, "supertest"), (11, "@testing-library/react")]
    tests = [(7, "answers", True), (8, "knows", False), (9, "waits", False), (10, "scores", False), (11, "", True)]
    assert stated(read, text, TestFact, "line", "name", "asserts") == tests
    assert stated("web/churn.js", text, TestFact, "name") == []


@pytest.mark.parametrize(
    ("asked", "asserts"),
    [('cy.contains("Churn")', True), ('cy.get("#score")', True), ('cy.visit("/")', False), ('spy.get("x")', False)],
)
def test_what_cypress_asks_of_a_page_can_fail(stated: Callable[..., list[Any]], asked: str, asserts: bool) -> None:
    text = f'it("shows the score", () => {{ {asked}; }});\n'
    assert stated("web/e2e/score.cy.js", text, TestFact, "asserts") == [(asserts,)]


def test_javascript_names_objects_by_what_made_them(stated: Callable[..., list[Any]]) -> None:
    text = """
import * as tf from "@tensorflow/tfjs";
import { BayesClassifier as Bayes } from "natural";
import own from "./own";
const { pipeline, env: settings } = require("@xenova/transformers");
const model: tf.Sequential = tf.sequential();
await model.fit(rows, left);
this.classifier = new Bayes();
this.classifier.train();
// model.predict(rows)
const told = await pipeline("sentiment-analysis");
other.predict(rows);
"""
    assert stated("src/a.ts", text, Import, "line", "name") == [
        (2, "@tensorflow/tfjs"),
        (3, "natural"),
        (5, "@xenova/transformers"),
    ]
    assert stated("src/a.ts", text, Call, "line", "name") == [
        (6, "@tensorflow/tfjs.sequential"),
        (7, "@tensorflow/tfjs.sequential.fit"),
        (8, "natural.BayesClassifier"),
        (9, "natural.BayesClassifier.train"),
        (11, "@xenova/transformers.pipeline"),
        (12, "other.predict"),
    ]
    plain = "import { api } from 'axios';\napi.get('/');\n"
    assert stated("src/a.ts", plain, Import, "name") == []  # nothing in it makes or asks a model
