"""What a case is called in a sentence: `en kommune`, `kommuner`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Noun(msgspec.Struct, frozen=True):
    """A noun with the article that tells its gender (`en`/`et`, in English `a`/`an`), its singular and its plural."""

    article: str
    one: str
    many: str

    @property
    def the_many(self) -> str:
        """The definite plural in Danish: `kommunerne`, `lederne`, `tilfældene`, `jobcentrene`, `interviewene`."""
        if self.many.endswith("ere"):
            return f"{self.many[:-1]}ne"
        return self.many + ("ne" if self.many.endswith(("r", "e")) else "ene")

    def forms(self) -> tuple[str, ...]:
        """All forms that a text may have, in small letters, genitives among them: `kommunens`, `kommunernes`."""
        singular = [self.one + ending for ending in ("", "n", "en", "et", "t")]
        if self.one.endswith(("el", "en", "er")):
            singular += [self.one[:-2] + self.one[-1] + ending for ending in ("en", "et")]
        plain = [form.lower() for form in (*singular, self.many, self.the_many, self.many + "ne")]
        return tuple(dict.fromkeys(plain + [form + "s" for form in plain if not form.endswith("s")]))


DEFAULT = {"da": Noun("et", "tilfælde", "tilfælde"), "en": Noun("a", "case", "cases")}


def noun_of(said: Sequence[str], language: str) -> Noun:
    """The noun that `[groups] noun` names, `("en kommune", "kommuner")`; the language's own word for a case without."""
    if len(said) != 2 or len(said[0].split()) < 2:
        return DEFAULT[language]
    article, one = said[0].split(None, 1)
    return Noun(article.lower(), one, said[1].strip())
