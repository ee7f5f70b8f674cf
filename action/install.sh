#!/usr/bin/env bash
# Installs mlops-scan into a virtual environment of its own: the Python of the job stays as it is.
set -euo pipefail
unset PYTHONPATH PYTHONHOME

what=("$GITHUB_ACTION_PATH")
if [[ -n $MLOPS_SCAN_VERSION ]]; then
  what=("mlops-scan==$MLOPS_SCAN_VERSION")
fi
home="$RUNNER_TEMP/mlops-scan/$(printf '%s' "${what[@]}" "$MLOPS_SCAN_PYTHON" | cksum | tr ' ' -)"

# the action may run several times in a job
if [[ ! -e $home/installed ]]; then
  "${MLOPS_SCAN_PYTHON:-python3}" -I -m venv --clear "$home"
fi
for python in "$home/Scripts/python.exe" "$home/bin/python"; do
  if [[ -x $python ]]; then break; fi
done
if [[ ! -e $home/installed ]]; then
  export PIP_CACHE_DIR="$MLOPS_SCAN_CACHE/pip"
  "$python" -I -m pip install --quiet --disable-pip-version-check "${what[@]}"
  touch "$home/installed"
fi
echo "python=$python" >>"$GITHUB_OUTPUT"
