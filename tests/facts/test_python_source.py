from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_scan.facts import kinds
from mlops_scan.facts.kinds import Call, Command, Decorator, Definition, Guarded, Import
from mlops_scan.facts.python_source import python_facts, read

OWN_ATTRIBUTE = """
from a import B
class T:
    def __init__(self):
        self.m = B()
    def go(self):
        self.m.fit()
"""


LINES = [
    "",
    "import a",
    "x = a.B()",
    "x.fit()",
    "def f(x):",
    "    return x",
    "class C(a.B):",
    "    y = 1",
    "if x > 1:",
    "    pass",
    "",
]


def calls(source: str, path: str = "churn/train.py") -> dict[str, Call]:
    return {fact.name: fact for fact in python_facts(source, path).facts if isinstance(fact, Call)}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import mlflow\nmlflow.log_metric('auc', 1)", "mlflow.log_metric"),
        ("import mlflow as mf\nmf.log_metric('auc', 1)", "mlflow.log_metric"),
        ("from mlflow import log_metric as lm\nlm('auc', 1)", "mlflow.log_metric"),
        ("import os.path\nos.path.join('a')", "os.path.join"),
        ("from fastai.vision.all import *\ncnn_learner(d)", "fastai.vision.all.cnn_learner"),
        ("from sklearn.svm import SVC\nm = SVC()\nm.fit(x)", "sklearn.svm.SVC.fit"),
        ("from sklearn.svm import SVC\nSVC().fit(x)", "sklearn.svm.SVC.fit"),
        ("from sklearn.svm import SVC\ndef go(m: SVC):\n    m.fit(x)", "sklearn.svm.SVC.fit"),
        ("from sklearn.svm import SVC\ndef make():\n    return SVC()\nmake().fit(x)", "sklearn.svm.SVC.fit"),
        (
            "import db\ndef make():\n    return db.connect()\ncur = make().cursor()\ncur.execute(q)",
            "db.connect.cursor.execute",
        ),
        ("def make(x):\n    return x\nm = make(1)\nm.head.fit(x)", ".fit"),
        ("def train(): ...\nqueue(train.delay())", "churn.train.train.delay"),
        ("from a import flow\n@flow\ndef train(): ...\ntrain.serve()", "churn.train.train.serve"),
        (OWN_ATTRIBUTE, "a.B.fit"),
        ("import mlflow\nwith mlflow.start_run() as run:\n    run.log()", "mlflow.start_run.log"),
        ("from pl import Module\nclass M(Module):\n    def step(self):\n        self.log('x')", "pl.Module.log"),
        ("from a import B\nm, n = B(), 1\nm.fit()", "a.B.fit"),
        ("from pl import Trainer\nfrom hydra import make\nt: Trainer = make(cfg)\nt.fit(x)", "pl.Trainer.fit"),
        ("from pl import Base\nfrom svm import SVC\nm: Base = SVC()\nm.fit(x)", "svm.SVC.fit"),
        ("def go(model):\n    model.fit(x)", ".fit"),
        ("from .data import load\nload()", "churn.data.load"),
        ("from .. import shared\nshared.load()", "shared.load"),
        ("def load(): ...\nload()", "churn.train.load"),
        ("for m in models:\n    m.fit()", ".fit"),
        ("print(1)", "print"),
    ],
)
def test_names_are_resolved_through_imports_aliases_and_objects(source: str, name: str) -> None:
    assert name in calls(source)


SEVERAL_MAKERS = """
from joblib import load
from svm import SVC

class Trainer:
    def build(self):
        return SVC() if self.linear else Tree()

    def train(self, rows):
        self.model = self.build()
        self.model.fit(rows)

    def retrain(self, rows):
        self.model = SVC()
        self.model.refit(rows)

    def answer(self, rows):
        return self.model.predict(rows)

    def restore(self, path):
        self.model = load(path)
"""


def test_an_attribute_is_what_the_method_around_made_it() -> None:
    named = calls(SEVERAL_MAKERS)
    assert {".fit", "svm.SVC.refit"} <= set(named), "one that the class makes itself is of unknown class"
    assert "joblib.load.predict" in named, "a method that makes none takes what another left"


def test_a_later_assignment_hides_what_a_name_meant() -> None:
    facts = python_facts("import mlflow\nmlflow = object_of_ours\nmlflow.log_metric('a')", "x.py").facts
    assert not any(isinstance(fact, Call) and fact.name == "mlflow.log_metric" for fact in facts)


def test_arguments_are_literals_names_and_calls() -> None:
    source = """
import os
from a import f, Logger
NAME = "churn"
f(1, "two", [3, "four"], name=NAME, logger=Logger(), depth=-1, flag=True, path=f"runs/{NAME}/{other}", call=lambda: 0)
"""
    assert calls(source)["a.f"].arguments == {
        "0": "1",
        "1": "two",
        "2": "3 four",
        "name": "churn",
        "logger": "a.Logger",
        "depth": "-1",
        "flag": "True",
        "path": "runs/churn/{}",
        "call": "…",
    }


def test_what_is_handed_over_is_referenced() -> None:
    source = "from a import Operator\ndef train(): ...\nOperator(task_id='t', python_callable=train)"
    assert calls(source)["a.Operator"].references == {"python_callable": "churn.train.train"}


def test_units_are_qualified_functions_and_lines_are_exact() -> None:
    source = "import m\n\nclass T:\n    def go(self):\n        def inner():\n            m.act()\n        inner()\n"
    assert (calls(source)["m.act"].unit, calls(source)["m.act"].line) == ("T.go.inner", 6)


def test_comments_strings_and_docstrings_state_nothing() -> None:
    source = '"""import mlflow"""\n# mlflow.log_metric("a", 1)\ntext = "mlflow.log_metric()"\n'
    kinds = {type(fact) for fact in python_facts(source, "x.py").facts}
    assert kinds == {Definition}


def test_definitions_decorators_and_imports_keep_their_unit() -> None:
    source = "from prefect import flow\n@flow(name='n')\ndef go():\n    import late\n"
    facts = python_facts(source, "x.py").facts
    assert Decorator(line=2, name="prefect.flow", arguments={"name": "n"}, unit="go") in facts
    assert Import(line=4, name="late", unit="go") in facts


def test_commands_of_process_runners_and_operators() -> None:
    source = """
import subprocess, sys
from airflow.operators.bash import BashOperator
subprocess.run([sys.executable, "-m", "churn.train"], check=True)
BashOperator(task_id="t", bash_command="python etl.py && dvc repro")
"""
    source += 'cmd = "./fit.py -s {n} a.csv".format(n=1)\nsubprocess.call(cmd, shell=True)\n'
    source += 'line = [sys.executable, "-m", "churn.score", "--rows", rows]\nsubprocess.run(line)\n'
    runs = [(fact.line, fact.run) for fact in python_facts(source, "x.py").facts if isinstance(fact, Command)]
    assert runs == [
        (4, "python -m churn.train"),
        (5, "python etl.py"),
        (5, "dvc repro"),
        (7, "./fit.py -s {n} a.csv"),
        (9, "python -m churn.score --rows .rows"),
    ]


def test_what_no_version_of_python_reads_gives_a_diagnostic_with_its_line() -> None:
    reading = read("old.py", b"import os\nprint 'hello' os\n")
    assert reading.facts == ()
    assert [(d.path, d.line) for d in reading.diagnostics] == [("old.py", 2)]


def test_declared_encodings_are_honoured() -> None:
    reading = read("x.py", "# -*- coding: latin-1 -*-\nimport mlflow\nname = 'é'\n".encode("latin-1"))
    assert Import(line=2, name="mlflow") in reading.facts


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_facts_or_a_diagnostic(data: bytes) -> None:
    assert read("x.py", data) == read("x.py", data)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines_of_python_give_facts_or_a_diagnostic(lines: list[str]) -> None:
    reading = python_facts("\n".join(lines), "x.py")
    assert reading.facts or reading.diagnostics or not "".join(lines).strip()


def test_a_module_that_may_be_missing_is_still_that_module() -> None:
    source = "try:\n    import mlflow\nexcept ImportError:\n    mlflow = None\nmlflow.log_metric('auc', 1)\n"
    assert "mlflow.log_metric" in calls(source)


def test_a_module_brought_by_name_is_that_module() -> None:
    source = (
        "import importlib\ndef load():\n    found = importlib.import_module('mlflow')\n    return found\n"
        "tracker = load()\ntracker.log_metric('auc', 1)\n__import__('os').getcwd()\n"
    )
    assert {"mlflow.log_metric", "os.getcwd"} <= set(calls(source))


NOTEBOOK = """\
# Databricks notebook source
# MAGIC %run ./utils
# MAGIC %run ../shared/data $env="prod"
# MAGIC %run /Repos/acme/churn/other
# MAGIC %md
# MAGIC ## Train
%load_ext autoreload
if True:
    %pip install x
train()
"""


def test_a_databricks_notebook_brings_what_it_runs() -> None:
    reading = read("churn/notebooks/train.py", NOTEBOOK.encode())
    assert reading.diagnostics == ()
    imports = [(fact.line, fact.name) for fact in reading.facts if isinstance(fact, Import)]
    assert imports == [(2, "churn.notebooks.utils"), (3, "churn.shared.data")]
    assert [(fact.line, fact.name) for fact in reading.facts if isinstance(fact, Call)] == [
        (10, "churn.shared.data.train")
    ]


@pytest.mark.parametrize(
    ("condition", "guards"),
    [
        ('__name__ == "__main__"', True),
        ('"__main__" == __name__', True),
        ('__name__ != "__main__"', False),
        ('name == "__main__"', False),
        ("__name__", False),
    ],
)
def test_what_only_a_program_runs_is_told(condition: str, guards: bool) -> None:
    reading = read("train.py", f"if {condition}:\n    a()\n    b()\nelse:\n    c()\n".encode())
    found = [(fact.line, fact.end) for fact in reading.facts if isinstance(fact, Guarded)]
    assert found == ([(1, 3)] if guards else [])


MODELS = "from sklearn.svm import SVC\nMODELS = {'svc': SVC, 'other': SVC}\nrows = {'a': 1, 'b': SVC}\n"


@pytest.mark.parametrize(
    ("body", "returns"),
    [
        ("return MODELS[name](C=1)", "sklearn.svm.SVC"),
        ("made = {'svc': SVC()}\n    return made[name]", "sklearn.svm.SVC"),
        ("return MODELS.get(name)(C=1)", "sklearn.svm.SVC"),
        ("kind = MODELS.get(name, SVC)\n    return kind(C=1)", "sklearn.svm.SVC"),
        ("both = MODELS.copy()\n    both.update({})\n    return both[name]()", "sklearn.svm.SVC"),
        ("both = dict(MODELS)\n    return both[name]()", "sklearn.svm.SVC"),
        ("both = {**MODELS, **rows}\n    return both[name]()", "sklearn.svm.SVC"),
        ("both = {**rows}\n    return both[name]()", ""),
        ("both = MODELS.keys()\n    return both[name]()", ""),
        ("return rows[name]", ""),  # a dict of anything
        ("return rows.get(name)", ""),
        ("return MODELS.items(name)", ""),
        ("made = {}\n    made = {'a': made['a'].Other}\n    return made[name]", ""),
    ],
)
def test_what_is_taken_from_a_dict_of_classes_is_of_the_first(body: str, returns: str) -> None:
    found = python_facts(f"{MODELS}\n\ndef build(name):\n    {body}\n", "models.py").facts
    assert [fact.returns for fact in found if isinstance(fact, kinds.Definition) and fact.name == "build"] == [returns]
