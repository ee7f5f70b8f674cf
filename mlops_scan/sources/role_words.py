"""The words that tell a path's role, in lower case."""

from __future__ import annotations

# Folders of other people's code, at any depth.
VENDORED = frozenset(
    {
        *(".julia", ".julia_depot", "julia_depot"),  # where Julia's package manager keeps what it installs
        *(".eggs", ".nox", ".tox", ".venv", "__pypackages__", "_vendor", "3rdparty", "bower_components", "conda-meta"),
        *("dist-packages", "godeps", "node_modules", "site-packages", "third-party", "third_party", "thirdparty"),
        *("vendor", "vendored", "vendors", "venv", "virtualenv"),
    },
)
BROUGHT = ("docs", "examples", "test", "tests")
INSTALLED = ".dist-info"
VENDORED_ENDINGS = (INSTALLED, ".egg-info")
# These say it only at the top: `src/external/` is a module as often as a copy, `data/external/` is data.
VENDORED_TOP = frozenset({"extern", "external", "externals"})
# A folder within a folder.
VENDORED_PAIRS = frozenset({("renv", "library"), ("packrat", "lib"), ("packrat", "src")})
# A file that makes its folder an environment, whatever the folder's name.
ENVIRONMENT_MARKS = frozenset({"pyvenv.cfg", "conda-meta"})
ENVIRONMENT_FOLDERS = ("Include", "Lib", "Scripts", "bin", "conda-meta", "etc", "include", "lib", "lib64", "share")

# Copies of other projects that people commit, where their licence comes along.
COPIED = frozenset(
    {
        *("clip", "comfyui", "detectron2", "fairseq", "mmdetection", "nanogpt", "segment-anything"),
        *("segment_anything", "stable-diffusion", "yolov3", "yolov5", "yolov6", "yolov7", "yolov8", "yolov9"),
    },
)

# Folders that programs write.
GENERATED = frozenset(
    {
        *(".ipynb_checkpoints", ".mypy_cache", ".next", ".nuxt", ".pytest_cache", ".ruff_cache", ".svelte-kit"),
        *("__pycache__", "_site", "catboost_info", "dist", "htmlcov", "lightning_logs", "mlartifacts", "mlruns"),
    },
)
GENERATED_PAIRS = frozenset(
    {(".dvc", "cache"), (".dvc", "tmp"), ("build", "lib")}
)  # the last is what setuptools copies
GENERATED_FOLDERS = (".rcheck",)  # what R CMD check leaves
GENERATED_RUNS = ("run-", "offline-run-", "latest-run")
GENERATED_ENDINGS = ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py", ".pb.go", ".min.js", ".min.css")
GENERATED_STARTS = ("events.out.tfevents.",)
# What describes a model that MLflow saved, and the environment of its training that it writes beside it.
SAVED_MODEL = "MLmodel"
SAVED_BESIDE = ("MLmodel", "conda.yaml", "python_env.yaml", "requirements.txt")
SAVED_CODE = "code"
# Folders that may hold what a build wrote, or its sources: their files decide.
OUTPUT = frozenset({"build", "out", "public", "site"})
OUTPUT_FILES = frozenset({"asset-manifest.json", "objects.inv", "sitemap.xml", "sitemap.xml.gz"})
OUTPUT_ENDINGS = (".whl", ".egg", ".js.map", ".css.map", ".class", ".o", ".pyc")
OUTPUT_FOLDERS = ("bdist.", "temp.", "lib.")

TEST = frozenset(
    {
        *("__tests__", "e2e", "functional_tests", "integration-test", "integration-tests", "integration_test"),
        *("integration_tests", "integraton-test", "smoke_tests", "spec", "test", "testing", "tests", "testthat"),
        *("unit-tests", "unit_tests", "unittest", "unittests"),
    },
)
# What tests read: whole repositories among it, which are nobody's practice.
TEST_DATA = frozenset({"__fixtures__", "fixtures", "test-data", "test_data", "testdata"})
# Below these, `test` and `samples` are parts of a data set, and `test` and `demo` stages that one deploys to.
NEUTRAL = frozenset(
    {
        *("accounts", "artifacts", "clusters", "conf", "config", "configs", "data", "dataset", "datasets", "env"),
        *("environment", "environments", "envs", "images", "img", "inputs", "overlays", "processed", "raw", "splits"),
        *("stages", "tfvars"),
    },
)
# Beside these, `test` is one of them, unless it holds files that are named like tests.
SIBLINGS = frozenset(
    {"dev", "prd", "prod", "production", "qa", "stage", "staging", "train", "training", "uat", "val", "valid"}
)
TRIED = frozenset({"test", "testing"})
TEST_FILES = frozenset({"conftest.py", "runtests.jl"})
TEST_STARTS = ("test_",)
TEST_ENDINGS = (
    *("_test.py", "_tests.py", "-tests.py", "_test.go", "_test.jl", "_test.r", "test.java", "test.scala", "spec.scala"),
    *(f".{word}.{ending}" for word in ("test", "spec") for ending in ("js", "jsx", "mjs", "ts", "tsx")),
)
# Scripts that measure or compare models are named like tests.
NO_TEST_FILES = frozenset(
    {
        "a_b_test.py",
        "ab_test.py",
        "eval_test.py",
        "run_test.py",
        "split_train_test.py",
        "train_and_test.py",
        "train_test.py",
    },
)

DOCS = frozenset(
    {
        *(".agents", ".aider", ".claude", ".clinerules", ".codex", ".cursor", ".gemini", ".kiro", ".roo", ".windsurf"),
        *("doc", "docs", "documentation", "vignettes"),
    },
)
DOCS_FILES = frozenset({".cursorrules", ".windsurfrules", "authors", "changelog", "license", "notice", "readme"})
DOCS_ENDINGS = (".adoc", ".markdown", ".md", ".mdx", ".rst", ".txt")
# Text files that programs read; each is a part of a path.
NO_DOCS_WORDS = (
    "cmakelists",
    "conda",
    "constraint",
    "cronjob",
    "crontab",
    "depend",
    "environment",
    "freeze",
    "package",
    "require",
    "requirment",
)
NO_DOCS_FILES = frozenset({"runtime.txt"})

EXAMPLE = frozenset(
    {
        *("cookbook", "cookbooks", "demo", "demos", "example", "examples", "quickstart", "quickstarts", "sample"),
        *("samples", "tutorial", "tutorials"),
    },
)

# Below ``src/main/java`` folders are packages, named after who wrote them: ``com/example/demo``, ``ch/acme/dist``.
SOURCES = "src"
PACKAGES = frozenset({"groovy", "java", "kotlin", "scala"})

# Work that was set aside: it runs no longer, unless it is a package that others import.
ASIDE = frozenset({"archive", "archived", "deprecated", "obsolete"})

# Configuration of services, product wherever its folder lies at the top.
SERVICES = frozenset(
    {".azuredevops", ".azure-pipelines", ".buildkite", ".circleci", ".dvc", ".github", ".gitlab", ".pipelines"}
)

CODE_ENDINGS = (
    *(".c", ".cc", ".cpp", ".go", ".ipynb", ".java", ".jl", ".js", ".kt", ".py", ".qmd", ".r", ".rmd", ".rs"),
    *(".scala", ".sh", ".sql", ".ts"),
)
PROJECT_FILES = frozenset({"pyproject.toml", "setup.cfg", "setup.py"})
# what says that a package of some language is here, and the file by which its code begins
PACKAGE_FILES = PROJECT_FILES | {"Cargo.toml", "package.json"}
PACKAGE_STARTS = ("/__init__.py", "/lib.rs", "src/index.js", "src/index.mjs", "src/index.ts")
TEMPLATE_FILES = frozenset({"cookiecutter.json", "copier.yaml", "copier.yml"})
