"""The command: a thin face over the library."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from leadclass import __version__

if TYPE_CHECKING:
    from leadclass.classifier import Classifier
    from leadclass.notes import Statement
    from leadclass.report.tagged import Tagged
    from leadclass.report.terminal import Page

T = TypeVar("T")

EXAMPLES = """
examples:
  leadclass notes/                        tag every .txt, .md, .csv and .jsonl file below a folder
  leadclass minutes.md standup.txt        tag these two
  pbpaste | leadclass -                   tag what comes on standard input
  leadclass notes/ -o tags.csv            also write a row a statement (.csv or .jsonl)
  leadclass notes/ -q -o tags.jsonl       write it and print nothing
  leadclass explain "Who signs it off?"   which words spoke for which label
  leadclass evaluate labelled.csv         figures on any csv with the columns text and label
  leadclass train -o my-model.safetensors         make a model from the corpus

A file or folder that is called explain, evaluate or train is named as ./train.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 where all went well, 1 where a file or a value was unusable, 2 for wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    verb, parser = ("tag", _tag_parser())
    if words and words[0] in _PARSERS:
        verb, parser = words[0], _PARSERS[words[0]]()
        del words[0]
    options = parser.parse_args(words)
    try:
        return _VERBS[verb](options)
    except BrokenPipeError:
        return _closed_pipe()
    except (ValueError, OSError) as error:
        _complain(error)
        return 1
    except KeyboardInterrupt:
        return 130


def _tag_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leadclass",
        description="Tags each statement of your notes as leadership, management or neither.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, or - for standard input")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a row a statement: .csv or .jsonl")
    parser.add_argument("-q", "--quiet", action="store_true", help="print no table")
    parser.add_argument("--version", action="version", version=f"leadclass {__version__}")
    _add_model(parser)
    return parser


def _explain_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass explain", description="Which words spoke for which label.")
    parser.add_argument("text", nargs="+", help="one statement")
    _add_model(parser)
    return parser


def _evaluate_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass evaluate", description="Figures on a labelled file.")
    parser.add_argument(
        "file", type=Path, help="csv with the columns text and label (and source, for figures by source)"
    )
    _add_model(parser)
    return parser


def _train_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass train", description="Makes the model file from the corpus.")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to; by default the model in the package"
    )
    parser.add_argument(
        "--essays", type=Path, metavar="FOLDER", help="adds the essays' own sentences, if you have them"
    )
    return parser


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model of your own, made by leadclass train")


def _tag(options: argparse.Namespace) -> int:
    from leadclass.report import rows, terminal  # noqa: PLC0415 - keeps --help instant
    from leadclass.report.tagged import mix_by_file  # noqa: PLC0415

    if options.output:
        rows.check(options.output)
    found, failed = _read(options.paths)
    tagged = _tagged(_classifier(options), found)
    if options.output:
        rows.write(tagged, options.output)
    if not tagged:
        print("leadclass: there is no statement in what was named.", file=sys.stderr)
    elif not options.quiet:
        page = _page()
        _print(terminal.statements(tagged, page))
        _print(terminal.mixes(mix_by_file(tagged), page))
    return 1 if failed else 0


def _read(paths: Sequence[str]) -> tuple[list[Statement], bool]:
    """The statements of all readable files, each read once, and whether something could not be read."""
    named = [_attempted(partial(_sources, path)) for path in paths]
    sources: dict[str, Callable[[], list[Statement]]] = {}
    for each in named:
        for place, reader in (each or {}).items():
            sources.setdefault(place, reader)
    parts = [_attempted(reader) for reader in sources.values()]
    return [statement for part in parts for statement in part or ()], None in (*named, *parts)


def _sources(path: str) -> dict[str, Callable[[], list[Statement]]]:
    """What a path leads to: the resolved name of each file, and how to read it."""
    from leadclass.notes import NotesError, from_stream, note_files, statements_of  # noqa: PLC0415

    if not path:  # Path("") is the current folder, and nobody who types "$UNSET" means that
        raise NotesError(repr(path), "a path must not be empty", "name a file, a folder, or - for standard input")
    if path == "-":
        return {path: lambda: from_stream(sys.stdin.buffer.read())}
    return {str(file.resolve()): partial(statements_of, file) for file in note_files(path)}


def _attempted(read: Callable[[], T]) -> T | None:
    """What ``read`` gives, or None where it failed: that is named on stderr and stops no other."""
    from leadclass.notes import NotesError  # noqa: PLC0415

    try:
        return read()
    except (NotesError, OSError) as error:
        _complain(error)
        return None


def _tagged(classifier: Classifier, found: Sequence[Statement]) -> list[Tagged]:
    from leadclass.report.tagged import Tagged  # noqa: PLC0415

    tags = classifier.classify_many(statement.text for statement in found)
    return [Tagged(statement, tag) for statement, tag in zip(found, tags, strict=True)]


def _explain(options: argparse.Namespace) -> int:
    from leadclass.report import terminal  # noqa: PLC0415

    _print(terminal.explanation(_classifier(options).explain(" ".join(options.text)), _page()))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from leadclass import evaluation  # noqa: PLC0415
    from leadclass.report import terminal  # noqa: PLC0415

    found = evaluation.read_labelled(options.file)
    tags = _classifier(options).classify_many(found.texts)
    _print(terminal.figures(evaluation.measure(found.labels, tags.labels, tags.probabilities), found.left_out))
    sources = evaluation.measure_by_source(found, tags.labels, tags.probabilities)
    if sources:
        _print(["", *terminal.by_source(sources, _page())])
    return 0


def _train(options: argparse.Namespace) -> int:
    from leadclass.corpus import load_corpus  # noqa: PLC0415
    from leadclass.model import SHIPPED  # noqa: PLC0415
    from leadclass.report import target  # noqa: PLC0415

    if options.essays and not options.output:
        raise ValueError(
            "--essays needs -o FILE: without it the model that ships with the package would be replaced by one that "
            "is trained on the essays; name another file."
        )
    path = options.output or Path(SHIPPED)
    target.check(path)
    corpus = load_corpus()
    if options.essays:
        from leadclass.essays import read_essays  # noqa: PLC0415

        corpus = corpus + read_essays(options.essays)
    print(f"training on {len(corpus):,} statements ...", file=sys.stderr)
    from leadclass.training import train_corpus  # noqa: PLC0415 - scikit-learn comes only now

    trained = train_corpus(corpus)
    with target.replacing(path) as beside:
        trained.save(beside)
    print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)", file=sys.stderr)
    return 0


_PARSERS = {"explain": _explain_parser, "evaluate": _evaluate_parser, "train": _train_parser}
_VERBS = {"tag": _tag, "explain": _explain, "evaluate": _evaluate, "train": _train}


def _classifier(options: argparse.Namespace) -> Classifier:
    from leadclass.classifier import Classifier  # noqa: PLC0415

    return Classifier.load(options.model) if options.model else Classifier.load()


def _page() -> Page:
    from leadclass.report.terminal import Page  # noqa: PLC0415

    shown = sys.stdout.isatty()
    return Page(shutil.get_terminal_size((100, 24)).columns, shown and "NO_COLOR" not in os.environ)


def _print(lines: Iterable[str] | Iterator[str]) -> None:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    for line in lines:
        print(line)


def _complain(error: Exception) -> None:
    from leadclass.report.terminal import harmless  # noqa: PLC0415 - needed only where something is wrong

    print(f"leadclass: {harmless(str(error))}", file=sys.stderr)


def _closed_pipe() -> int:
    """The reader of our output went away, as ``head`` does: no traceback, and none from the interpreter's exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
