"""Many texts at once as sparse matrices: texts by words, words by parts, parts by tokens.

Words repeat, so each is split once; the rest is products of sparse matrices. A text's token counts
are what tokens.Tokenizer.counts gives.
"""
from collections import Counter

import numpy as np
import scipy.sparse as sp

import lexing
import tokens


class Corpus:
    def __init__(self):
        self.words = {}
        self.pieces_of_word = []  # the parts of each word, by number
        self.parts = {}

    def matrix(self, texts):
        """Return the counts of words in each text."""
        columns, values, ends = [], [], [0]
        for text in texts:
            found = Counter(lexing.words(text))
            numbers = [self._word(word) for word in found]
            columns.append(np.array(numbers, np.int32))
            values.append(np.fromiter(found.values(), np.int32, len(found)))
            ends.append(ends[-1] + len(found))
        return sp.csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(ends)),
            shape=(len(ends) - 1, len(self.words)))

    def _word(self, word):
        number = self.words.get(word)
        if number is None:
            number = self.words[word] = len(self.words)
            parts = [p for found, _ in lexing.split(word) for p in found]
            self.pieces_of_word.append([self.parts.setdefault(p, len(self.parts)) for p in parts])
        return number

    def parts_of_words(self):
        """Return the counts of parts in each word."""
        columns = np.array([p for parts in self.pieces_of_word for p in parts], np.int32)
        ends = np.cumsum([0] + [len(parts) for parts in self.pieces_of_word])
        values = np.ones(len(columns), np.int32)
        return sp.csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(self.parts)))

    def tokens_of_parts(self, tokenizer):
        """Return the counts of tokens in each part."""
        found = [tokenizer.part(part) for part in self.parts]
        columns = np.array([t for one in found for t in one], np.int32)
        ends = np.cumsum([0] + [len(one) for one in found])
        values = np.ones(len(columns), np.int32)
        return sp.csr_matrix((values, columns, ends), shape=(len(ends) - 1, tokenizer.count))


def widened(matrix, columns):
    """Return a matrix of words with room for words that were met later."""
    return sp.csr_matrix(
        (matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], columns))


def damped(counts):
    """Return the weights of token counts, as the product weighs them."""
    table = (tokens.frequency_table() / (1 << tokens.FRACTION_BITS)).astype(np.float32)
    counts = counts.tocsr()
    counts.sum_duplicates()
    weights = table[np.minimum(counts.data, tokens.FREQUENCIES)]
    return sp.csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)
