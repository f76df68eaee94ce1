"""The tokenizer and the fixed-point arithmetic of the static model, as Sources/Embedding has them."""
import math
import struct

import numpy as np

import lexing

DIMENSIONS = 256
BUCKETS = 256
MAXIMUM_PIECE_BYTES = 24
UNKNOWN_COST = 2000
FREQUENCIES = 64  # a token that occurs more often counts as this often
ROW_LIMIT = 127
SCALE_LIMIT = 2047
FRACTION_BITS = 6  # of the frequency table
MAGIC = b"GDXM"
VERSION = 1
HEADER_BYTES = 128


def frequency_table():
    """Return the fixed-point weights of 0 to FREQUENCIES occurrences: 1 + ln n."""
    table = [0] + [round((1 + math.log(n)) * (1 << FRACTION_BITS)) for n in range(1, FREQUENCIES + 1)]
    return np.array(table, np.int64)


def fnv(data):
    value = 0x811C9DC5
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


class Tokenizer:
    """Lower-cased parts of words to token numbers; unknown parts to the cheapest known pieces."""

    def __init__(self, pieces, costs):
        self.pieces = pieces
        self.costs = [int(c) for c in costs]
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self.known = {}

    @property
    def count(self):
        return len(self.pieces) + BUCKETS

    def bucket(self, character):
        return len(self.pieces) + fnv(character.encode()) % BUCKETS

    def segment(self, part):
        """Return the cheapest sequence of pieces; of equal ones that with the longest last piece."""
        best = [(0, None, None)]
        count = len(part)
        for end in range(1, count + 1):
            found = None
            # From the longest piece to the shortest, so that the first of equal costs is the longest.
            for start in range(max(0, end - MAXIMUM_PIECE_BYTES), end):
                text = part[start:end]
                if len(text.encode()) > MAXIMUM_PIECE_BYTES:
                    continue
                number = self.numbers.get(text)
                if number is None:
                    if end - start > 1:
                        continue
                    cost, number = UNKNOWN_COST, self.bucket(text)
                else:
                    cost = self.costs[number]
                cost += best[start][0]
                if found is None or cost < found[0]:
                    found = (cost, start, number)
            best.append(found)
        out, end = [], count
        while end:
            _, end, number = best[end]
            out.append(number)
        return out[::-1]

    def part(self, part):
        found = self.known.get(part)
        if found is None:
            if len(part.encode()) > lexing.MAXIMUM_LEXEME_BYTES:
                found = ()
            else:
                number = self.numbers.get(part)
                found = (number,) if number is not None else tuple(self.segment(part))
            self.known[part] = found
        return found

    def counts(self, text):
        """Return {token: occurrences} in the order of first occurrence."""
        out = {}
        for part in lexing.parts(text):
            for number in self.part(part):
                out[number] = out.get(number, 0) + 1
        return out


def quantise(vectors, query_weights):
    """Return int8 rows and the fixed-point scale of each in a passage and in a query."""
    largest = np.maximum(np.abs(vectors).max(1), 1e-12)
    rows = np.rint(vectors / largest[:, None] * ROW_LIMIT).astype(np.int8)
    scales = []
    for weights in (largest, largest * query_weights):
        scale = np.rint(weights / weights.max() * SCALE_LIMIT)
        scales.append(np.clip(scale, 1, SCALE_LIMIT).astype(np.int64))
    return rows, np.stack(scales)


class FixedPoint:
    """Embeds as the product does: integers up to the last division."""

    def __init__(self, tokenizer, rows, scales):
        self.tokenizer = tokenizer
        self.rows = rows.astype(np.int64)
        self.scales = scales
        self.table = frequency_table()

    def embed(self, text, role=0):
        """Return the vector of a text: role 0 is a passage, 1 a query."""
        counts = self.tokenizer.counts(text)
        if not counts:
            return fallback()
        numbers = np.fromiter(counts.keys(), np.int64)
        often = np.minimum(np.fromiter(counts.values(), np.int64), FREQUENCIES)
        weights = (self.scales[role, numbers] * self.table[often]) >> FRACTION_BITS
        total = weights @ self.rows[numbers]
        return normalised(total)


def fallback():
    """Return the vector of a text without tokens: the first unit vector."""
    vector = np.zeros(DIMENSIONS, np.float16)
    vector[0] = 1
    return vector


def normalised(total):
    largest = int(np.abs(total).max())
    if largest == 0:
        return fallback()
    # Squares of 26 bits add up exactly in 64, in any order.
    shift = max(0, largest.bit_length() - 26)
    total = total >> shift
    norm = math.sqrt(float(int((total * total).sum())))
    return (total.astype(np.float64) / norm).astype(np.float16)


def checksum(data):
    """Return the checksum of the file's body, four lanes of 64 bits; its length divides by 32."""
    words = np.frombuffer(data, "<u8").reshape(-1, 4)
    lanes = [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93]
    mask = (1 << 64) - 1
    for lane in range(4):
        value = lanes[lane]
        for word in words[:, lane].tolist():
            value = ((value ^ word) * 0x9E3779B97F4A7C15) & mask
            value ^= value >> 29
        lanes[lane] = value
    result = 0
    for value in lanes:
        result = ((result ^ value) * 0xBF58476D1CE4E5B9) & mask
        result ^= result >> 32
    return result


def write(path, tokenizer, rows, scales):
    """Write the model file; Sources/Embedding/ModelFile.swift describes it."""
    strings = [piece.encode() for piece in tokenizer.pieces]
    table = frequency_table()

    def padded(data):
        return data + bytes(-len(data) % 64)

    sections = [
        padded(rows.tobytes()),
        padded(scales[0].astype("<u2").tobytes()),
        padded(scales[1].astype("<u2").tobytes()),
        padded(np.array(tokenizer.costs, "<u2").tobytes()),
        padded(table.astype("<u2").tobytes()),
        padded(bytes(len(s) for s in strings)),
        padded(b"".join(strings)),
    ]
    body = b"".join(sections)
    header = MAGIC + struct.pack(
        "<9I", VERSION, DIMENSIONS, len(strings), BUCKETS, FREQUENCIES, FRACTION_BITS,
        MAXIMUM_PIECE_BYTES, UNKNOWN_COST, sum(map(len, strings)))  # fmt: skip
    header = header.ljust(64, b"\0") + struct.pack("<QQ", len(body), checksum(body))
    path.write_bytes(header.ljust(HEADER_BYTES, b"\0") + body)


def read(path):
    """Return the FixedPoint model of a file."""
    data = path.read_bytes()
    fields = struct.unpack_from("<9I", data, 4)
    _, dimensions, count, buckets, frequencies, _, _, _, string_bytes = fields
    offset = HEADER_BYTES

    def take(kind, number):
        nonlocal offset
        found = np.frombuffer(data, kind, number, offset)
        offset += -(-found.nbytes // 64) * 64
        return found

    rows = take(np.int8, (count + buckets) * dimensions).reshape(-1, dimensions)
    scales = np.stack([take("<u2", count + buckets).astype(np.int64) for _ in range(2)])
    costs = take("<u2", count)
    take("<u2", frequencies + 1)
    lengths = take(np.uint8, count)
    text = take(np.uint8, string_bytes).tobytes()
    ends = np.cumsum(lengths)
    pieces = [text[e - n : e].decode() for e, n in zip(ends, lengths)]
    return FixedPoint(Tokenizer(pieces, costs), rows, scales)
