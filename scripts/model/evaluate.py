#!/usr/bin/env python3
"""Measure a model on the held-out sources: MRR@10, R@1 and R@10 by language.

    evaluate.py DATA MODEL.gdxm [--part test] [--limit 1000]

The part `validation` is there to choose by, the part `test` to report; they share no repository.
A query is the sentence of a doc comment; the candidates are all held-out definitions of its
language, each without its comment. BM25 uses the terms of Sources/Lexing; `fused` adds the two
scores after each was made to mean 0 and deviation 1 a query.
"""
import argparse
import gzip
import json
from pathlib import Path

import arithmetic  # noqa: F401, I001
import numpy as np  # noqa: E402
import scipy.sparse as sp  # noqa: E402

import lexing  # noqa: E402
import tokens  # noqa: E402


def bm25(queries, documents, k1=1.2, b=0.75):
    numbers = {}

    def counts(texts):
        rows, columns = [], []
        for row, text in enumerate(texts):
            for term in lexing.terms(text):
                columns.append(numbers.setdefault(term, len(numbers)))
                rows.append(row)
        return rows, columns

    dr, dc = counts(documents)
    qr, qc = counts(queries)
    shape = (len(documents), len(numbers))
    d = sp.csr_matrix((np.ones(len(dr), np.float32), (dr, dc)), shape=shape)
    q = sp.csr_matrix((np.ones(len(qr), np.float32), (qr, qc)), shape=(len(queries), len(numbers)))
    q.data[:] = 1
    length = np.asarray(d.sum(1)).ravel()
    frequency = np.bincount(d.indices, minlength=len(numbers))
    idf = np.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    norm = k1 * (1 - b + b * length / length.mean())
    d.data = d.data * (k1 + 1) / (d.data + np.repeat(norm, np.diff(d.indptr))) * idf[d.indices]
    return np.asarray((q @ d.T).todense())


def standard(scores):
    return (scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9)


def figures(scores):
    own = scores.diagonal()[:, None]
    ranks = (scores > own).sum(1) + ((scores == own).sum(1) - 1) // 2
    return np.array([
        np.where(ranks < 10, 1 / (ranks + 1), 0).mean(), (ranks < 1).mean(), (ranks < 10).mean()
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--part", choices=["validation", "test"], default="test")
    options = parser.parse_args()
    model = tokens.read(options.model)
    pools = {}
    with gzip.open(options.data / "pairs.jsonl.gz", "rt") as file:
        for line in file:
            record = json.loads(line)
            if record["part"] == options.part and record["kind"] == "doc":
                pools.setdefault(record["language"], []).append((record["query"], record["code"]))
    print(f"{'language':12} {'pairs':>5}   static: MRR@10 R@1 R@10   BM25   fused 1:1   fused 1:2")
    rows = []
    for language, pairs in sorted(pools.items()):
        if len(pairs) < 100:
            continue
        order = np.random.default_rng(5).permutation(len(pairs))[: options.limit]
        queries, codes = zip(*(pairs[i] for i in order))
        q = np.stack([model.embed(t, 1) for t in queries]).astype(np.float32)
        c = np.stack([model.embed(t, 0) for t in codes]).astype(np.float32)
        vectors, lexical = q @ c.T, bm25(queries, codes)
        v, z = standard(vectors), standard(lexical)
        row = [figures(x) for x in (vectors, lexical, z + v, z + 2 * v)]
        rows.append(row)
        print_row(language, len(queries), row)
    print_row("mean", len(rows), np.mean(rows, axis=0))


def print_row(name, count, row):
    print(f"{name:12} {count:5d}  " + "  ".join("%.3f %.3f %.3f" % tuple(x) for x in row), flush=True)


if __name__ == "__main__":
    main()
