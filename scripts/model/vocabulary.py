"""Choose the pieces of the tokenizer from the training texts."""
import math
from collections import Counter

import numpy as np
import scipy.sparse as sp

SIZE = 31_744
SUBWORDS = 4_500
SINGLES = "abcdefghijklmnopqrstuvwxyz0123456789"
MOST_PER_TEXT = 8  # of one word in one code
QUERY_WEIGHT = 3


def choose(parts, queries, codes, parts_of_words, sources):
    """Return (pieces, costs): whole parts that several sources use, and frequent fragments.

    `queries` and `codes` count words by text, `sources` numbers the source of each text.
    """
    capped = codes.copy()
    capped.data = np.minimum(capped.data, MOST_PER_TEXT)
    words = np.asarray(capped.sum(0)).ravel() + QUERY_WEIGHT * np.asarray(queries.sum(0)).ravel()
    totals = words @ parts_of_words
    groups = sp.csr_matrix((np.ones(len(sources), np.int32), (sources, np.arange(len(sources)))))
    spread = (groups @ (codes + queries) @ parts_of_words).tocsc()
    spread = np.diff(spread.indptr)
    counts = {part: int(n) for part, n in zip(parts, totals) if n}
    usable = [
        (part, int(totals[number])) for number, part in enumerate(parts)
        if spread[number] >= 2 and 2 <= len(part.encode()) <= 24 and _is_language(part)
    ]  # fmt: skip
    singles = list(SINGLES)
    usable.sort(key=lambda x: (-x[1], x[0]))
    whole = [part for part, _ in usable[: SIZE - SUBWORDS - len(singles)]]
    known = set(whole) | set(singles)
    rest = {p: n for p, n in counts.items() if p not in known and len(p) <= 24 and p.isascii()}
    fragments = _fragments(rest, known)[: SIZE - len(known)]
    pieces = singles + whole + [f for f, _ in fragments]
    weights = [counts.get(p, 1) for p in singles + whole] + [n for _, n in fragments]
    total = sum(counts.values())
    costs = [min(1500, round(16 * math.log2(total / (n + 1))) + 48) for n in weights]
    return pieces, costs


def _is_language(part):
    digits = sum(c.isdigit() for c in part)
    return digits <= 4 and not (len(part) > 2 and part[0] == "0")


def _fragments(counts, known):
    """Return the fragments of rare parts by how many letters they would cover."""
    found = Counter()
    for part, times in counts.items():
        if any(c.isdigit() for c in part):
            continue
        weight = min(times, 20)
        for size in (2, 3, 4, 5, 6):
            for start in range(len(part) - size + 1):
                found[part[start : start + size]] += weight
    scored = [(f, n) for f, n in found.items() if f not in known and n >= 5]
    scored.sort(key=lambda x: (-x[1] * (len(x[0]) - 1), x[0]))
    return scored
