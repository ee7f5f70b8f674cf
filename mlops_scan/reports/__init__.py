"""Reports: an assessment rendered. Each module has ``render(assessment, …) -> str`` and reads nothing else."""
