#!/usr/bin/env python3
"""Scores a sentence-embedding model for `pedigree evaluate`: how well it tells a paraphrase from a sentence with the same words.

Reads one JSON object from stdin, with the folder of a model whose bytes `pedigree` has checked, and computes the
embeddings of sixty triples with its weights. The score is the part of the triples in which the paraphrase is nearer
than the other sentence, times the mean of how much nearer it is, in cosine.

Needs numpy, and the forward pass of the demo. Whatever is wrong with the model ends this with an error, and the
contributor has 0.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "demo"))

import numpy as np  # noqa: E402
from minilm import MiniLM  # noqa: E402

# All of a model's weights are held in memory, some of them twice.
LARGEST = 2_000_000_000


def triples():
    with open(HERE / "triples.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def evaluate(folder):
    """The score of a model folder, and what it is made of."""
    size = (Path(folder) / "model.safetensors").stat().st_size
    if size > LARGEST:
        raise ValueError(f"its weights have {size} bytes, more than {LARGEST}")
    model, rows = MiniLM(folder), triples()
    anchor, paraphrase, unrelated = (
        model.embed([row[name] for row in rows]) for name in ("anchor", "paraphrase", "unrelated")
    )
    margins = (anchor * paraphrase).sum(1) - (anchor * unrelated).sum(1)
    if not np.isfinite(margins).all():
        raise ValueError("its embeddings are not finite")
    accuracy, margin = float((margins > 0).mean()), float(margins.mean())
    return accuracy * max(margin, 0.0), accuracy, margin


def main():
    # Numbers that overflow on the way are told by what comes out.
    np.seterr(all="ignore")
    job = json.load(sys.stdin)
    score, accuracy, margin = evaluate(job["folder"])
    name = job.get("releaseName") or job["folder"]
    print(f"{name}: {accuracy:.1%} of the triples right, mean margin {margin:.3f}", file=sys.stderr)
    print(json.dumps({"score": score}))


if __name__ == "__main__":
    main()
