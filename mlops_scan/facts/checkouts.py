"""How scripts of CI services name the folder that the repository is checked out to.

Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
https://docs.gitlab.com/ci/variables/predefined_variables/, https://www.jenkins.io/doc/book/pipeline/jenkinsfile/,
https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables,
https://circleci.com/docs/reference/variables/, https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/,
https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html,
https://docs.travis-ci.com/user/environment-variables/, https://docs.drone.io/pipeline/environment/reference/ and
https://woodpecker-ci.org/docs/usage/environment
"""

from __future__ import annotations

from mlops_scan.facts import template_root

_VARIABLES = (
    *("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY", "SYSTEM_DEFAULTWORKINGDIRECTORY"),
    *("CIRCLE_WORKING_DIRECTORY", "BITBUCKET_CLONE_DIR", "CODEBUILD_SRC_DIR", "TRAVIS_BUILD_DIR", "DRONE_WORKSPACE"),
    *("CI_WORKSPACE", "WORKSPACE"),  # the last one is Jenkins'
)
_EXPRESSIONS = ("github.workspace", "env.GITHUB_WORKSPACE")
_ROOTS = (
    *(form.format(name) for name in _VARIABLES for form in ("${}", "${{{}}}", "${{env.{}}}")),
    *(f"${{{{{name}}}}}" for name in _EXPRESSIONS),
    *("$(Build.SourcesDirectory)", "$(System.DefaultWorkingDirectory)"),
)
_INSIDE = tuple(f"{root}/" for root in _ROOTS)
_WHOLE = frozenset(_ROOTS)


def from_root(path: str) -> str | None:
    """Return a path as seen from the repository's root, empty for the root; None where it does not begin there."""
    if not path.startswith("$"):
        return None
    path = path.replace("${{ ", "${{").replace(" }}", "}}")
    if path in _WHOLE:
        return ""
    root = next((root for root in _INSIDE if path.startswith(root)), "")
    return path.removeprefix(root) if root else None


def rooted(word: str, directory: str) -> str:
    """Return a word of a command that runs in a folder, with paths that begin at the root written as seen from it."""
    if "$" not in word or "/" not in word:
        return word
    inside = directory.removeprefix(template_root.root(f"{directory}/")).strip("/")
    up = "../" * (inside.count("/") + 1) if inside else ""
    for root in _INSIDE:
        word = word.replace(root, up)
    return word
