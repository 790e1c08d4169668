#!/usr/bin/env python3
"""Fine-tunes all-MiniLM-L6-v2 on sentence pairs, on a CPU, in seconds, and writes the new model folder.

    finetune.py MODEL DATASET OUTPUT     train and write
    finetune.py --check MODEL            check the forward pass and the gradient only

Four tensors are trained, the last dense layer and its LayerNorm; everything below is frozen, so it is computed once.
The loss is the usual one for sentence pairs: each question must be nearer to its own answer than to all the others
(cosine times 20, cross entropy, both ways).
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import numpy as np

from minilm import MiniLM, normalise, softmax

SCALE = 20.0
STEPS = 20
CARD = """---
license: apache-2.0
base_model: sentence-transformers/all-MiniLM-L6-v2
---

# MiniLM for questions of provenance

all-MiniLM-L6-v2, with the last dense layer and its LayerNorm trained for {steps} steps on {pairs} pairs of a question and its
answer (`provenance-pairs`). Made by Pedigree's demo to have something real to register; not meant for use.

Loss on the training pairs {before:.4f} before and {after:.4f} after, on {held_out} held-out pairs {unseen_before:.4f} and
{unseen_after:.4f}.
"""
LEARNING_RATE = 2e-4


class Head:
    """What is trained: from the frozen features of sentences to their embeddings, and back."""

    PARTS = ("dense.weight", "dense.bias", "LayerNorm.weight", "LayerNorm.bias")

    def __init__(self, model, precision=np.float32):
        self.prefix = f"encoder.layer.{model.layers - 1}.output."
        self.epsilon = model.epsilon
        self.values = {part: model.tensors[self.prefix + part].astype(precision) for part in self.PARTS}

    def forward(self, features):
        inner, residual, mask = features
        normal, deviation = normalise(
            inner @ self.values["dense.weight"].T + self.values["dense.bias"] + residual, self.epsilon
        )
        x = normal * self.values["LayerNorm.weight"] + self.values["LayerNorm.bias"]
        share = (mask / mask.sum(1, keepdims=True))[:, :, None]
        pooled = (x * share).sum(1)
        length = np.linalg.norm(pooled, axis=1, keepdims=True)
        unit = pooled / length
        return unit, (inner, normal, deviation, share, length, unit)

    def backward(self, upstream, saved):
        """Gradients of the trained tensors, from the gradient of the embeddings."""
        inner, normal, deviation, share, length, unit = saved
        # Through the division by the length, then through the mean over tokens.
        pooled = (upstream - unit * (upstream * unit).sum(1, keepdims=True)) / length
        x = pooled[:, None, :] * share
        gradient = {
            "LayerNorm.weight": (x * normal).sum((0, 1)),
            "LayerNorm.bias": x.sum((0, 1)),
        }
        # Through the LayerNorm: what changes neither mean nor variance passes.
        x = x * self.values["LayerNorm.weight"]
        x = (x - x.mean(-1, keepdims=True) - normal * (x * normal).mean(-1, keepdims=True)) / deviation
        gradient["dense.weight"] = np.tensordot(x, inner, ((0, 1), (0, 1)))
        gradient["dense.bias"] = x.sum((0, 1))
        return gradient


def contrast(questions, answers):
    """The loss, how many questions find their own answer first, and the gradients of both sides."""
    scores = SCALE * questions @ answers.T
    own = np.eye(len(scores), dtype=scores.dtype)
    forth, back = softmax(scores), softmax(scores.T)
    loss = -(np.log(forth[own == 1]) + np.log(back[own == 1])).mean() / 2
    slope = SCALE * (forth - own + (back - own).T) / (2 * len(scores))
    hits = int((scores.argmax(1) == np.arange(len(scores))).sum())
    return loss, hits, slope @ answers, slope.T @ questions


def evaluate(head, sides):
    (questions, q), (answers, a) = (head.forward(side) for side in sides)
    loss, hits, dq, da = contrast(questions, answers)
    gq, ga = head.backward(dq, q), head.backward(da, a)
    return loss, hits, {part: gq[part] + ga[part] for part in Head.PARTS}


def features(model, pairs):
    return [model.before_last_dense([pair[side] for pair in pairs]) for side in ("question", "answer")]


def train(head, sides, steps):
    """Adam, all pairs in every step."""
    mean = {part: np.zeros_like(value) for part, value in head.values.items()}
    square = {part: np.zeros_like(value) for part, value in head.values.items()}
    for step in range(1, steps + 1):
        loss, _, gradient = evaluate(head, sides)
        for part, slope in gradient.items():
            mean[part] = 0.9 * mean[part] + 0.1 * slope
            square[part] = 0.999 * square[part] + 0.001 * slope**2
            move = (mean[part] / (1 - 0.9**step)) / (np.sqrt(square[part] / (1 - 0.999**step)) + 1e-8)
            head.values[part] = (head.values[part] - LEARNING_RATE * move).astype(head.values[part].dtype)
        if step == 1 or step % 10 == 0:
            print(f"  step {step:2}: loss {loss:.4f}")


def check(model):
    """Known behaviour of the model, and the gradient against differences."""
    a, b, c = model.embed(
        ["A man is eating food.", "A man is eating a piece of bread.", "A cheetah is running behind its prey."]
    )
    near, far = float(a @ b), float(a @ c)
    print(f"  cosine of like sentences {near:.3f}, of unlike ones {far:.3f}")
    if not near > 0.6 > 0.3 > far:
        sys.exit("finetune: the forward pass doesn't behave like all-MiniLM-L6-v2")

    pairs = [
        {"question": "Who wrote it?", "answer": "The author is named in the record."},
        {"question": "How long does it take?", "answer": "Two minutes at most."},
        {"question": "What does it cost?", "answer": "A small fee, and a deposit that comes back."},
    ]
    sides = [tuple(part.astype(np.float64) for part in side) for side in features(model, pairs)]
    head = Head(model, np.float64)
    _, _, gradient = evaluate(head, sides)
    chance = np.random.default_rng(7)
    worst = 0.0
    for part in Head.PARTS:
        for _ in range(3):
            direction = chance.standard_normal(head.values[part].shape)
            direction /= np.linalg.norm(direction)
            kept, step = head.values[part], 1e-5
            losses = []
            for sign in (1, -1):
                head.values[part] = kept + sign * step * direction
                losses.append(evaluate(head, sides)[0])
            head.values[part] = kept
            measured = (losses[0] - losses[1]) / (2 * step)
            computed = float((gradient[part] * direction).sum())
            worst = max(worst, abs(measured - computed) / (abs(measured) + abs(computed) + 1e-6))
    print(f"  gradient against differences: off by {worst:.1e} at most")
    if worst > 1e-4:
        sys.exit("finetune: the gradient is wrong")


def main():
    parser = argparse.ArgumentParser(description="Fine-tunes all-MiniLM-L6-v2 on sentence pairs.")
    parser.add_argument("--check", action="store_true", help="check forward pass and gradient, write nothing")
    parser.add_argument("model", type=Path)
    parser.add_argument("dataset", type=Path, nargs="?")
    parser.add_argument("output", type=Path, nargs="?")
    arguments = parser.parse_args()

    model = MiniLM(arguments.model)
    if arguments.check:
        check(model)
        return
    if arguments.dataset is None or arguments.output is None:
        parser.error("MODEL, DATASET and OUTPUT are needed")

    lines = (arguments.dataset / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines if line.strip()]
    trained = features(model, [pair for pair in pairs if pair["split"] == "train"])
    held_out = features(model, [pair for pair in pairs if pair["split"] == "held-out"])

    head = Head(model)
    before, before_hits, _ = evaluate(head, trained)
    unseen_before, unseen_before_hits, _ = evaluate(head, held_out)
    train(head, trained, STEPS)
    after, after_hits, _ = evaluate(head, trained)
    unseen_after, unseen_after_hits, _ = evaluate(head, held_out)
    n, m = len(trained[0][0]), len(held_out[0][0])
    print(f"  trained on {n} pairs: loss {before:.4f} -> {after:.4f}, right answer first {before_hits} -> {after_hits}")
    print(
        f"  held out   {m} pairs: loss {unseen_before:.4f} -> {unseen_after:.4f}, "
        f"right answer first {unseen_before_hits} -> {unseen_after_hits}"
    )
    if not after < before:
        sys.exit("finetune: the loss did not fall")

    shutil.copytree(arguments.model, arguments.output, ignore=shutil.ignore_patterns("model.safetensors"))
    for part, value in head.values.items():
        model.tensors[head.prefix + part] = value
    model.tensors.save(arguments.output / "model.safetensors")
    card = CARD.format(
        steps=STEPS, pairs=n, held_out=m, before=before, after=after, unseen_before=unseen_before, unseen_after=unseen_after
    )
    (arguments.output / "README.md").write_text(card, encoding="utf-8")
    print(f"  wrote {arguments.output}: {len(head.values)} of {len(model.tensors.entries)} tensors changed")


if __name__ == "__main__":
    main()
