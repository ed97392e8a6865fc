"""Surveys in a sheet: its columns, bringing them in, and what is told of that."""
