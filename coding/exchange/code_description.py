"""A code's definition and rules as one description that people can read, and taken apart again."""

from __future__ import annotations

import re

from codebook.codebook import Code

_SECTIONS = (("include", "Include:"), ("exclude", "Exclude:"), ("examples", "Examples:"), ("questions", "Questions:"))
_LABEL = re.compile(r"^(Include|Exclude|Examples|Questions):[ \t]*", re.MULTILINE)


def description_of(code: Code) -> str:
    """The definition, then a paragraph for each of include, exclude, examples and questions that the code has."""
    parts = [code.definition.strip()] if code.definition.strip() else []
    parts += [f"{label} {text.strip()}" for key, label in _SECTIONS[:2] if (text := getattr(code, key)).strip()]
    if code.examples:
        parts.append("Examples:\n" + "\n".join(f"- {' '.join(example.split())}" for example in code.examples))
    if code.questions:
        parts.append(f"Questions: {', '.join(code.questions)}")
    return "\n\n".join(parts)


def parts_of(description: str) -> tuple[str, dict[str, object]]:
    """A description as definition and details; one that has no such paragraphs is all definition."""
    found = [match for match in _LABEL.finditer(description) if _begins_paragraph(description, match.start())]
    names = [match[1].lower() for match in found]
    if not found or len(set(names)) < len(names):
        return description, {}
    details: dict[str, object] = {}
    for name, match, end in zip(names, found, [*(m.start() for m in found[1:]), len(description)], strict=True):
        text = description[match.end() : end].strip()
        if name == "examples":
            details[name] = tuple(filter(None, (line.strip().removeprefix("- ").strip() for line in text.split("\n"))))
        elif name == "questions":
            details[name] = tuple(filter(None, (word.strip() for word in text.split(","))))
        elif text:
            details[name] = text
    return description[: found[0].start()].strip(), details


def _begins_paragraph(text: str, position: int) -> bool:
    return position == 0 or text[:position].endswith("\n\n")
