"""Reports: an assessment rendered. Each module has ``render(assessment, …) -> str`` and reads nothing else.

Beside them stand what the documentation shows (``catalogue_page``) and what commands show (``traces``, ``stated``).
"""
