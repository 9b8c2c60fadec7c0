"""What can be typed: the parsers, and the help that teaches by example."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from leadclass import __version__
from leadclass.report.by import BY

EXAMPLES = """
examples:
  leadclass minutes.md standup.txt          tag these two: each statement, then the mix
  leadclass notes/                          tag every file of notes below a folder
  leadclass "notes/2026-*/*.md"             or those that fit a pattern; ** stands for any folders
  pbpaste | leadclass -                     or what comes on standard input
  leadclass notes/ --by speaker             only the mix, speaker by speaker, with its intervals
  leadclass minutes.md -o minutes.html      a page to read, filter, print and pass on
  leadclass notes/ -o report/               a page for each file, and report/index.html to begin with
  leadclass notes/ -o tags.csv -o mix.md    a row a statement, and a summary for the wiki, in one run
  leadclass notes/ -o report/ --resume --jobs 2
                                            go on after a stop, or after some notes have changed
  leadclass notes/ --threshold 0.6          call neither what is less than 60% probable
  leadclass explain "Who signs it off?"     which words spoke for which label
  leadclass evaluate labelled.csv           figures on any csv with the columns text and label
  leadclass train -o my-model.safetensors   make a model from the corpus

The mix is printed after the statements; with -o or --by it stands alone, and -v prints the statements all the same.
Beside each share stands the range that chance alone allows for with that many statements, 95 times in 100.
Results of leadclass itself are never read as notes. A file or folder that is called explain, evaluate or train is
named as ./train.
"""


def parse(argv: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """The verb and its options; wrong usage, --help and --version end the program, as argparse does."""
    words = list(argv)
    verb = words.pop(0) if words and words[0] in _PARSERS else "tag"
    return verb, _PARSERS.get(verb, _tag)().parse_args(words)


def _tag() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leadclass",
        description="Tags each statement of your notes as leadership, management or neither.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders, patterns, or - for standard input")
    _add_results(parser)
    _add_manner(parser)
    parser.add_argument("--version", action="version", version=f"leadclass {__version__}")
    return parser


def _add_results(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="RESULT",
        help="write .html, .md, .csv, .jsonl or .parquet, or with a / at the end a folder of pages; may be repeated",
    )
    parser.add_argument("--by", choices=BY, help="print only the mix: by file, speaker, section or tenth of a meeting")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("-q", "--quiet", action="store_true", help="print nothing but complaints")
    loudness.add_argument("-v", "--verbose", action="store_true", help="print the statements too, and name each file")


def _add_manner(parser: argparse.ArgumentParser) -> None:
    _add_model(parser)
    parser.add_argument(
        "--threshold",
        type=_share,
        metavar="P",
        help="0 to 1: a label less probable than this becomes neither; replaces the model's own threshold (0 is none)",
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="processes that share the files; 1 if not said, more pay where a run takes many seconds",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="with -o FOLDER/: keep each page whose notes, model and threshold are those it was made from",
    )


def _explain() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass explain", description="Which words spoke for which label.")
    parser.add_argument("text", nargs="+", help="one statement")
    _add_model(parser)
    return parser


def _evaluate() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass evaluate", description="Figures on a labelled file.")
    parser.add_argument(
        "file", type=Path, help="csv with the columns text and label (and source, for figures by source)"
    )
    _add_model(parser)
    return parser


def _train() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leadclass train", description="Makes the model file from the corpus.")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to; by default the model in the package"
    )
    parser.add_argument(
        "--essays", type=Path, metavar="FOLDER", help="adds the essays' own sentences, if you have them"
    )
    return parser


_PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "explain": _explain,
    "evaluate": _evaluate,
    "train": _train,
}


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, metavar="FILE", help="a model of your own, made by leadclass train")


def _share(word: str) -> float:
    try:
        share = float(word)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"a probability from 0 to 1 is expected, got {word!r}; write 0.6 for 60%")
    return share


def _count(word: str) -> int:
    if not word.isascii() or not word.isdigit() or int(word[:9]) < 1:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 on is expected, got {word!r}")
    return int(word[:9])
