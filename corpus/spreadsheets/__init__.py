"""Spreadsheets as rows of text: `file` reads one, `header` understands its columns."""
