"""Faults in a study, as data: one `Problem` each, and the catalogue of rules they break.

A fault is never raised for bad data. Every reader returns what it could read together with the problems it met, so
that a researcher sees all of them at once. docs/problems.md is generated from `RULES`.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "note"]


class Rule(msgspec.Struct, frozen=True):
    """One kind of fault: what it is called, why it matters, and how to mend it."""

    id: str
    title: str
    severity: Severity
    why: str
    fix: str


class Problem(msgspec.Struct, frozen=True, order=True):
    """One fault at one place.

    `file` is relative to the study folder, with forward slashes. `line` is 1-based; 0 means the file as a whole.
    `column` is 1-based; 0 means the line as a whole.
    """

    file: str
    line: int
    rule: str
    message: str
    hint: str = ""
    column: int = 0

    @property
    def severity(self) -> Severity:
        """`error` stops a build; `warning` is shown and goes on; `note` is worth knowing and asks for nothing."""
        return RULES[self.rule].severity

    @property
    def place(self) -> str:
        """`file:line:column`, as far as they are known."""
        parts = [self.file or ".", *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)

    def __str__(self) -> str:
        """Two lines for a terminal: place, message and rule, then what to do next."""
        hint = self.hint or RULES[self.rule].fix
        return f"{self.place}: {self.message}  [{self.rule}]\n  {hint}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of `problems` that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?`, or nothing where no known word is near."""
    near = _nearest(word, tuple(known))
    return f"did you mean '{near}'?" if near else ""


@functools.lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word nearest to `word`; the same misspelt word may stand in thousands of lines."""
    return next(iter(difflib.get_close_matches(word[:200], known, n=1, cutoff=0.6)), "")


def hint(*parts: str) -> str:
    """The parts that are not empty, as one line."""
    return "  ".join(part for part in parts if part)


_RULES = [
    # Files and their syntax
    Rule("missing-file", "A file that the study needs is missing", "error",
         "Without it the study cannot be read.", "Restore the file, or start a study with `crosscase init DIR`."),
    Rule("not-utf8", "A file is not UTF-8", "error",
         "Positions count characters. A file in another encoding gives others, so excerpts would be wrong.",
         "Save the file as UTF-8; `crosscase import` converts other encodings for you."),
    Rule("bad-characters", "A text has characters that cannot be kept", "error",
         "NUL bytes and lone surrogates cannot be written to Excel or HTML, and positions after them are unreliable.",
         "Remove the characters at the place named."),
    Rule("not-nfc", "A text is not in Unicode normal form C", "warning",
         "`å` can be one character or two. crosscase counts in normal form C; other programs may count differently.",
         "Save the text in normal form C, or import it anew; crosscase reads it as if it were."),
    Rule("bad-toml", "study.toml cannot be read", "error",
         "The settings say which groups are compared and whose codings count.",
         "Mend the syntax at the line named; docs/study-format.md shows a whole file."),
    Rule("bad-yaml", "A YAML file cannot be read", "error",
         "A single wrong indent hides everything below it.",
         "Mend the syntax at the line and column named: indent with spaces, put a space after each colon."),
    Rule("bad-front-matter", "The lines between the two --- of a source cannot be read", "error",
         "They say whose interview this is. Without them the source belongs to no case.",
         "Start the file with ---, one `key: value` a line, and close with --- on a line of its own."),
    Rule("unknown-key", "A key that crosscase does not know", "error",
         "A misspelt key is ignored by most programs, and the setting it was meant to change stays as it was.",
         "Correct the key; docs/study-format.md lists them all."),
    Rule("missing-key", "A key that must be there is missing", "error",
         "The entry cannot be used without it.", "Add the key; docs/study-format.md says what it holds."),
    Rule("bad-value", "A value is not of the kind expected", "error",
         "Guessing what was meant could change a result without anyone noticing.",
         "Correct the value; docs/study-format.md says what is allowed."),
    Rule("duplicate-key", "The same key twice", "error",
         "Only one of the two would count.", "Keep one of them."),
    Rule("bad-table", "A table cannot be read", "error",
         "Rows with too many or too few cells put values in the wrong column.",
         "Save the table again as csv (`;` or `,`, UTF-8 or Windows) with one header line."),
    # Names
    Rule("illegal-id", "An id with characters that are not allowed", "error",
         "Ids become file names on every computer and keys in every log.",
         "Use a-z, 0-9, `.`, `_` and `-`, at most 64, beginning with a letter or digit."),
    Rule("duplicate-id", "The same id twice", "error",
         "A reference to the id could mean either.", "Give one of them another id."),
    # Cases and sources
    Rule("source-without-case", "A source belongs to no case", "warning",
         "Its codings count in no column of the matrix.",
         "Set `case:` in the front matter to an id of cases.csv."),
    Rule("unknown-case", "A case that is not in cases.csv", "error",
         "What is said of it would count in no column of the matrix.",
         "Correct the id, or add a row to cases.csv."),
    Rule("case-without-group", "A case has no value for the grouping attribute", "warning",
         "It stands in no column of the matrix, and the denominators are smaller than the study.",
         "Fill in the cell in cases.csv, or choose another `attribute` under [groups] in study.toml."),
    Rule("case-without-source", "A case has no source", "warning",
         "Its state is unknown in every row of the matrix.",
         "Import its interview, or take the case out of cases.csv."),
    Rule("unknown-attribute", "An attribute that is not a column of cases.csv", "error",
         "The matrix would have no columns, or a theme would apply nowhere.",
         "Correct the name or add the column to cases.csv."),
    Rule("empty-group", "A group in study.toml that no case belongs to", "warning",
         "Its column is empty, and a misspelt value leaves the real one without its label.",
         "Correct the value under [groups.labels], or the cells of cases.csv."),
    Rule("stray-file", "A file that looks like data and is not read", "warning",
         "Somebody may believe that it counts.",
         "Import it with `crosscase import`, give it the right suffix, or move it out of the folder."),
    Rule("empty-source", "A source has no text", "warning",
         "Nothing can be coded in it.", "Import the interview again or remove the file."),
    Rule("bad-place", "A row of places/ cannot be read", "warning",
         "Excerpts there are cited without their page or time.",
         "A row is start,kind,value,words: a position in the text, `page` or `time`, and `12` or `0:01:23`. Correct "
         "it, or import the file again."),
    Rule("lost-place", "A page or a time was not found again in an edited text", "warning",
         "From there to the next place that was found, excerpts are cited without page or time rather than with a "
         "wrong one.",
         "Correct `start` and `words` of its row in places/, or take the row out."),
    Rule("missing-pipeline", "The NLP pipeline that study.toml names is not there", "error",
         "Another pipeline would find other words and sentences, and the same study would give different suggestions.",
         "Install the pipeline (pip install NAME), or set `pipeline = \"blank\"` under [nlp] in study.toml."),
    Rule("missing-embeddings", "The model of word vectors that study.toml names is not there", "warning",
         "Suggestions and their evaluation are not made with another one in its place; everything else goes on.",
         "Install the package or put the file where `embeddings` under [suggest] in study.toml says, or take the line "
         "out."),
    Rule("unknown-language", "A source is in a language whose words are not known here", "warning",
         "Its words are compared as they are written, without their inflections.",
         "Set `language:` in the front matter to da, en, no, sv or de, or write patterns with * or //."),
    # Import (found by `crosscase import`, not by `crosscase check`)
    Rule("unreadable-file", "A file cannot be imported", "error",
         "Its words could not be read without guessing, and a wrong guess would change the excerpts.",
         "Open it in the program it was written with and save it as docx or as text (UTF-8)."),
    Rule("uncertain-encoding", "A file whose letters can be read in two ways", "warning",
         "Windows, DOS and Mac wrote å, ø and quotes as different bytes. The likeliest reading was taken; another one "
         "fits nearly as well, or fits some words better.",
         "Look at the words named. If another reading is right, import the file with --encoding NAME, or save it as "
         "UTF-8."),
    Rule("unsupported-file", "A file of a kind that crosscase cannot read", "error",
         "Nothing of it was imported.", "Save it as docx, as text (UTF-8) or as Markdown."),
    Rule("changed-file", "A file has the name of an imported one, and few of its words", "error",
         "A new version of a file becomes the new text of its source, codings and all. Another interview must not.",
         "Give another interview its own `--id`; a version that was rewritten can `--replace` the text."),
    Rule("edited-source", "A changed file would overwrite what was edited by hand in its source", "error",
         "Corrections that were made in sources/ since the import would be gone, and nobody would notice.",
         "`crosscase import FILE --replace` takes the file's text; or make its changes in the source by hand."),
    Rule("same-words", "Two sources with the same words", "warning",
         "One interview that is there twice, as docx and as txt perhaps, is coded and counted twice.",
         "Remove one of the two, or leave them if they are meant."),
    Rule("import-conflict", "A source says otherwise than the table or the option", "warning",
         "What stands in a source was perhaps corrected by hand, so an import does not overwrite it.",
         "Correct the front matter of the source, or the table."),
    Rule("missing-heading", "A heading that was named is not in the document", "error",
         "Another part of the document would be imported than was meant.",
         "Name a heading by its number or by the beginning of its words."),
    Rule("unmatched-row", "The table of files and the files do not match", "warning",
         "A misspelt file name leaves an interview without its case, and nobody notices.",
         "Correct the name in the table, or name the file on the command line too."),
    Rule("cannot-undo", "An import that cannot be undone", "error",
         "Taking a source back would take the work on it away.",
         "Undo that work first, or remove the files by hand."),
    Rule("interrupted-import", "An import that was cut off", "warning",
         "Some of its files are in the study and some are not: what is missing would be missed in every count.",
         "Run the same import again, or take it back with `crosscase import --undo`."),
    Rule("doubtful-positions", "Codings of another program that fit their text badly", "warning",
         "What stands at their positions are no whole words, or others than the program stored: it may have counted in "
         "another version of the text, and every excerpt would be wrong.",
         "Look at the codings of the source named, and export the project anew from the other program."),
    Rule("nothing-carried-over", "All texts, or all codings, of another program's project were lost", "warning",
         "A study without them looks as if nothing had been there.",
         "Take back what was written (`crosscase import --undo`, or remove the new folder), and export the project "
         "anew with its sources (.qdpx)."),
    # Tables of case files
    Rule("undescribed-table", "A table without a description", "warning",
         "Nothing can be counted in it: which values are answers, and who was asked, is not said.",
         "Let `crosscase table add FILE` write the description, or write it by hand (docs/tables.md)."),
    Rule("undescribed-column", "A column of a table that its description does not have", "warning",
         "What stands in it is not used, though somebody may believe that it is.",
         "Add an item with this `column` to the yaml, or take the column out of the csv."),
    Rule("unknown-column", "A description names a column that the table does not have", "error",
         "Its item would be empty in every row.",
         "Correct the name in the yaml, or the header of the csv."),
    Rule("unknown-item", "An item that no table has", "error",
         "It would count nothing, or be asked of nobody.",
         "Correct the id; `crosscase table show` lists the items."),
    Rule("unknown-value", "A value that its item does not have", "error",
         "It may be a misspelling of another value; counted by itself both numbers would be wrong.",
         "Correct the cell, or add the value to the item in the yaml."),
    Rule("skip-logic", "An answer and the skip logic contradict each other", "error",
         "Either the answer or the one that decides whether it was asked is wrong, and the denominator with it.",
         "Look at the case file; correct the cell, the other answer, or `asked_if` in the yaml."),
    Rule("circular-skip", "An item that is asked depending on itself", "error",
         "Whether it was asked cannot be decided.", "Correct `asked_if` in the yaml."),
    Rule("missing-answer", "An item was asked, and nothing is filled in", "warning",
         "The row counts among those asked and has no answer, so the percentages are lower than they should be.",
         "Fill in the cell, with the value for \"not documented\" where the file does not say."),
    Rule("row-without-case", "A row of a table belongs to no case", "warning",
         "It counts in the total, and in no group.", "Fill in the case."),
    Rule("edited-table", "A table that was edited by hand would be replaced", "error",
         "The corrections made here would be lost.",
         "Make the corrections in the spreadsheet too, then add it with --replace."),
    # Guide and codebook
    Rule("unknown-question", "A question that is not in guide.md", "error",
         "Whether a theme was asked is judged by its questions.",
         "Correct the id; `crosscase codebook questions` lists them."),
    Rule("question-without-id", "A question of the guide has no id", "warning",
         "Themes and sources can only point to a question by its id.",
         "Run `crosscase codebook derive guide.md` to give it one, or add {#id} at its end."),
    Rule("bad-pattern", "A pattern cannot be read", "error",
         "It would match nothing, and its code would look rarer than it is.",
         "A pattern is lemmas, lemmas with *, \"exact words\" or /regular expression/."),
    Rule("bad-redirect", "`replaced_by` leads nowhere or in a circle", "error",
         "Codings of the old code would be lost from the matrix.",
         "Let `replaced_by` name a code that exists and is not itself replaced by this one."),
    Rule("missing-definition", "A theme has no definition", "warning",
         "Two coders without a definition code two different things.",
         "Write one or two sentences under `definition:` in codebook.yaml."),
    # Codings
    Rule("torn-line", "A line of a log was cut off", "warning",
         "The program or the machine stopped while it was written. The line was never acknowledged.",
         "Nothing needs to be done: the next coding written to this log sets the line aside."),
    Rule("bad-line", "A line of a log cannot be read", "error",
         "A coding may stand in it that nobody sees.",
         "Compare with the file's history (git log -p FILE) and restore the line."),
    Rule("bad-time", "An event whose time cannot be read", "warning",
         "The later of two changes counts. Without a time that can be read this one counts as the earliest.",
         "Write the time as UTC in ISO 8601, e.g. 2009-03-02T08:30:00Z."),
    Rule("empty-coding", "A coding without words", "error",
         "White space says nothing about a theme, and an excerpt of it would be empty.",
         "Retract the coding, or give it words with `crosscase code resize ID --quote \"…\"`."),
    Rule("unknown-theme", "A read mark for a theme that the codebook does not have", "warning",
         "What was read for it is not known, so it does not count.",
         "Correct the theme, or mark the source as read anew."),
    Rule("unknown-op", "An event of a kind this version does not know", "warning",
         "A newer version of crosscase may have written it. It is kept, but has no effect here.",
         "Update crosscase, or correct the `op` if the line was written by hand."),
    Rule("unknown-target", "An event names a coding or event that is not in this log", "warning",
         "It has no effect: what it was meant to change cannot be found.",
         "Restore the missing line from the file's history (git log -p FILE)."),
    Rule("circular-undo", "Events that undo each other in a circle", "error",
         "Whether the coding counts cannot be decided.",
         "Take out one of the lines; crosscase itself never writes such a circle."),
    Rule("unknown-source", "A log for a source that is not there", "error",
         "Its codings rest on words that nobody can see.",
         "Restore the source, or move the log away if the source was taken out on purpose."),
    Rule("unknown-code", "A coding with a code that is not in the codebook", "error",
         "It counts in no row of the matrix.",
         "Correct the code, add it to codebook.yaml, or let an old code point on with `replaced_by`."),
    Rule("unknown-coder", "`[matrix] coders` names a coder without codings", "error",
         "The matrix would be empty.", "Correct the name, or let the coder code."),
    Rule("coders-unclear", "It is not said whose codings fill the matrix", "error",
         "Two coders' codings together would count one passage twice.",
         "Name one coder, or \"consensus\", under [matrix] coders in study.toml."),
    Rule("moved-quote", "A coding's words stand at another place", "warning",
         "The source was edited after it was coded. The words were found again at one place only and the coding "
         "follows them.",
         "Look at the place; `crosscase reanchor` confirms it, or chooses another."),
    Rule("changed-quote", "A coding's words were changed in the source", "warning",
         "The source was edited after it was coded. Words clearly the same, though not letter for letter, were found, "
         "and the coding follows them: a word like `not` may be new.",
         "Read what stands there now; `crosscase reanchor` confirms it, or chooses other words."),
    Rule("lost-quote", "A coding's words are not found in the source", "error",
         "The excerpt would show other words than the coder read. The coding does not count.",
         "Restore the words, or say with `crosscase reanchor` what became of them."),
    Rule("ambiguous-quote", "A coding's words stand at several places, and none is the recorded one", "error",
         "Which of them was coded cannot be decided by the program. The coding does not count.",
         "`crosscase reanchor` shows the places and asks which it is."),
    Rule("uncertain-quote", "Words like those of a coding were found, but perhaps others", "error",
         "The source was edited after it was coded. What was found is too different, or stands among other words. The "
         "coding does not count.",
         "`crosscase reanchor` shows what was found and asks."),
    # Charts and findings
    Rule("unknown-row", "Charts or findings of something that is no theme of the codebook", "error",
         "They would be shown in no row of the matrix.",
         "Correct `theme:`; where a theme was replaced by another, move them to that one's file."),
    Rule("misnamed-file", "A file in charts/ or findings/ has not the name of its theme", "error",
         "Two files could be about the same theme, and nobody would know which one counts.",
         "Rename the file, or correct `theme:`."),
    Rule("duplicate-chart", "Two summaries of the same case under the same theme", "error",
         "Only one of them would be shown.", "Keep one, or put the two together."),
    Rule("unknown-group", "A finding about a group that the matrix does not have", "error",
         "The sentence would stand in no cell, and rest on no case.",
         "Correct `group:` to a value of the grouping attribute; leave it out for a sentence about all cases."),
    Rule("case-outside-group", "A finding names a case that is not in its group", "error",
         "The case would be counted nowhere, though somebody gave it a stance.",
         "Take the case out, or correct `group:`."),
    Rule("unknown-placeholder", "A brace in a sentence that nothing fills in", "error",
         "The reader would see the brace.", "Use {andel}, {antal} or {kvantor}, in English {share}, {count} or "
         "{quantifier}."),
    Rule("unknown-evidence", "Evidence that is no coding", "error",
         "Nobody could look up what the sentence rests on.",
         "Correct the id; `crosscase code list` shows the ids of all codings."),
    Rule("gone-evidence", "Evidence that counts no longer", "error",
         "The sentence rests on a coding that was retracted, or whose words are not in the text any more.",
         "Read the sentence again. `crosscase chart stamp` or `crosscase finding stamp` takes what is gone out of its "
         "evidence, once it stands without it."),
    Rule("foreign-evidence", "Evidence from another case or another theme", "error",
         "What one case says does not speak for another, and what is said of one theme not for another.",
         "Recode the coding if its code is wrong; else read the sentence again: `crosscase chart stamp` or `crosscase "
         "finding stamp` takes the coding out of its evidence, once it stands without it."),
    Rule("stale-chart", "A summary whose evidence changed after it was written", "warning",
         "It may say what the words no longer say.",
         "Read the two again. `crosscase chart stamp` renews the mark if the summary still holds."),
    # Whether sentences follow: crosscase verify
    Rule("stale-finding", "A sentence whose evidence changed after it was written", "error",
         "It may say what the words no longer say.",
         "Read the two again (`crosscase finding show ID`), then `crosscase finding stamp ID`."),
    Rule("never-stamped", "A summary or sentence that nobody compared with its evidence", "note",
         "If the words that it rests on change, nobody will notice.",
         "Read the two together, then `crosscase finding stamp ID` or `crosscase chart stamp CASE THEME`."),
    Rule("unfilled-placeholder", "A share that cannot be filled in", "error",
         "No case supports the sentence and not all contradict it: neither a share nor \"none\" would be true.",
         "Give the silent cases a stance, or write what is known: \"ingen har nævnt …\"."),
    Rule("quantifier-not-licensed", "A quantity that the states of the cases do not allow", "error",
         "A reader takes \"most\" for more than half. docs/methods.md says which word stands for how many.",
         "Let it be computed with {andel} or {kvantor} ({share}, {quantifier}), or write what the states say."),
    Rule("none-with-silences", "\"None\" where cases are silent", "error",
         "That a case was not asked, or did not speak of it, does not mean that it denies it.",
         "Write \"ingen har nævnt\" (none has mentioned), or give every case a stance that contradicts."),
    Rule("share-of-unasked", "A share over cases that were not asked", "error",
         "A case that was not asked counts as a no in it.",
         "Say how many were not asked, in the sentence or its note; {andel} and {share} do so by themselves."),
    Rule("examples-of-one", "Examples in the plural with one case, or one example with several", "error",
         "\"Examples of\" tells the reader of two cases at least.",
         "Write \"et eksempel på\" (an example of), or name the cases that it rests on."),
    Rule("finding-without-evidence", "A sentence, or a stance, without evidence", "error",
         "Nobody can look up what it rests on.",
         "Name the codings: crosscase finding stance ID CASE supports --evidence CODING,CODING"),
    Rule("silence-as-claim", "A stance on a case that says nothing of it", "error",
         "Not said is not denied, and not said is not agreed to.",
         "Take the stance out (crosscase finding stance ID CASE none): the case counts by its state."),
    Rule("contradiction-not-mentioned", "A case says otherwise, and the reader is not told", "error",
         "A sentence that leaves out the cases against it says more than the interviews.",
         "Name the case in the sentence or its note, or use {andel} ({share}) once every case has a stance."),
    Rule("cells-contradict", "Two cells say opposite things of the same case", "error",
         "One of the two is wrong, and a reader who sees one only does not know it.",
         "Read both with their evidence, and correct the one that does not follow."),
    Rule("excerpt-not-slice", "Words between quotation marks that stand in no source", "error",
         "Nothing in a report may be typed as a quote: a reader takes it for what was said.",
         "Copy the words from the source, with […] for what is left out and [ ] for what is put in."),
    Rule("number-does-not-follow", "A number that does not follow", "error",
         "It stands in no word that the sentence rests on, or is not the share it stands beside.",
         "Correct the number, or cite the coding that has it."),
    Rule("stronger-than-evidence", "A summary that is surer than its evidence", "warning",
         "Words of certainty climb easily from excerpt to summary: an example becomes a tendency, a tendency a cause.",
         "Use the word that the evidence uses, or cite what carries the stronger one."),
    Rule("merged-roles", "One voice speaks for a case that has two", "warning",
         "Leader and caseworker who disagree make the case mixed; merged silently, one of them is unheard.",
         "Cite both, set the case to `mixed`, or say in the note why one is enough."),
    Rule("one-interview-carries", "One interview carries a group", "warning",
         "More than half of the words cited for a group are from one source: it speaks louder than it counts.",
         "Cite the other interviews too, or say so in a note."),
    # A written report against itself (crosscase verify --document)
    Rule("table-contradicts-text", "A row of a summary table says the opposite of its section", "error",
         "Most readers read the table only, and would learn the contrary of what was found.",
         "Read the section again, and correct the cell or the sentence."),
    Rule("trait-of-both-groups", "A table shows for one group what the text says of both", "warning",
         "The table lets the groups look different where they are alike.",
         "Name it in both columns, or in neither."),
    Rule("difference-denied", "A table shows a difference that its section denies", "warning",
         "The reader of the table sees a difference between the groups that the study did not find.",
         "Let both columns say the same, or say in the section what differs."),
    Rule("opposite-sentences", "Two sentences that cannot both be true", "error",
         "A report that says both is quoted for either.",
         "Find out which one the data support, and correct the other."),
    Rule("exception-to-all", "Said of all, and elsewhere of one the opposite", "error",
         "One exception is enough to make »all« or »none« wrong.",
         "Name the exception where all are spoken of, or say how many it holds for (k of n)."),
    Rule("different-counts", "The same is counted twice, with different results", "error",
         "One of the two numbers is wrong, and the reader cannot know which.", "Count again, and correct one of them."),
    Rule("impossible-percentage", "A percentage that no whole number gives", "error",
         "Of so few cases no count gives this percentage, so the number, or what it is a share of, is wrong.",
         "Write down the count itself, and compute the percentage from it."),
    Rule("wrong-share", "A count and its percentage do not fit", "error",
         "One of the two numbers is wrong.", "Compute the percentage again."),
    Rule("wrong-sum", "Numbers that do not add up", "error",
         "A part, or the total, is wrong.", "Add up again."),
    Rule("share-over-unasked", "A share of cases that were not all asked", "warning",
         "Those who were not asked count as if they had said no.",
         "Write how many were asked, or let the sentence say »examples«."),
    Rule("unmentioned-as-absent", "Nobody mentioned it, and so it is not there", "warning",
         "What nobody mentions may still be there; perhaps nobody asked.",
         "Write that it was not mentioned, or ask."),
    Rule("stronger-words", "A summary is surer than its chapter", "warning",
         "A tendency became a fact on its way to the summary.", "Use the words of the chapter."),
    Rule("wider-scope", "Said of the group, found in some of its cases", "warning",
         "The reader takes what some cases said for what all of them say.",
         "Write how many it was (k of n)."),
    Rule("plural-for-one", "Examples in the plural, and one case", "warning",
         "One case is no pattern.", "Write »an example of«."),
    Rule("no-support", "A summary says what no chapter says", "warning",
         "The reader cannot find out what the sentence rests on.",
         "Write in a chapter what was found, or take the sentence out of the summary."),
    Rule("quotation-altered", "A report quotes other words than the source has", "error",
         "What stands between quotation marks is somebody's words, letter for letter.",
         "Take the words from the source; mark what is left out with […] and what is put in with [ ]."),
    Rule("quotation-not-found", "A quotation that stands in no source of the study", "warning",
         "The reader cannot look it up. It may be quoted from elsewhere.",
         "Say whose words they are, or take the quotation marks away."),
    Rule("differs-from-finding", "A report counts otherwise than the study", "error",
         "One of the two is wrong: the sentence was written before the stances, or after.",
         "Correct the sentence, or the stances of the finding."),
    # What is made to be published
    Rule("private-name", "A real name stands in a report for the public", "error",
         "private/names.csv lists it, so it should be nowhere in the sources, sentences and labels that others see.",
         "Write the pseudonym in its place in the source (`crosscase reanchor` shows what moved), the sentence or the "
         "label; the public file is not written until then."),
    # Coding sheets
    Rule("bad-sheet", "A coding sheet cannot be read", "error",
         "A tab that was taken apart, or a damaged file, does not tell what was coded, nor what was cleared.",
         "Save it again as xlsx from the spreadsheet program, or make a new one with `crosscase code sheet`."),
    Rule("sheet-other-study", "A coding sheet of another study", "error",
         "Its paragraphs are not those of this study's sources.",
         "Import it in its own study: go to that folder, or name it with --study DIR."),
    Rule("sheet-other-coder", "A coding sheet of another coder", "error",
         "A coder's log is written by that coder only; otherwise two people's judgements could not be compared.",
         "Give --coder with the name of the coder whose work it is."),
    Rule("sheet-row-lost", "A row of a coding sheet belongs to no paragraph", "error",
         "Its codes would stand on other words than the coder read.",
         "Put back the paragraph's number and words, or move the codes to its row. If the source was edited, make "
         "a new sheet with `crosscase code sheet`."),
    Rule("sheet-cell", "A cell of a coding sheet cannot be understood", "error",
         "Spreadsheet programs turn what is typed into dates, numbers and formulas; guessing back could change a code.",
         "Type what is meant as plain text; choose codes from the drop-down list."),
    Rule("sheet-conflict", "A coding was changed in the sheet and elsewhere", "error",
         "Both changes were made by a person, and the program cannot know which of them is meant.",
         "Settle it in the sheet or with `crosscase code`, then import again; --skip-problems leaves it as it is."),
    Rule("sheet-text-changed", "The words of a paragraph were changed in a coding sheet", "warning",
         "A sheet does not change sources. The row is recognised by its number, and its codes are used.",
         "Nothing needs to be done; to correct a source, edit its file."),
    Rule("sheet-not-used", "A part of a workbook that is not read", "warning",
         "What stands there, or what was deleted, changes no coding.",
         "Nothing needs to be done if that is as it should be."),
]  # fmt: skip

RULES: dict[str, Rule] = {rule.id: rule for rule in _RULES}
