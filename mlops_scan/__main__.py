"""``python -m mlops_scan``."""

import os
import sys

# `-m` looks for modules in the folder that we are in first, and that may be the one that is scanned
_HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - before anything is imported
sys.path[:] = [place for place in sys.path if place == _HOME or os.path.abspath(place) != os.getcwd()]  # noqa: PTH100, PTH109

from mlops_scan.cli import main  # noqa: E402 - see above

main()
