from __future__ import annotations

from mlops_scan import catalogue, chains, facts, modules
from mlops_scan.chains import Node
from mlops_scan.chains.inner_calls import inner_calls
from mlops_scan.evidence import FileFacts, recognise

CODE = """\
import steps

class Model:
    def __call__(self):
        steps.fit()

def run():
    model = Model()
    model()
    print("done")

run()
"""


def file(path: str, text: str) -> FileFacts:
    return FileFacts(path, "product", facts.read(path, text.encode()).facts)


def test_what_a_file_runs_inside_it_is_known_without_the_rest() -> None:
    calls = inner_calls(file("train.py", CODE))
    assert (Node("train.py", ""), Node("train.py", "run")) in {(source, edge.target) for source, edge in calls.edges}
    assert {calls.all[number].name for number in calls.by_first["steps"]} == {"steps.fit"}
    assert calls.leading == frozenset()


def test_a_file_that_was_asked_before_leads_to_what_is_there_now() -> None:
    code, steps = file("train.py", CODE), file("steps.py", "def fit():\n    pass\n")

    def reached(*files: FileFacts) -> bool:
        index = modules.index([one.path for one in files])
        graph = chains.build(files, recognise(catalogue.load(), files, index), index)
        return any(edge.target == Node("steps.py", "fit") for edges in graph.edges.values() for edge in edges)

    assert [reached(code), reached(code, steps), reached(code)] == [False, True, False]
