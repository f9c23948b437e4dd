"""The coders of a project in a study: found there by name, else new."""

from __future__ import annotations

from coding.exchange.names import name_key, one_line
from coding.exchange.project import Project
from coding.log import coder_folders
from corpus.ids import make_id, why_illegal
from corpus.study import Study

_UNKNOWN = "unknown-coder"


class Coders:
    """Ids of the project's coders in the study. `used` holds id → name of those who did something."""

    def __init__(self, project: Project, study: Study | None) -> None:
        self.names = dict(study.settings.coders) if study else {}
        folders = coder_folders(study.root) if study else []
        self.taken = {*self.names, *folders, _UNKNOWN, "consensus"}
        self.by_name = {name_key(name): id for id, name in self.names.items()}
        self.by_name |= {id: id for id in folders if id not in self.by_name}
        self.project = {coder.key: coder for coder in project.coders}
        self.only = project.coders[0].key if len(project.coders) == 1 else ""
        self.known: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def id_of(self, key: str) -> str:
        """The coder's id; someone nobody knows is the project's only coder, or `unknown-coder`."""
        key = key or self.only
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._new(key)
        return found

    def _new(self, key: str) -> str:
        coder = self.project.get(key)
        name = (one_line(coder.name) if coder else one_line(key)) or "Unknown coder"
        if coder and coder.id and not why_illegal(coder.id):
            id = coder.id
        elif not key:
            id = _UNKNOWN
        else:
            words = name.replace(".", " ")
            id = self.by_name.get(name_key(name)) or self.by_name.get(make_id(words)) or make_id(words, self.taken)
        self.taken.add(id)
        self.used[id] = self.names.get(id, name)
        return id
