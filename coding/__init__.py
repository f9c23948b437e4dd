"""People and rules code: event logs, anchored codings, structure, patterns and coding sheets."""
