"""Loaders: functions from text or rows to records and issues. Only :mod:`loaders.files` opens files."""
