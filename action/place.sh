#!/usr/bin/env bash
# Says where to keep things, and under which key: the paths of a container are known to a shell alone, not to `runner.temp`.
set -euo pipefail

key="mlops-scan-$RUNNER_OS-$RUNNER_ARCH-$(cksum <"$GITHUB_ACTION_PATH/pyproject.toml" | tr ' ' -)-"
{
  echo "cache=$RUNNER_TEMP/mlops-scan/cache"
  # a new week, a new entry: what is kept stays of use for long, and each entry takes from the repository's room
  echo "key=$key$(date -u +%G-%V)"
  echo "older-keys=$key"
} >>"$GITHUB_OUTPUT"
