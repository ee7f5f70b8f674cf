from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_scan.sources.roles import assign, role

ROLES = {"product", "test", "docs", "example", "template", "vendored", "generated", "test-data"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("train.py", "product"),
        ("src/model/train.py", "product"),
        ("notebooks/eda.ipynb", "product"),
        (".github/workflows/test.yml", "product"),
        (".github/workflows/docs.yaml", "product"),
        (".gitlab-ci.yml", "product"),
        ("Jenkinsfile", "product"),
        (".pipelines/abtest.yml", "product"),
        (".dvc/config", "product"),
        ("data/raw.csv.dvc", "product"),
        ("data/test/images.dvc", "product"),
        ("poetry.lock", "product"),
        ("uv.lock", "product"),
        ("package-lock.json", "product"),
        ("renv.lock", "product"),
        ("requirements.txt", "product"),
        ("docker_requirements.txt", "product"),
        ("requirements/base.txt", "product"),
        ("requirments.txt", "product"),
        ("constraints-dev.txt", "product"),
        ("CMakeLists.txt", "product"),
        ("runtime.txt", "product"),
        ("test.py", "product"),
        ("scripts/test.py", "product"),
        ("src/train_test.py", "product"),
        ("serving/ab_test.py", "product"),
        ("src/contest/latest.py", "product"),
        ("src/attest/model.py", "product"),
        ("data/test/x.csv", "product"),
        ("datasets/coco/test/labels.json", "product"),
        ("terraform/envs/test/main.tf", "product"),
        ("deploy/overlays/test/kustomization.yaml", "product"),
        ("build/Dockerfile", "product"),
        ("src/build/features.py", "product"),
        ("env/dev.yaml", "product"),
        ("wandb/settings", "product"),
        ("src/external/api.py", "product"),
        ("data/external/source.yaml", "product"),
        ("analysis.qmd", "product"),
        ("fixtures/small/repo/train.py", "test-data"),
        ("pkg/testdata/dvc.yaml", "test-data"),
        ("data/test_data/x.csv.dvc", "product"),
        ("archive/pipelines/build.yml", "example"),
        ("08-tests/check_api.py", "test"),
        ("2_examples/train.py", "example"),
        ("4-eval/2-test-data/k8s/application.yaml", "test-data"),
        ("2/train.py", "product"),
        ("2-train/run.py", "product"),
        ("v2-tests/run.py", "product"),
        ("src/Deprecated/train.py", "example"),
        ("data/archive/a.csv.dvc", "product"),
        ("src/archives.py", "product"),
        ("tests/fixtures/app.py", "test"),
        ("tests/test_train.py", "test"),
        ("tests/data/x.csv", "test"),
        ("tests/README.md", "test"),
        ("src/pkg/tests/helpers.py", "test"),
        ("test/app_test.py", "test"),
        ("code/integraton-test/run.sh", "test"),
        ("e2e/run.sh", "test"),
        ("spec/model_spec.rb", "test"),
        ("training/test_train.py", "test"),
        ("data/test_data.py", "test"),
        ("pkg/model_test.py", "test"),
        ("features/build_features_tests.py", "test"),
        ("scripts/hub-integration-tests.py", "test"),
        ("conftest.py", "test"),
        ("cmd/server_test.go", "test"),
        ("web/app.test.ts", "test"),
        ("web/app.spec.tsx", "test"),
        ("tests/testthat/test-model.R", "test"),
        ("test/runtests.jl", "test"),
        ("src/test/scala/ModelSpec.scala", "test"),
        ("app/src/main/java/com/example/demo/Score.java", "product"),
        ("src/main/kotlin/ch/acme/dist/Score.kt", "product"),
        ("src/main/java/shop/vendor/Vendor.java", "product"),
        ("examples/shop/src/main/java/shop/Shop.java", "example"),
        ("src/test/java/com/example/demo/Helper.java", "test"),
        ("src/main/resources/vendor/a.js", "vendored"),
        ("src/demo/java/Score.java", "example"),
        ("src/demo/Score.java", "example"),
        ("README.md", "docs"),
        ("LICENSE", "docs"),
        ("docs/conf.py", "docs"),
        ("doc/example/run.py", "docs"),
        ("documentation/workflow.yml", "docs"),
        ("src/notes.rst", "docs"),
        ("data/metadata/header.txt", "docs"),
        ("AGENTS.md", "docs"),
        ("CLAUDE.md", "docs"),
        (".claude/skills/mlflow/run.py", "docs"),
        (".cursor/rules/x.mdc", "docs"),
        (".gemini/config.yaml", "docs"),
        (".cursorrules", "docs"),
        (".github/copilot-instructions.md", "docs"),
        ("examples/train.py", "example"),
        ("example/tests/test_a.py", "example"),
        ("tutorials/1/run.ipynb", "example"),
        ("demo/app.py", "example"),
        ("demo-workspace/run.ipynb", "product"),
        ("{{cookiecutter.name}}/train.py", "template"),
        ("{{ cookiecutter.name }}/tests/test_a.py", "test"),
        ("src/{{pkg}}/model.py", "template"),
        ("src/}}{{/model.py", "product"),
        ("venv/lib/python3.11/site-packages/mlflow/__init__.py", "vendored"),
        ("venv/bin/activate", "vendored"),
        ("web/node_modules/a/tests/x.js", "vendored"),
        ("third_party/yolo/train.py", "vendored"),
        ("vendor/github.com/a/b.go", "vendored"),
        (".julia_depot/packages/Compat/FiBO2/test/runtests.jl", "vendored"),
        ("src/julia/model.jl", "product"),
        ("external/lib/a.py", "vendored"),
        ("my.egg-info/requires.txt", "vendored"),
        ("pkg-1.0.dist-info/METADATA", "vendored"),
        ("renv/library/R-4/mlr/a.R", "vendored"),
        ("renv/activate.R", "product"),
        ("mlruns/0/meta.yaml", "generated"),
        ("work/mlartifacts/1/x/MLmodel", "generated"),
        ("wandb/run-20240101_1/files/config.yaml", "generated"),
        ("lightning_logs/version_0/hparams.yaml", "generated"),
        ("a/.ipynb_checkpoints/b-checkpoint.ipynb", "generated"),
        ("a/__pycache__/b.pyc", "generated"),
        ("dist/app.js", "generated"),
        ("app/.svelte-kit/generated/x.js", "generated"),
        ("proto/model_pb2.py", "generated"),
        ("static/jquery.min.js", "generated"),
        ("catboost_info/x.json", "generated"),
        ("src/build/lib/churn/train.py", "generated"),
        ("build/library/train.py", "product"),
        ("churn.Rcheck/00_pkg_src/churn/R/fit.R", "generated"),
        ("churn.R/fit.R", "product"),
        (".dvc/cache/ab/cdef", "generated"),
    ],
)
def test_role(path: str, expected: str) -> None:
    assert role(path) == expected
    assert assign([path, "train.py"])[path] == expected


def test_an_environment_that_was_made_in_a_folder_of_code_is_only_its_own_folders() -> None:
    paths = [
        "app/pyvenv.cfg",
        "app/app.py",
        "app/bin/run.py",
        "app/lib/python3.8/site-packages/a.py",
        "app/models/b.py",
    ]
    roles = assign(paths)
    assert [path for path in paths if roles[path] == "vendored"] == paths[2:4]


def test_environment_under_any_name() -> None:
    roles = assign(["env/pyvenv.cfg", "env/bin/run.py", "ml/Lib/site-packages/a.py", "ml/Scripts/b.py", "env2/x.py"])
    assert [path for path, found in roles.items() if found == "product"] == ["env2/x.py"]
    conda = assign(["opt/c/conda-meta/a.json", "opt/c/bin/b.py", "opt/d.py"])
    assert (conda["opt/c/bin/b.py"], conda["opt/d.py"]) == ("vendored", "product")


COPY = ["yolo/LICENSE", "yolo/README.md", "yolo/setup.py", "yolo/.github/workflows/ci.yml", "yolo/train.py"]


def test_packages_beside_the_record_of_their_installation() -> None:
    paths = ["fn/handler.py", "fn/PyJWT-2.8.dist-info/RECORD", "fn/pyjwt/api.py", "fn/requests/api.py"]
    found = assign([*paths, "fn/requests-2.31.0.dist-info/METADATA", "fn/own/requests/ours.py", "pyjwt/ours.py"])
    assert [path for path, role in found.items() if role == "product"] == [
        *("fn/handler.py", "fn/own/requests/ours.py", "pyjwt/ours.py"),
    ]


def test_copy_of_another_project() -> None:
    assert set(assign([*COPY, "main.py"]).values()) == {"vendored", "product"}
    assert assign([*COPY, "main.py"])["main.py"] == "product"
    assert assign(["yolov5/LICENSE", "yolov5/train.py", "main.py"])["yolov5/train.py"] == "vendored"
    assert assign(["lib/yolov5/train.py", "main.py"])["lib/yolov5/train.py"] == "product"


def test_what_is_no_copy() -> None:
    assert assign(COPY)["yolo/train.py"] == "product"
    without_ci = [path for path in COPY if ".github" not in path]
    assert assign([*without_ci, "main.py"])["yolo/train.py"] == "product"
    assert assign([*COPY, "main.py", "copier.yml"])["yolo/train.py"] == "product"
    braces = [path.replace("yolo", "{{cookiecutter.name}}") for path in COPY]
    assert assign([*braces, "hooks/post.py"])["{{cookiecutter.name}}/train.py"] == "template"


def test_build_output() -> None:
    roles = assign(["build/lib/pkg/a.py", "build/Dockerfile", "src/build/x.py", "site/index.html", "site/sitemap.xml"])
    assert roles["src/build/x.py"] == "product"
    assert roles["build/Dockerfile"] == "product"
    assert roles["site/index.html"] == "generated"
    built = assign(["build/bdist.linux-x86_64/x", "build/lib.linux/pkg/a.py", "a.py"])
    assert [path for path, found in built.items() if found == "product"] == ["a.py"]


def test_the_environment_of_a_saved_model() -> None:
    saved = ["models/churn/MLmodel", "models/churn/requirements.txt"]
    roles = assign([*saved, "models/churn/serve.py", "requirements.txt"])
    assert sorted(path for path, found in roles.items() if found == "generated") == saved
    assert assign(["MLmodel", "conda.yaml"])["conda.yaml"] == "product"


def test_test_stage_beside_production() -> None:
    roles = assign(["infra/test/main.tf", "infra/prod/main.tf", "src/test/test_a.py", "src/train/a.py"])
    assert roles["infra/test/main.tf"] == "product"
    assert roles["src/test/test_a.py"] == "test"


def test_testing_beside_training() -> None:
    roles = assign(["src/training/fit.py", "src/testing/measure.py", "lib/testing/tools.py", "lib/core/fit.py"])
    assert roles["src/testing/measure.py"] == "product"
    assert roles["lib/testing/tools.py"] == "test"
    tested = assign(["src/training/fit.py", "src/testing/test_fit.py", "src/testing/tools.py"])
    assert tested["src/testing/tools.py"] == "test"


def test_only_examples() -> None:
    course = assign(["examples/a/train.py", "examples/a/tests/test_a.py", "examples/b/train.py", "setup/x.py"])
    assert course["examples/a/train.py"] == "product"
    assert course["examples/a/tests/test_a.py"] == "test"
    library = ["pyproject.toml", "lib/__init__.py", "examples/a.py", "examples/b.py", "examples/c.py"]
    assert assign(library)["examples/a.py"] == "example"
    assert assign(["README.md", "examples/a.ipynb"])["examples/a.ipynb"] == "product"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["package.json", "src/index.js"], "example"),
        (["Cargo.toml", "src/lib.rs"], "example"),
        (["package.json", "index.js"], "product"),
        (["src/index.js"], "product"),
    ],
    ids=["javascript", "rust", "a-page-beside", "no-package"],
)
def test_a_package_of_any_language_is_more_than_its_examples(files: list[str], found: str) -> None:
    assert assign([*files, "examples/a.js", "examples/b.js", "examples/c.js"])["examples/a.js"] == found


@settings(max_examples=50)
@given(st.lists(st.text(alphabet="aA{}/._-\0é\n\\", min_size=1, max_size=30), max_size=20))
def test_any_paths(paths: list[str]) -> None:
    roles = assign(paths)
    assert set(roles) == set(paths)
    assert set(roles.values()) <= ROLES
    assert assign(reversed(paths)) == roles


def test_many_deep_paths_take_little_time() -> None:
    paths = [f"{'build/' * 600}{number}.py" for number in range(500)]
    begun = time.thread_time()
    assign(paths)
    assert time.thread_time() - begun < 20  # the square takes minutes


def test_what_is_set_aside_is_no_product_unless_it_is_imported_or_all_there_is() -> None:
    roles = assign(["src/train.py", "archive/train.py", "src/archive/__init__.py", "src/archive/store.py"])
    assert roles["archive/train.py"] == "example"
    assert roles["src/archive/store.py"] == "product"
    assert assign(["README.md", "archive/train.py"])["archive/train.py"] == "product"


def test_the_code_that_a_model_is_saved_with_is_a_copy() -> None:
    saved = ["api/churn/MLmodel", "api/churn/code/src/train.py", "api/code/train.py", "code/train.py", "MLmodel"]
    found = assign(saved)
    assert [path for path in saved if found[path] == "generated"] == saved[:2]


def test_tests_that_installed_packages_bring_along() -> None:
    record = "fn/requests-2.31.0.dist-info/RECORD"
    found = assign(["fn/handler.py", record, "fn/tests/test_api.py", "tests/test_handler.py", "fn/docs/conf.py"])
    assert [found[path] for path in ("fn/tests/test_api.py", "fn/docs/conf.py")] == ["vendored", "vendored"]
    assert (found["tests/test_handler.py"], found["fn/handler.py"]) == ("test", "product")
    own = assign(["handler.py", "requests-2.31.0.dist-info/RECORD", "tests/test_handler.py"])
    assert own["tests/test_handler.py"] == "test"
