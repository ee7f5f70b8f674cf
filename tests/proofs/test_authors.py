from __future__ import annotations

import pytest

from mlops_scan import catalogue, maturity
from mlops_scan.assessment import Answer, Origin
from mlops_scan.chains import build
from mlops_scan.evidence import Evidence, FileFacts, recognise
from mlops_scan.facts import read
from mlops_scan.modules import index
from mlops_scan.sources import roles

TRAINING = "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"
FILES = {"train.py": TRAINING, "Dockerfile": "FROM python\nRUN pip install a\n"}


ABOUT = Evidence("project-metadata.named-after", "package.json", 2, "strong", "Says what it is about.")


def judged(
    history: dict[str, frozenset[str]] | None, texts: dict[str, str] = FILES, about: tuple[Evidence, ...] = ()
) -> Answer:
    files = [FileFacts(path, roles.role(path), read(path, text.encode()).facts) for path, text in texts.items()]
    evidence = recognise(catalogue.load(), files, index(texts))
    known = maturity.known(files, evidence, build(files, evidence, index(texts)), history, built_on=about)
    found = maturity.assess(known, Origin("churn", None, "worktree")).capabilities
    return next(answer for answer in found if answer.id == "team-collaboration")


BOTH = frozenset(FILES)


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ({"Ada": BOTH, "Grace": BOTH}, "present"),
        ({"Ada": BOTH, "Grace": frozenset({"old.py", "Dockerfile.old"})}, "present"),  # what is gone counts by its name
        ({"Ada": BOTH, "Grace": frozenset({"train.py"})}, "absent"),
        ({"Ada": BOTH}, "absent"),
        (None, "absent"),
    ],
)
def test_people_who_changed_both_are_counted_and_never_named(
    history: dict[str, frozenset[str]] | None, status: str
) -> None:
    answer = judged(history)
    assert answer.status == status
    said = {proven.summary for proven in answer.evidence}
    assert said == (
        {"Changed by one of 2 people who each changed both ML code and engineering files."} if said else said
    )
    assert bool(said) is (status == "present")


def test_without_machine_learning_nobody_changed_its_code() -> None:
    assert judged({"Ada": BOTH, "Grace": BOTH}, {**FILES, "train.py": "import a\n"}).status == "absent"


WEKA = "import weka.classifiers.trees.J48;\nclass Fit { void go() { J48 t = new J48(); t.buildClassifier(x); } }\n"


@pytest.mark.parametrize(("code", "status"), [(WEKA, "present"), ("class Ask { void run() { ask(); } }\n", "absent")])
def test_code_of_an_application_counts_where_that_language_has_models(code: str, status: str) -> None:
    both = frozenset({"src/Train.java", "Dockerfile"})
    assert judged({"Ada": both, "Grace": both}, {**FILES, "src/Train.java": code}).status == status


@pytest.mark.parametrize(("about", "status"), [((ABOUT,), "present"), ((), "absent")])
def test_all_code_of_a_package_that_is_about_models_counts(about: tuple[Evidence, ...], status: str) -> None:
    both = frozenset({"src/all.js", "Dockerfile"})
    texts = {"src/all.js": "export { PCA } from 'ml-pca';\n", "Dockerfile": "FROM node\n"}
    assert judged({"Ada": both, "Grace": both}, texts, about).status == status


RUST = "use linfa::prelude::*;\nfn fit() { tree.fit(&rows); }\n\n#[test]\nfn fits() { assert_eq!(1, one()); }\n"


@pytest.mark.parametrize(("other", "status"), [("Dockerfile", "present"), ("src/fit.rs", "absent")])
def test_tests_inside_the_code_are_no_file_of_their_own(other: str, status: str) -> None:
    both = frozenset({"src/fit.rs", other})
    assert judged({"Ada": both, "Grace": both}, {"src/fit.rs": RUST, "Dockerfile": "FROM rust\n"}).status == status


@pytest.mark.parametrize(
    ("tests", "status"), [("def test_fit():\n    assert fit() > 0\n", "present"), ("width = 3\n", "absent")]
)
def test_what_is_only_called_a_test_is_none(tests: str, status: str) -> None:
    both = frozenset({"train.py", "wide_test.py"})
    texts = {"train.py": TRAINING, "wide_test.py": tests}
    assert judged({"Ada": both, "Grace": both}, texts).status == status
