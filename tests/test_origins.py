from __future__ import annotations

from mlops_scan import origins
from mlops_scan.assessment import Proven
from mlops_scan.chains import Step
from mlops_scan.evidence import Evidence

LOCAL = Evidence("acme.train", "train.py", 3, "strong", "", what="acme.train", act="trains", origin="local")
EVENT = Evidence("acme.feed", "feed.py", 1, "strong", "", what="acme.feed", trigger="event", origin="installed")
OWN = Evidence("mlflow.registration", "train.py", 4, "strong", "", what="mlflow.register_model", act="registers")


def proven(detector: str, *steps: Step) -> Proven:
    return Proven(detector, "train.py", 3, "strong", "", steps)


def catalogue_of(proof: Proven, *others: Evidence) -> str:
    return origins.marker((LOCAL, EVENT, OWN, *others))(proof).catalogue


def test_a_proof_is_of_the_catalogue_of_its_detector() -> None:
    assert catalogue_of(proven("acme.train")) == "local"
    assert catalogue_of(proven("mlflow.registration")) == "built-in"


def test_a_proof_is_of_another_catalogue_where_a_trigger_or_act_on_the_way_is() -> None:
    act, event = Step("train.py", 3, "trains: acme.train"), Step("feed.py", 1, "event: acme.feed")
    assert catalogue_of(proven("model.gate", Step("gate.py", 1, "decides by auc"), act)) == "local"
    assert catalogue_of(proven("mlflow.registration", event, Step("train.py", 4, "registers: x"))) == "installed"


def test_what_the_built_in_catalogue_knows_as_well_is_built_in() -> None:
    same = Evidence("other.train", "train.py", 3, "strong", "", what="acme.train", act="trains")
    assert catalogue_of(proven("other.train", Step("train.py", 3, "trains: acme.train")), same) == "built-in"
