"""How numbers of cases are worded, and what wordings claim: words to numbers, numbers to words, and what licenses what.

Pure functions over strings, for Danish and English; nothing here knows a study. The rules are those of docs/methods.md.

| module       | what it answers                                                                           |
|--------------|-------------------------------------------------------------------------------------------|
| numbers      | `spelled(3, "da")` → tre · `number_of("to hundrede og ti", "da")` → 210                   |
| nouns, tally | what a case is called; how many support, contradict, are silent                           |
| rendering    | `render("{andel} klager.", tally, noun, "da")` → the sentence, or a `Fault`               |
| quantities   | `quantities(text, "da")` → what the text says of how many, as values                      |
| licence      | `unlicensed(quantity, tally)` → why the tally does not allow it                           |
| arithmetic   | `reachable(share, n, decimals)` → the counts that a percentage can be (GRIM)              |
| recomputed   | `unfollowed(text, "da")` → shares that do not follow from the numbers beside them         |
| ratios       | `wrong_ratios(text, "da")` → ratios that the numbers of their sentence do not have        |
| certainty    | `hedges(text, "da")`, `certainty(text, "da")` → how sure it sounds                        |
| negation     | `negations(text, "da")`, `is_negated(text, position, "da")` → what is denied, how far     |
| style        | `mixed_numbers(text, "da")` → sentences with numbers in words and in digits               |
"""
