#!/usr/bin/env python3
"""Write what the training code makes of a few texts into the Swift tests.

    golden.py MODEL.gdxm

The Swift code must give the same terms and, bit for bit, the same vectors.
"""
import argparse
from collections import Counter
from pathlib import Path

import lexing
import tokens

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    b"def parse_args(argv):\n    \"\"\"Parse the command line.\"\"\"\n    return Parser().parse(argv)",
    b"public static HTTPServer getURLs(List<String> IDsToNames) { return new HTTPServer(x86_64); }",
    "größeÄnderung ÉCOLE ПотокДанных 北京大学 値x ok👍fine a—b naïveBayes ŁódźService".encode(),
    b"ab\xffcd \xe2\x82e \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 tail",
    b"caches cached caching queries queried using being settings mapped adding i18n k8s sha1sum",
    b"frobnicateQuuxinator zzyzx configloader getattr 0xDEADBEEF 3.14159e10 utf8mb4 2DTexture",
    b"find the nearest neighbours of a vector in an index",
    b"loop " * 70 + b"once",
    b"++ -- () {} ;;",
]  # fmt: skip


def literal(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def wrapped(items, indent):
    lines, line = [], " " * indent
    for item in items:
        if len(line) + len(item) + 2 > 100 and line.strip():
            lines.append(line.rstrip())
            line = " " * indent
        line += item + ", "
    return "\n".join([*lines, line.rstrip().rstrip(",") + ","] if items else [])


def numbers(data):
    return wrapped([f"0x{b:02X}" for b in data], 12)


def write_terms():
    cases = []
    for text in TEXTS:
        counts = sorted(Counter(lexing.terms(text)).items(), key=lambda x: x[0].encode())
        items = [f"{literal(term)}: {count}" for term, count in counts]
        listed = f"[\n{wrapped(items, 12)}\n        ]" if items else "[:]"
        cases.append(f"    (\n        [\n{numbers(text)}\n        ],\n        {listed}\n    ),")
    path = ROOT / "Tests/LexingTests/GoldenTerms.swift"
    path.write_text(
        "// Written by scripts/model/golden.py: texts, and how often each term is in them.\n"
        "let goldenTerms: [(text: [UInt8], terms: [String: Int])] = [\n" + "\n".join(cases) + "\n]\n")


def fnv64(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)
    return value


def write_vectors(model):
    cases = []
    for text in TEXTS:
        for role in (0, 1):
            vector = model.embed(text, role)
            bits = vector.view("<u2")
            hashed = fnv64(vector.astype(">f2").tobytes())
            first = ", ".join(f"0x{b:04X}" for b in bits[:4])
            cases.append(
                f"    (\n        [\n{numbers(text)}\n        ],\n        .{['passage', 'query'][role]},\n"
                f"        [{first}], 0x{hashed:016X}\n    ),")
    path = ROOT / "Tests/EmbeddingTests/GoldenVectors.swift"
    path.write_text(
        "import Embedding\n\n"
        "// Written by scripts/model/golden.py: texts, the first components of their vectors, and\n"
        "// the FNV-1a hash of all components as pgvector gets them.\n"
        "let goldenVectors: [(text: [UInt8], role: EmbeddingRole, first: [UInt16], hash: UInt64)] = [\n"
        + "\n".join(cases) + "\n]\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    write_terms()
    write_vectors(tokens.read(options.model))


if __name__ == "__main__":
    main()
