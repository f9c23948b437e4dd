"""How numbers of cases are worded, and what wordings claim: words to numbers, numbers to words, and what licenses what.

Pure functions over strings, for Danish and English; nothing here knows a study. The rules are those of docs/methods.md.
"""
