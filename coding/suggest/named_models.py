"""The models that study.toml names: which suggesters are asked, with which pipeline and which vectors of words.

What is named and missing is a problem. It is never replaced by something else, for then the same study would give other
suggestions on another computer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from coding.coded_study import CodedStudy
from coding.suggest.embedding_suggester import NAME as EMBEDDINGS
from coding.suggest.embedding_suggester import EmbeddingSuggester, words_wanted
from coding.suggest.segment_list import segments
from coding.suggest.suggester import Suggester, load_suggesters
from coding.suggest.theme_texts import theme_texts
from corpus.problems import Problem
from corpus.segment import BLANK, known_language, named_model, pipeline_version
from corpus.study import Study
from corpus.tokens import TokenIndex, read_tokens
from corpus.vectors import read_vectors


class Asked(msgspec.Struct, frozen=True):
    """What is asked for suggestions: the suggesters, and the token indexes that a pipeline made.

    `faults` are sentences about suggesters that cannot be had (the others are asked all the same); `missing` are
    problems of models that are named and cannot be used, and then nothing should be asked.
    """

    suggesters: tuple[Suggester, ...]
    indexes: Mapping[str, TokenIndex]
    faults: tuple[str, ...] = ()
    missing: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def asked(coded: CodedStudy, structure: bool = True) -> Asked:
    """What study.toml names; without `structure`, headings and question labels are not listened to."""
    names = [n for n in coded.study.settings.suggest.suggesters if structure or n != "structure"]
    found, faults = load_suggesters(names)
    embedding, missing = embedding_suggester(coded)
    indexes, problems = read_tokens(coded.study)
    missing += [problem for problem in problems if problem.rule == "missing-pipeline"]
    others = [problem for problem in problems if problem.rule != "missing-pipeline"]
    used = (*found, embedding) if embedding else tuple(found)
    return Asked(used, indexes, tuple(faults), tuple(missing), tuple(others))


def default_suggesters(coded: CodedStudy, structure: bool = True) -> tuple[Suggester, ...]:
    """The suggesters that study.toml names, for those who cannot show problems; those not installed are left out.

    LookupError where the vectors that it names are not there.
    """
    found, _ = load_suggesters([n for n in coded.study.settings.suggest.suggesters if structure or n != "structure"])
    embedding, missing = embedding_suggester(coded)
    if missing:
        raise LookupError(str(missing[0]))
    return (*found, embedding) if embedding else tuple(found)


def embedding_suggester(coded: CodedStudy) -> tuple[EmbeddingSuggester | None, list[Problem]]:
    """The suggester of the vectors that study.toml names; None where it names none, or they cannot be used."""
    if not coded.study.settings.suggest.embeddings:
        return None, []
    texts = [segment.text for found in segments(coded).values() for segment in found]
    texts += [t.text for t in theme_texts(coded.codebook.active_themes, coded.codebook, coded.guide)]
    words = words_wanted(texts, known_language(coded.study.settings.language))
    vectors, problems = read_vectors(coded.study, words)
    return (EmbeddingSuggester(vectors) if vectors else None), problems


def pipeline_label(study: Study) -> str:
    """`name/version` of the pipeline that study.toml names; empty for the blank one."""
    name = study.settings.nlp.pipeline
    if name == BLANK:
        return ""
    version = pipeline_version(named_model(name, study.root))
    return f"{Path(name).name}/{version}" if version else Path(name).name


def without_pipeline(coded: CodedStudy) -> tuple[CodedStudy, dict[str, TokenIndex]]:
    """The same study with the blank pipeline, and its token indexes: what a named pipeline is compared with."""
    study = coded.study
    settings = msgspec.structs.replace(study.settings, nlp=msgspec.structs.replace(study.settings.nlp, pipeline=BLANK))
    plain = msgspec.structs.replace(study, settings=settings)
    return msgspec.structs.replace(coded, study=plain), read_tokens(plain, forget=False)[0]


def without_embeddings(suggesters: Sequence[Suggester]) -> list[Suggester]:
    """The suggesters but for that of the vectors of words."""
    return [suggester for suggester in suggesters if suggester.name != EMBEDDINGS]
