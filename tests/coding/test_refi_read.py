"""REFI-QDA as other programs write it: every quirk that is known, and what hostile files do."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from refi_samples import (
    CODE,
    CODEBOOK,
    NOTE,
    OTHER_CODE,
    SOURCE,
    USER,
    USERS,
    code_ref,
    coded,
    one_coding,
    packed,
    project,
    read,
    selection,
    text_source,
    words,
)

from coding.exchange.losses import summed
from coding.exchange.project import About, Loss
from coding.exchange.refi_read import read_project, recognises

TEXT = "Anna: I have no money.\nBo: I have time, æøå 😀 and more money.\n"


def span(text: str, quote: str) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


def test_a_plain_project_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, packed(*coded(TEXT, selection(*span(TEXT, "no money"), "no money"))))
    assert found.tool == "Test 1.0 (REFI-QDA)" and found.name == "Trial"
    assert words(found) == ["no money"]
    assert [coder.name for coder in found.coders] == ["Ana Holm"]
    assert found.losses == ()


@pytest.mark.parametrize("name", ["Project.qde", "My study.QDE", "folder/project.qde", "PROJECT.QDE"])
def test_the_xml_may_have_any_name_and_place(tmp_path: Path, name: str) -> None:
    xml, files = coded(TEXT, selection(*span(TEXT, "no money"), "no money"))
    folder = name.rpartition("/")[0]
    files = {
        (f"{folder}/" if folder else "") + path.replace("sources/", "Sources/"): data for path, data in files.items()
    }
    assert words(read(tmp_path, packed(xml, {**files, "sources/.root": b""}, name))) == ["no money"]


def test_a_project_in_a_zip_and_a_bare_xml_and_a_folder_are_read(tmp_path: Path) -> None:
    xml, files = coded(TEXT, selection(*span(TEXT, "no money"), "no money"))
    inner = packed(xml, files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("our project.qdpx", inner)
    assert words(read(tmp_path, out.getvalue(), "download.zip")) == ["no money"]
    folder = tmp_path / "unpacked"
    (folder / "Sources").mkdir(parents=True)
    (folder / "project.qde").write_text(xml, "utf-8")
    for path, data in files.items():
        (folder / path.replace("sources/", "Sources/")).write_bytes(data)
    for path in (folder, folder / "project.qde"):
        assert recognises(path, b"" if path.is_dir() else path.read_bytes()[:1000])
        found, _ = read_project(path)
        assert found is not None and words(found) == ["no money"]


@pytest.mark.parametrize(
    "namespace", ["xmlns='urn:QDA-XML:project:0:4'", "xmlns='http://www.qdasoftware.org/other'", ""]
)
def test_namespaces_are_not_looked_at(tmp_path: Path, namespace: str) -> None:
    source = text_source("<PlainTextContent>words</PlainTextContent>", "")
    xml = project(USERS, CODEBOOK, f"<Sources>{source}</Sources>", attributes=namespace)
    assert read(tmp_path, xml.encode(), "project.qde").sources[0].text == "words"


def test_prefixed_elements_are_read(tmp_path: Path) -> None:
    xml = project(CODEBOOK).replace("<", "<q:").replace("<q:/", "</q:").replace("<q:?", "<?")
    assert len(read(tmp_path, xml.replace("xmlns=", "xmlns:q=").encode(), "p.qde").codes) == 2


def test_guids_are_compared_without_braces_and_case(tmp_path: Path) -> None:
    guid = "ABCDEFAB-1111-1111-1111-111111111111"
    book = f'<CodeBook><Codes><Code guid="{{{guid.lower()}}}" name="Money" isCodable="true"/></Codes></CodeBook>'
    source = f"<Sources>{text_source(selection(0, 4, 'Anna', code=guid))}</Sources>"
    found = read(tmp_path, packed(project(USERS, book, source), {f"sources/{SOURCE.upper()}.TXT": TEXT.encode()}))
    assert [code.name for code in found.codes] == ["Money"]
    assert found.codings[0].code == found.codes[0].key


@pytest.mark.parametrize(
    "path",
    [f"internal://{SOURCE}.txt", f"internal:///{SOURCE}.txt", f"{SOURCE}.txt", f"sources/{SOURCE}.txt",
     f"relative:///{SOURCE}.txt", f"absolute:///C:/Users/ana/{SOURCE}.txt", f"relative://x\\{SOURCE}.txt"],
)  # fmt: skip
def test_every_way_of_writing_a_path_finds_the_file_in_the_package(tmp_path: Path, path: str) -> None:
    source = "<Sources>" + text_source("", f'plainTextPath="{path}"') + "</Sources>"
    assert read(tmp_path, packed(project(source), {f"sources/{SOURCE}.txt": b"words"})).sources[0].text == "words"


def test_files_outside_the_package_are_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for path in ("absolute:///" + str(tmp_path / "secret.txt"), "relative:///../secret.txt", "../secret.txt"):
        source = "<Sources>" + text_source("", f'plainTextPath="{path}"') + "</Sources>"
        found = read(tmp_path, packed(project(source)))
        assert found.sources == ()
        assert [loss.what for loss in found.losses] == ["texts", "sources without a text"]
        assert "not in the project" in found.losses[0].why


@pytest.mark.parametrize(
    ("data", "position"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), lambda s: len(s)),
        (b"\xef\xbb\xbf" + TEXT.encode(), lambda s: len(s) + 1),
        (TEXT.replace("\n", "\r\n").encode(), lambda s: len(s)),
        (TEXT.replace("\n", "\r\n").encode(), lambda s: len(s.replace("\n", "\r\n"))),
        (TEXT.encode(), lambda s: len(s.replace("\n", "\r\n"))),
        (TEXT.encode(), lambda s: len(s.encode("utf-16-le")) // 2),
        (TEXT.encode(), lambda s: len(s.encode())),
        (TEXT.encode("utf-16"), lambda s: len(s)),
    ],
    ids=["BOM", "BOM counted", "CRLF as one", "CRLF as two", "LF as two", "UTF-16", "UTF-8", "UTF-16 file"],
)
def test_positions_are_understood_by_evidence(tmp_path: Path, data: bytes, position) -> None:  # type: ignore[no-untyped-def]
    quotes = ["money", "I have time", "and more", "more money", "Bo"]
    starts = [(TEXT.index(quote), quote) for quote in quotes]
    selections = [selection(position(TEXT[:at]), position(TEXT[: at + len(quote)]), quote) for at, quote in starts]
    found = read(tmp_path, packed(*coded(data, *selections)))
    assert words(found) == quotes
    assert "5 of 5" in found.sources[0].positions


def test_texts_without_evidence_follow_the_others(tmp_path: Path) -> None:
    """A source whose only selection says nothing is read by the rule that another source makes sure of."""
    sure = text_source("".join(selection(len(TEXT[:s].encode()), len(TEXT[:e].encode()), TEXT[s:e])
                               for s, e in (span(TEXT, "and more"), span(TEXT, "more money"))))  # fmt: skip
    other = "Så er der én ting: ø og å."
    s, e = span(other, "ø og å")
    unsure = sure.replace(SOURCE, SOURCE.replace("4", "8")).split("<PlainTextSelection")[0]
    unsure += selection(len(other[:s].encode()), len(other[:e].encode())) + "</TextSource>"
    files = {f"sources/{SOURCE}.txt": TEXT.encode(), f"sources/{SOURCE.replace('4', '8')}.txt": other.encode()}
    found = read(tmp_path, packed(project(USERS, CODEBOOK, f"<Sources>{sure}{unsure}</Sources>"), files))
    assert words(found) == ["and more", "more money", "ø og å"]


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [("-5", "3", "before the text"), ("5", "9999", "behind the end"), ("9", "9", "no words"),
     ("x", "3", "no numbers"), ("", "", "no numbers"), ("9999", "3", "behind the end")],
)  # fmt: skip
def test_impossible_positions_are_told_and_the_rest_is_read(tmp_path: Path, start: str, end: str, why: str) -> None:
    found = read(tmp_path, packed(*coded(TEXT, selection(start, end, "odd one"), selection(0, 4, "Anna"))))
    assert words(found) == ["Anna"]
    (loss,) = found.losses
    assert why in loss.why and "odd one" in loss.why and loss.where == "Interview 1" and not loss.kept


def test_swapped_positions_and_an_end_just_behind_the_text_are_mended_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, packed(*coded("Anna and Bo", selection(4, 0), selection(9, 12))))
    assert words(found) == ["Anna", "Bo"]
    assert [loss.kept for loss in found.losses] == [True, True]


def test_missing_users_dates_and_names_are_no_fault(tmp_path: Path) -> None:
    bare = f'<PlainTextSelection startPosition="0" endPosition="4"><Coding>{code_ref()}</Coding></PlainTextSelection>'
    source = f'<Sources><TextSource plainTextPath="a.txt">{bare}</TextSource></Sources>'
    found = read(tmp_path, packed(project(CODEBOOK, source), {"sources/a.txt": TEXT.encode()}))
    assert words(found) == ["Anna"]
    assert found.sources[0].name == "a" and found.codings[0].coder == ""


def test_a_user_who_is_not_listed_still_coded(tmp_path: Path) -> None:
    xml, files = coded(TEXT, selection(0, 4, "Anna"))
    found = read(tmp_path, packed(xml.replace(USERS, ""), files))
    assert [coder.key for coder in found.coders] == [USER]


def test_codings_with_an_unknown_code_get_a_code_of_their_own(tmp_path: Path) -> None:
    found = read(tmp_path, packed(*coded(TEXT, selection(0, 4, "Anna", code=NOTE))))
    assert words(found) == ["Anna"]
    assert "not in the codebook" in found.codes[-1].name
    assert found.losses[0].kept


def test_two_codes_or_sources_with_one_guid_stay_apart(tmp_path: Path) -> None:
    book = (f'<CodeBook><Codes><Code guid="{CODE}" name="Money" isCodable="true"/><Code guid="{CODE}" name="Time" '
            f'isCodable="true"/><Code guid="{CODE}" name="Money" isCodable="true"/></Codes></CodeBook>')  # fmt: skip
    sources = "".join(text_source(f"<PlainTextContent>{text}</PlainTextContent>", "") for text in ("one", "two"))
    found = read(tmp_path, packed(project(book, f"<Sources>{sources}</Sources>")))
    assert [code.name for code in found.codes] == ["Money", "Time"]
    assert len({code.key for code in found.codes}) == 2
    assert [source.text for source in found.sources] == ["one", "two"]
    assert len({source.key for source in found.sources}) == 2
    assert len(found.losses) == 3 and any("GUID is also that of 'Interview 1'" in loss.why for loss in found.losses)


def test_codes_keep_their_tree_colours_and_rules(tmp_path: Path) -> None:
    book = (f'<CodeBook><Codes><Code guid="{CODE}" name="Folder" isCodable="false"><Code guid="{OTHER_CODE}" '
            'name="Money" isCodable="true" color="#F0a"><Description>What it costs.\n\nInclude: budgets\n\n'
            "Examples:\n- It is dear.\n- No money.</Description></Code></Code></Codes></CodeBook>")  # fmt: skip
    folder, money = read(tmp_path, packed(project(book))).codes
    assert (folder.codable, folder.parent, money.parent, money.colour) == (False, "", folder.key, "#ff00aa")
    assert money.description == "What it costs."
    assert money.details == {"include": "budgets", "examples": ("It is dear.", "No money.")}


def test_a_description_is_the_memo_of_a_coding_and_without_one_an_annotation(tmp_path: Path) -> None:
    memo = selection(0, 4, "Anna", "<Description>why I coded this</Description>")
    bare = (
        '<PlainTextSelection guid="{0}" startPosition="6" endPosition="7">'
        "<Description>a thought</Description></PlainTextSelection>"
    )
    found = read(tmp_path, packed(*coded(TEXT, memo, bare)))
    assert found.codings[0].memo == "why I coded this"
    assert [(note.text, note.about) for note in found.notes] == [("a thought", (About("source", SOURCE, 6, 7),))]


def test_notes_find_what_they_are_about(tmp_path: Path) -> None:
    guids = [f"{n:08}-0000-0000-0000-000000000000" for n in range(6)]
    ref = [f'<NoteRef targetGUID="{guid}"/>' for guid in guids]
    coding = f'<Coding guid="{OTHER_CODE}" creatingUser="{USER}">{code_ref()}{ref[0]}</Coding>'
    on_coding = f'<PlainTextSelection guid="{NOTE}" startPosition="0" endPosition="4">{coding}</PlainTextSelection>'
    on_span = f'<PlainTextSelection guid="{NOTE[:-1]}6" startPosition="6" endPosition="9">{ref[1]}</PlainTextSelection>'
    book = CODEBOOK.replace('name="Time" isCodable="true"/>', f'name="Time" isCodable="true">{ref[2]}</Code>')
    notes = "".join(f'<Note guid="{guid}" name="note {n}"><PlainTextContent>words {n}</PlainTextContent></Note>'
                    for n, guid in enumerate(guids))  # fmt: skip
    link = (
        f'<Links><Link guid="{CODE}" originGUID="{guids[5]}" targetGUID="{NOTE[:-1]}6"/>'
        f'<Link guid="{CODE}" originGUID="{CODE}" targetGUID="{OTHER_CODE}"/></Links>'
    )
    source = text_source(on_coding + on_span + ref[3])
    xml = project(USERS, book, f"<Sources>{source}</Sources>", f"<Notes>{notes}</Notes>", link)
    found = read(tmp_path, packed(xml, {f"sources/{SOURCE}.txt": TEXT.encode()}))
    about = {note.text: note.about for note in found.notes}
    assert found.codings[0].memo == "words 0"
    assert about == {
        "words 1": (About("source", SOURCE, 6, 9),),
        "words 2": (About("code", OTHER_CODE),),
        "words 3": (About("source", SOURCE),),
        "words 4": (),
        "words 5": (About("source", SOURCE, 6, 9),),
    }
    assert [(loss.what, loss.count) for loss in found.losses] == [("links", 1)]


def test_variables_stand_on_sources_on_cases_or_on_cases_without_a_name(tmp_path: Path) -> None:
    variables = f'<Variables><Variable guid="{CODE}" name="age" typeOfVariable="Integer"/></Variables>'
    value = f'<VariableValue><VariableRef targetGUID="{{{CODE}}}"/><IntegerValue>41</IntegerValue></VariableValue>'
    ref = f'<SourceRef targetGUID="{SOURCE}"/>'
    source = "<PlainTextContent>words</PlainTextContent>"
    on_source = project(variables, f"<Sources>{text_source(source + value, '')}</Sources>")
    nameless = project(variables, f'<Cases><Case guid="{NOTE}">{value}{ref}</Case></Cases>',
                       f"<Sources>{text_source(source, '')}</Sources>")  # fmt: skip
    for xml in (on_source, nameless):
        found = read(tmp_path, packed(xml))
        assert found.sources[0].attributes == {"age": "41"} and found.cases == ()
    named = read(tmp_path, packed(nameless.replace(f'<Case guid="{NOTE}">', f'<Case guid="{NOTE}" name="Anna">')))
    assert [(c.name, c.attributes, c.sources) for c in named.cases] == [("Anna", {"age": "41"}, (SOURCE,))]
    assert named.attributes[0].type == "integer"


def test_a_case_that_is_a_code_gets_the_sources_that_bear_it(tmp_path: Path) -> None:
    """NVivo: a case is a node, and a file belongs to it by being coded with it."""
    cases = f'<Cases><Case guid="{NOTE}" name="Anna">{code_ref(OTHER_CODE)}</Case></Cases>'
    source = text_source("<PlainTextContent>words</PlainTextContent>" + one_coding(OTHER_CODE), "")
    xml = project(USERS, CODEBOOK, cases, f"<Sources>{source}</Sources>")
    found = read(tmp_path, packed(xml))
    assert found.cases[0].sources == (SOURCE,)


def test_members_of_sets_are_named_by_guid_or_target_guid(tmp_path: Path) -> None:
    sets = (f'<Sets><Set guid="{NOTE}" name="gender: male"><MemberSource guid="{SOURCE}"/></Set>'
            f'<Set guid="{CODE}" name="Core"><MemberCode targetGUID="{CODE}"/></Set></Sets>')  # fmt: skip
    found = read(tmp_path, packed(*coded(TEXT, more=sets)))
    assert [(s.name, s.sources, s.codes) for s in found.sets] == [
        ("gender: male", (SOURCE,), ()),
        ("Core", (), (CODE,)),
    ]


def test_a_word_file_alone_gives_its_paragraphs(tmp_path: Path) -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("First line", "Second line"))
    docx = packed(f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>', {}, "word/document.xml")
    source = text_source(selection(11, 22, "Second line"), f'richTextPath="internal://{SOURCE}.docx"')
    found = read(
        tmp_path, packed(project(USERS, CODEBOOK, f"<Sources>{source}</Sources>"), {f"sources/{SOURCE}.docx": docx})
    )
    assert words(found) == ["Second line"]
    assert "paragraphs of the Word file" in found.sources[0].repairs[0]


def test_a_pdf_keeps_its_text_and_the_selections_in_it(tmp_path: Path) -> None:
    chosen = selection(0, 4, "Anna")
    inner = f'<Representation guid="{OTHER_CODE}" plainTextPath="internal://r.txt">{chosen}</Representation>'
    corners = 'page="0" firstX="1" firstY="1" secondX="2" secondY="2"'
    pages = "".join(
        f'<PDFSelection guid="{NOTE}" {corners} name="{name}">{one_coding()}</PDFSelection>'
        for name in ("I have no money.", "a picture")
    )
    pdf = f'<PDFSource guid="{SOURCE}" name="Report" path="internal://r.pdf">{pages}{inner}</PDFSource>'
    found = read(
        tmp_path, packed(project(USERS, CODEBOOK, f"<Sources>{pdf}</Sources>"), {"sources/r.txt": TEXT.encode()})
    )
    assert words(found) == ["Anna", "I have no money."]
    assert found.sources[0].name == "Report"
    lost = [loss for loss in found.losses if not loss.kept]
    assert [(loss.what, loss.where) for loss in lost] == [("selections of pages, pictures and recordings", "Report")]


def test_recordings_keep_their_transcript_and_lose_the_rest(tmp_path: Path) -> None:
    zeros = "0000-0000-0000-000000000000"
    points = "".join(f'<SyncPoint guid="{n:08}-{zeros}" timeStamp="{n}000" position="{n}"/>' for n in (0, 4))
    chosen = (
        f'<TranscriptSelection guid="{NOTE}" fromSyncPoint="00000000-{zeros}" toSyncPoint="00000004-{zeros}">'
        f"{one_coding()}</TranscriptSelection>"
    )
    content = f"<PlainTextContent>{TEXT}</PlainTextContent>"
    transcript = f'<Transcript guid="{OTHER_CODE}">{content}{points}{chosen}</Transcript>'
    minute = f'<AudioSelection guid="{NOTE}" begin="1" end="9"/>'
    audio = f'<AudioSource guid="{SOURCE}" name="Talk" path="internal://a.mp3">{transcript}{minute}</AudioSource>'
    picture = f'<PictureSource guid="{NOTE}" name="Photo" path="internal://p.jpg"/>'
    found = read(tmp_path, packed(project(USERS, CODEBOOK, f"<Sources>{audio}{picture}</Sources>")))
    assert words(found) == ["Anna"]
    assert {(loss.what, loss.where, loss.kept) for loss in found.losses} == {
        ("sound recordings", "Talk", True),
        ("selections of pages, pictures and recordings", "Talk", False),
        ("pictures", "Photo", False),
    }


def test_a_codebook_alone_is_read(tmp_path: Path) -> None:
    xml = (
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="Taguette">'
        f'<Codes><Code guid="{CODE}" name="Money" isCodable="true"/></Codes>'
        f'<Sets><Set guid="{NOTE}" name="Core"><MemberCode guid="{CODE}"/></Set></Sets></CodeBook>'
    )
    found = read(tmp_path, xml.encode(), "codes.qdc")
    assert recognises(tmp_path / "codes.qdc", xml.encode())
    assert (found.tool, found.codes[0].name, found.sets[0].codes) == ("Taguette (REFI-QDA)", "Money", (CODE,))


def test_xml_with_what_it_may_not_hold_is_mended_character_for_character(tmp_path: Path) -> None:
    text = "page one\x0cpage two & more &#x1; end"
    source = text_source(f"<PlainTextContent>{text}</PlainTextContent>{selection(9, 17, 'page two')}", "")
    xml = project(USERS, CODEBOOK, f"<Sources>{source}</Sources>")
    for data in (xml.encode(), xml.replace('"utf-8"', '"utf-16"').encode(), xml.encode("utf-16")):
        found = read(tmp_path, data, "project.qde")
        assert found.sources[0].text == "page one page two & more   end"
        assert words(found) == ["page two"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no REFI-QDA|no XML|no element"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (packed("<Project", {}), "breaks off"),
        (packed(project(CODEBOOK)[:200], {}), "breaks off"),
        (packed("", {"a.txt": b""}, "a.xml"), "no .qde file"),
        (packed('<!DOCTYPE Project [<!ENTITY a "b">]><Project name="&a;"/>'), "document type"),
        (packed('<!-- x --><!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>'), "document type"),
        (packed("<CodeBook><Codes>" + "<Code>" * 3000 + "</Code>" * 3000 + "</Codes></CodeBook>"), "deep|breaks"),
    ],
    ids=["empty", "broken zip", "cut off", "truncated", "no qde", "entities", "external", "nested"],
)  # fmt: skip
def test_what_cannot_be_read_is_said_without_a_traceback(tmp_path: Path, data: bytes, said: str) -> None:
    import re

    path = tmp_path / "bad.qdpx"
    path.write_bytes(data)
    found, problems = read_project(path)
    assert found is None
    assert re.search(said, problems[0].message), problems[0].message


def test_a_zip_that_unpacks_to_too_much_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.qdpx"
    path.write_bytes(packed(project(), {"sources/a.txt": b"0" * 60_000_000}))
    found, problems = read_project(path)
    assert found is None and "unpack" in problems[0].message


def test_the_real_projects_are_read(shared: Path) -> None:
    folder = shared / "interop" / "qdpx"
    facts = {}
    for path in sorted(folder.iterdir()):
        assert recognises(path, path.read_bytes()[:1000])
        found, problems = read_project(path)
        assert found is not None and not problems
        facts[path.name] = len(found.sources), len(found.codes), len(found.codings), len(found.sets)
    assert facts == {
        "blank-atlas-project.qdpx": (0, 0, 0, 0),
        "maxqda24-papers.zip": (10, 307, 0, 2),
        "qc-demo.qdpx": (2, 262, 205, 0),
        "target-atlas-project.qdpx": (0, 3, 0, 0),
    }


LINES = "".join(f"Linje {n} er én sætning om økonomi og tid.\n" for n in range(40))


def problems_of(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "project.qdpx"
    path.write_bytes(data)
    return [problem.rule for problem in read_project(path)[1]]


def test_positions_that_their_own_text_contradicts_are_a_problem(tmp_path: Path) -> None:
    starts = [LINES.index(f"Linje {n} ") for n in range(10, 40, 3)]
    sound = [selection(start, start + 8, f"line:{start}") for start in starts]
    garbled = [selection(start + 2 + start % 2, start + 15, f"line:{start}") for start in starts]
    assert problems_of(tmp_path, packed(*coded(LINES, *sound))) == []
    assert problems_of(tmp_path, packed(*coded(LINES, *garbled))) == ["doubtful-positions"]
    assert problems_of(tmp_path, packed(*coded(LINES, *garbled[:4]))) == [], "four say too little"
    chinese = "我们没有钱也没有时间。" * 40
    few = [selection(n, n + 3, f"s{n}") for n in range(1, 60, 7)]
    assert problems_of(tmp_path, packed(*coded(chinese, *few))) == [], "nothing tells where words end"


def test_positions_counted_in_normal_form_c_are_found_by_evidence(tmp_path: Path) -> None:
    starts = [LINES.index(f"Linje {n} ") for n in range(10, 40, 3)]
    selections = [selection(start, start + 8, f"line:{start}") for start in starts]
    found = read(tmp_path, packed(*coded(unicodedata.normalize("NFD", LINES), *selections)))
    assert words(found) == [LINES[start : start + 8] for start in starts]
    assert "normal form C" in found.sources[0].positions and "normal form C" in found.sources[0].repairs[0]


def test_ends_are_exchanged_before_the_evidence_is_counted(tmp_path: Path) -> None:
    starts = [LINES.index(f"Linje {n} ") for n in range(10, 40, 3)]
    data = packed(*coded(LINES, *(selection(start + 8, start, f"line:{start}") for start in starts)))
    assert problems_of(tmp_path, data) == []
    found = read(tmp_path, data)
    assert "whole words in 10 of 10" in found.sources[0].positions
    assert words(found)[0] == "Linje 10"


def test_codings_of_sources_without_a_text_are_counted(tmp_path: Path) -> None:
    xml, _ = coded(TEXT, selection(0, 4, "Anna"), selection(6, 7, "I"))
    assert ("codings", 2) in {(loss.what, loss.count) for loss in read(tmp_path, xml.encode(), "p.qde").losses}


def test_a_folder_with_several_projects_asks_for_one(tmp_path: Path) -> None:
    for name in ("a.qde", "b.qde"):
        (tmp_path / name).write_text(project(CODEBOOK))
    found, problems = read_project(tmp_path)
    assert found is None and "a.qde, b.qde" in problems[0].message and "Name the one" in problems[0].hint


def test_losses_that_differ_in_numbers_are_one_line(tmp_path: Path) -> None:
    found = read(tmp_path, packed(*coded(TEXT, *(selection(n, 99_999, f"line:{n}") for n in range(40)))))
    (line,) = summed(found.losses)
    assert line.count == 40 and line.why.endswith(f"the end of the text ({len(TEXT)} characters)")
    alone = summed((Loss("selections", "no words between the positions: 9–9 'odd'"),))
    assert alone[0].why.endswith("9–9 'odd'")


def test_codes_without_a_guid_keep_their_place_and_are_told(tmp_path: Path) -> None:
    book = '<CodeBook><Codes><Code name="A"><Code name="B"/></Code><Code name="C"/></Codes></CodeBook>'
    found = read(tmp_path, packed(project(book)))
    a, b, c = found.codes
    assert (a.parent, b.parent, c.parent) == ("", a.key, "")
    assert {loss.why for loss in found.losses} == {"it has no GUID, so no coding can be with it"}
