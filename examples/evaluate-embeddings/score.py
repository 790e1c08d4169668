#!/usr/bin/env python3
"""Scores a sentence-embedding model for `pedigree evaluate`: how well it finds a paraphrase among sentences with the same words.

Reads one JSON object from stdin, with the folder of a model whose bytes `pedigree` has checked, and computes the
embeddings of sixty triples with its weights: a sentence, its paraphrase, and a lure, which has its words and says
something else. For each sentence all paraphrases and lures are ranked by cosine. The score is the mean of 1/rank of the
right paraphrase: 1 if it is always the first, 0.045 on average by chance.

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
    """The score of a model folder, and the part of the sentences whose paraphrase comes first."""
    size = (Path(folder) / "model.safetensors").stat().st_size
    if size > LARGEST:
        raise ValueError(f"its weights have {size} bytes, more than {LARGEST}")
    model, rows = MiniLM(folder), triples()
    anchors, paraphrases, lures = (
        model.embed([row[name] for row in rows]) for name in ("anchor", "paraphrase", "lure")
    )
    near = anchors @ np.concatenate([paraphrases, lures]).T
    if not np.isfinite(near).all():
        raise ValueError("its embeddings are not finite")
    right = near[np.arange(len(rows)), np.arange(len(rows))]
    # What is exactly as near counts as nearer: embeddings that are all the same find nothing.
    ranks = (near >= right[:, None]).sum(1)
    return float((1 / ranks).mean()), float((ranks == 1).mean())


def main():
    # Numbers that overflow on the way are told by what comes out.
    np.seterr(all="ignore")
    job = json.load(sys.stdin)
    score, first = evaluate(job["folder"])
    name = job.get("releaseName") or job["folder"]
    print(f"{name}: {first:.0%} of the paraphrases come first, mean 1/rank {score:.3f}", file=sys.stderr)
    print(json.dumps({"score": score}))


if __name__ == "__main__":
    main()
