"""The rules of Sources/Lexing, for training: words, parts, stems and the terms of the index.

Must agree with the Swift code; golden.py writes texts with the expected results into Swift tests.
"""
import re

MAXIMUM_WORD_BYTES = 256
MAXIMUM_LEXEME_BYTES = 64

# Code points beyond ASCII that end a word.
_SEPARATORS = (
    "\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf"
    "\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ud800-\uf8ff\ufe00-\ufe6f\ufeff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff"
    "\U000e0000-\U0010ffff"
)
_IDEOGRAPHS = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ASCII_WORD = re.compile("[0-9A-Za-z_]+")
_WORD = re.compile(f"(?:[0-9A-Za-z_]|[^\x00-\x7f{_SEPARATORS}])+")
_PLAIN = re.compile("[A-Za-z][a-z]*")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")


def lower_point(point):
    if 0xC0 <= point <= 0xDE:
        return point if point == 0xD7 else point + 0x20
    if 0x100 <= point <= 0x12F or 0x132 <= point <= 0x137 or 0x14A <= point <= 0x177:
        return point | 1
    if 0x139 <= point <= 0x148 or 0x179 <= point <= 0x17E:
        return point + (point & 1)
    if point == 0x178:
        return 0xFF
    if 0x391 <= point <= 0x3A9:
        return point if point == 0x3A2 else point + 0x20
    if 0x400 <= point <= 0x40F:
        return point + 0x50
    if 0x410 <= point <= 0x42F:
        return point + 0x20
    return point


def _class(character):
    """l lower or no case, u upper, d digit, _ low line, i ideograph."""
    if character == "_":
        return "_"
    if "0" <= character <= "9":
        return "d"
    if "A" <= character <= "Z":
        return "u"
    point = ord(character)
    if point < 0x80:
        return "l"
    if point < 0x2000:
        return "l" if lower_point(point) == point else "u"
    return "i" if _IDEOGRAPH.match(character) else "l"


def _lower(character):
    point = ord(character)
    return character.lower() if point < 0x80 else chr(lower_point(point))


def _is_boundary(kinds, text, index, leading):
    previous, this = kinds[index - 1], kinds[index]
    if (previous == "i") != (this == "i"):
        return True
    if previous == "l" and this == "u":
        return True
    if previous == "d" and this == "u":
        return leading >= 1
    if previous == "d" and this == "l":
        return leading >= 2
    if previous == "u" and this == "u" and kinds[index + 1] == "l":
        return not (text[index + 1] == "s" and kinds[index + 2] != "l")
    return False


def _split(word):
    text = [_lower(c) for c in word]
    kinds = [_class(c) for c in word] + ["", ""]
    parts, start = [], 0
    while start < len(word):
        if kinds[start] == "_":
            start += 1
            continue
        leading = 0 if kinds[start] == "d" else 1
        is_leading = leading == 1
        index = start + 1
        while index < len(word) and kinds[index] != "_":
            if _is_boundary(kinds, text, index, leading):
                break
            is_leading = is_leading and kinds[index] != "d"
            leading += is_leading
            index += 1
        if kinds[start] == "i" and index - start > 1:
            parts += ["".join(text[k : k + 2]) for k in range(start, index - 1)]
        else:
            parts.append("".join(text[start:index]))
        start = index
    return parts, "".join(c for c in text if c != "_")


def split(word):
    """Return the list of (parts, whole) of a word: one, or several pieces of a long one."""
    if _PLAIN.fullmatch(word):
        low = word.lower()
        return [([low], low)] if len(word) <= MAXIMUM_WORD_BYTES else []
    data = word.encode()
    if len(data) <= MAXIMUM_WORD_BYTES:
        return [_split(word)]
    if word.isascii():
        return []
    pieces, start = [], 0
    while start < len(data):
        end = min(start + MAXIMUM_WORD_BYTES, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(_split(data[start:end].decode()))
        start = end
    return pieces


class Splitter:
    """split() with a memory: source text repeats its words."""

    def __init__(self):
        self.known = {}

    def __call__(self, word):
        found = self.known.get(word)
        if found is None:
            found = split(word)
            if len(self.known) > 2_000_000:
                self.known.clear()
            self.known[word] = found
        return found


_splitter = Splitter()


def decode(data):
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else data


def words(text):
    """Return the words of a text in order."""
    text = decode(text)
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def parts(text):
    """Return the lower-cased parts of a text in order."""
    out = []
    for word in words(text):
        for found, _ in _splitter(word):
            out += found
    return out


_VOWELS = set("aeiouy")


def _undoubled(word):
    if len(word) >= 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        return word[:-1]
    return word


def _stem(w):
    """Stem an ASCII word, or the bytes of another one read as Latin-1."""
    if len(w) < 4 or w[-1] not in "sgde":
        return w
    if w[-1] == "s" and w[-2] not in "sui":
        w = w[:-3] + "y" if w[-3:-1] == "ie" and len(w) > 4 else w[:-1]
    if len(w) >= 4:
        if w[-1] == "g" and len(w) >= 5 and w.endswith("ing"):
            left = w[:-3]
            if _VOWELS.intersection(left):
                if len(left) > 2:
                    w = _undoubled(left)
                elif left[1] not in _VOWELS:
                    w = left + "e"
        elif w[-1] == "d" and w[-2] == "e" and w[-3] != "e":
            if len(w) > 4 and w[-3] == "i":
                w = w[:-3] + "y"
            elif _VOWELS.intersection(w[:-2]):
                w = w[:-1] if len(w) < 5 else _undoubled(w[:-2])
    if len(w) >= 4 and w[-1] == "e":
        w = w[:-1]
    return w


_stems = {}


def stem(word):
    found = _stems.get(word)
    if found is None:
        if word.isascii():
            found = _stem(word)
        else:
            found = _stem(word.encode().decode("latin-1")).encode("latin-1").decode()
        _stems[word] = found
    return found


def terms(text):
    """Return the terms of the lexical index, repeats included, wholes after their parts."""
    out = []
    for word in words(text):
        for found, whole in _splitter(word):
            out += [stem(p) for p in found if 1 < len(p.encode()) <= MAXIMUM_LEXEME_BYTES]
            if len(found) > 1 and 1 < len(whole.encode()) <= MAXIMUM_LEXEME_BYTES:
                out.append(whole)
    return out
