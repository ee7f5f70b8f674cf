"""The parts that `mlops-scan init` writes, one module each; its name, with hyphens, is what ``--only`` takes."""
