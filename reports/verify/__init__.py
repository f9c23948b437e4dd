"""`crosscase verify`: whether the summaries and sentences of a study follow from its codings."""
