"""Makes parish-council.docx from the lines below: ``python tests/gold/make_docx.py``.

The same lines give the same bytes. ``= `` is a title, ``# `` a heading, ``- `` a list item, ``| a | b`` a row of a
table, ``{+in+}`` tracked as inserted, ``{-out-}`` tracked as deleted, ``{<moved<}`` moved away from here, ``~`` a
deleted paragraph mark (what follows joins), ``\\`` a line break.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

# ruff: noqa: E501 - each line is a paragraph
SOURCE = """\
= Parish council, minutes of 6 May
**Present:** Cllr. Joan Firth (chair), Cllr. Ade Bankole, Mrs. Pru Lacey, the clerk
# 1. Apologies
Cllr. Webb is in hospital.  We all signed a card for him.
# 2. Playing field
Ade Bankole: The swings failed the inspection on 28 Apr. and have been locked since.  I walked past yesterday and saw {-two-}{+three+} children climb the fence.
Joan Firth: Then we are not keeping anyone safe, we are only keeping ourselves out of court.
Pru Lacey: What would it take to open them by half term?
Ade Bankole: Two new chains, £139.90, and somebody to fit them.
Resolved: £150 from the repairs fund; {+Cllr. Bankole to buy the chains +}by 9 May.
{<Ade to ask the school about the holidays.<}
- The clerk puts up a notice with a date on it
- {-Cllr. Webb rings the insurer-}{+Mrs. Lacey rings the insurer+}, ref. no. 88/412
- {-The fence is to be raised to 3 m-}
# 3. Bus shelter
Joan Firth: I sat there for an hour on Tuesday with a flask of tea.  Nobody minds the paint.  What they mind is that the bus doesn't come...
Pru Lacey: Who has ever told the company so?
Joan Firth: I did, twice.  This time I would like the passengers to speak, and us to carry the chairs.
The clerk read out a letter (dated 2 May) from Dr. H. T. Moss.\\He offers the surgery's hall for the evening.
We agreed to hold it on 20 May at 7.30 p.m., and that~
every household gets a card through the door.
# 4. Actions
| Action | Who | By
| Buy and fit the chains | Cllr. Bankole | 9 May
| Print 420 cards, e.g. at the school | the clerk | 12 May
| Ask Dr. Moss whether the hall has a ramp, and if not, who lends us one. | Mrs. Lacey | 14 May
# 5. Money
The balance is £8,214.06.  Cheques over £500 need two signatures, as before.
Pru Lacey: May I say thank you to the clerk?  Without her we would have missed the grant.
{+Seconded by everyone present.+}
The meeting closed at 9.05 p.m.
"""
TARGET = Path(__file__).with_name("parish-council.docx")
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TRACKED = re.compile(r"\{([+\-<])(.*?)[+\-<]\}")
_WHO = 'w:id="1" w:author="x" w:date="2025-05-07T10:00:00Z"'


def run(text: str, tag: str = "t", bold: bool = False) -> str:
    lines = [f'<w:{tag} xml:space="preserve">{escape(part)}</w:{tag}>' for part in text.split("\\")]
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def runs(text: str) -> str:
    """Text with what is bold and what is tracked; words are cut in the middle, as Word does."""
    done, at = "", 0
    for found in _TRACKED.finditer(text):
        done += plain(text[at : found.start()])
        inside = found[2]
        done += {
            "+": f"<w:ins {_WHO}>{run(inside)}</w:ins>",
            "-": f"<w:del {_WHO}>{run(inside, 'delText')}</w:del>",
            "<": f"<w:moveFrom {_WHO}>{run(inside)}</w:moveFrom>",
        }[found[1]]
        at = found.end()
    return done + plain(text[at:])


def plain(text: str) -> str:
    parts = re.split(r"\*\*(.*?)\*\*", text)
    return "".join(
        run(part, bold=True) if index % 2 else run(part[: len(part) // 2]) + run(part[len(part) // 2 :])
        for index, part in enumerate(parts)
    )


def paragraph(line: str) -> str:
    style, text = "", line
    if line.startswith("= "):
        style, text = '<w:pStyle w:val="Titel"/>', line[2:]
    elif line.startswith("# "):
        style, text = '<w:pStyle w:val="berschrift1"/>', line[2:]
    elif line.startswith("- "):
        style, text = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', line[2:]
    if text.endswith("~"):
        style, text = style + f"<w:rPr><w:del {_WHO}/></w:rPr>", text[:-1] + " "
    return f"<w:p>{f'<w:pPr>{style}</w:pPr>' if style else ''}{runs(text)}</w:p>"


def body(source: str) -> str:
    done, rows = "", ""
    for line in source.splitlines():
        if line.startswith("| "):
            cells = "".join(f"<w:tc>{paragraph(cell.strip())}</w:tc>" for cell in line[2:].split("|"))
            rows += f"<w:tr>{cells}</w:tr>"
            continue
        done += f"<w:tbl>{rows}</w:tbl>" if rows else ""
        rows = ""
        done += paragraph(line)
    return done


def styles() -> str:
    named = (("Titel", "Title"), ("berschrift1", "heading 1"))
    return "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in named)


def write(target: Path) -> None:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'{head}<w:document xmlns:w="{NAMESPACE}"><w:body>{body(SOURCE)}</w:body></w:document>',
        "word/styles.xml": f'{head}<w:styles xmlns:w="{NAMESPACE}">{styles()}</w:styles>',
    }
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write(TARGET)
