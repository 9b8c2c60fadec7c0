"""How fast notes are read: ``python tests/benchmarks/reading.py [megabytes]``.

For each reader, a text of the size asked for (20 MB by default) is made from the gold notes or generated; what is timed
is bytes to the list of statements, in seconds of one core's time, the median of three runs. For .docx the time is
compared with that of unzipping and parsing the XML alone; for linear time, with that of half the text. Folders named
behind the size are joined file by file, repeated to the size, and read as one text.
"""

from __future__ import annotations

import csv
import io
import json
import random
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from leadclass.notes.formats import statements_in

GOLD = Path(__file__).parent.parent / "gold"
NAMES = ("Ana Lee", "Bo", "Tomasz Wilk", "Priya Raman")
WORDS = (
    "we",
    "the",
    "plan",
    "budget",
    "week",
    "people",
    "team",
    "why",
    "what",
    "listen",
    "order",
    "ship",
    "call",
    "ask",
)
WORDS += ("tell", "the", "and", "of", "to", "a", "roof", "bus")


def sentence(rng: random.Random) -> str:
    words = rng.choices(WORDS, k=rng.randint(4, 24))
    return " ".join(words).capitalize() + rng.choice((".", ".", ".", "?", "!"))


def turns(size: int) -> list[tuple[str, str]]:
    """Speakers and what they say, about ``size`` characters of it."""
    rng, made, length = random.Random(5), [], 0
    while length < size:
        said = " ".join(sentence(rng) for _ in range(rng.randint(1, 6)))
        made.append((rng.choice(NAMES), said))
        length += len(said) + 20
    return made


def clock(at: int) -> str:
    return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"


def repeated(name: str, size: int) -> str:
    text = (GOLD / name).read_text(encoding="utf-8-sig")
    return (text + "\n") * (size // len(text) + 1)


def transcript(size: int) -> str:
    return "\n".join(f"{who}: {said}" for who, said in turns(size))


def blocks(size: int) -> str:
    return "\n".join(f"{who}  {clock(at)}\n{said}\n" for at, (who, said) in enumerate(turns(size)))


def captions(size: int) -> str:
    cues = (f"{clock(at)}.000 --> {clock(at)}.900\n{who}: {said}\n" for at, (who, said) in enumerate(turns(size)))
    return "WEBVTT\n\n" + "\n".join(cues)


def table(size: int) -> str:
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerows([("speaker", "text"), *turns(size)])
    return file.getvalue()


def json_lines(size: int) -> str:
    return "\n".join(json.dumps({"speaker": who, "text": said}) for who, said in turns(size))


def json_list(size: int) -> str:
    said = [
        {"speaker": {"name": who}, "timestamp": clock(at), "text": text} for at, (who, text) in enumerate(turns(size))
    ]
    return json.dumps({"transcript": said})


def page(size: int) -> str:
    return "<html><body>" + "\n".join(f"<p><b>{who}:</b> {said}</p>" for who, said in turns(size)) + "</body></html>"


def word(size: int) -> bytes:
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    run = '<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    mark = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
    said = (f"{mark}{run.format(who + ': ')}{run.format(text)}</w:p>" for who, text in turns(size))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}{''.join(said)}</w:body></w:document>")
    return file.getvalue()


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


MAKERS: dict[str, Callable[[int], str]] = {
    "minutes.md": lambda size: repeated("climbing-hall.md", size),
    "mail.txt": lambda size: repeated("allotment-mail.txt", size),
    "transcript.txt": transcript,
    "blocks.txt": blocks,
    "captions.vtt": captions,
    "table.csv": table,
    "lines.jsonl": json_lines,
    "list.json": json_list,
    "page.html": page,
}


def main(megabytes: float) -> None:
    size = int(megabytes * 1e6)
    print(f"{'':16} {'MB':>6} {'statements':>11} {'MB/s':>6} {'twice/once':>11}")
    for name, make in MAKERS.items():
        whole, half = (make(part).encode() for part in (size, size // 2))
        once, twice = (seconds(lambda data=data, name=name: statements_in(data, name)) for data in (half, whole))
        count = len(statements_in(whole, name))
        print(f"{name:16} {len(whole) / 1e6:6.1f} {count:11,} {len(whole) / twice / 1e6:6.1f} {twice / once:11.2f}")
    data = word(size // 4)
    alone = seconds(lambda: ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")))
    ours = seconds(lambda: statements_in(data, "x.docx"))
    print(f"{'x.docx':16} {ours / alone:.2f} times unzipping and parsing alone ({alone:.2f} s)")
    for path in map(Path, sys.argv[2:]):
        files = [(each.name, each.read_bytes()) for each in sorted(path.rglob("*")) if each.is_file()]
        joined = b"\n".join(data for _, data in files)
        joined *= max(1, size // len(joined))
        taken = seconds(lambda data=joined, name=files[0][0]: statements_in(data, name))
        print(f"{path.name} joined: {len(joined) / taken / 1e6:.1f} MB/s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
