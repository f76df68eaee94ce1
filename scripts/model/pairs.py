#!/usr/bin/env python3
"""Extract (text, code) pairs from the downloaded sources.

    pairs.py DATA       reads DATA/archives as sources.json lists them, writes DATA/pairs.jsonl.gz

A pair is a sentence of a doc comment and the definition that it stands before, without that
comment. Further kinds: the comment at the head of a file and its code, a comment inside a function
and the lines that it is about, a test's title and its body, a function's name and its body without
the name, a Markdown heading and its section. Nothing is parsed with a compiler: comment marks,
braces and indentation are enough, and the same rules serve every language.
"""
import argparse
import ast
import gzip
import hashlib
import io
import json
import random
import re
import subprocess
import tarfile
import warnings
import zipfile
from pathlib import Path

SOURCES = Path(__file__).with_name("sources.json")
LANGUAGES = {
    ".py": "python", ".go": "go", ".rs": "rust", ".java": "java", ".c": "c", ".h": "c",
    ".cc": "cpp", ".cpp": "cpp", ".cxx": "cpp", ".hpp": "cpp", ".hh": "cpp", ".js": "javascript",
    ".mjs": "javascript", ".cjs": "javascript", ".jsx": "javascript", ".ts": "typescript",
    ".tsx": "typescript", ".rb": "ruby", ".php": "php", ".cs": "csharp", ".kt": "kotlin",
    ".scala": "scala", ".swift": "swift", ".ex": "elixir", ".exs": "elixir", ".hs": "haskell",
    ".lua": "lua", ".md": "markdown",
}  # fmt: skip
# Never read: the repositories that the product is judged on, and copies of other projects.
FORBIDDEN = re.compile(
    r"(^|/)(aiohttp|express|cobra|gson|rack|serde\w*|zod|alamofire|libuv|cmlibuv|uv|exposed"
    r"|spring-boot|flask|kafka|curl|laravel|tokio\w*|requests|swift-nio|newtonsoft|libgit2"
    r"|vendor|third[-_]?party|3rdparty"
    r"|node_modules|_vendor|_vendored|externals|bundled|debian|locale|locales|dist|build|min)[-/.\d]",
    re.I,
)
TESTS = re.compile(r"(^|/)(tests?|testing|specs?|__tests__|testdata|fixtures?|mocks?)(/|$)|_test\.|\.(test|spec)\.|(^|/)test_", re.I)  # fmt: skip
NOISE = re.compile(
    r"copyright|licen[sc]e|all rights reserved|spdx|warranty|@inherit|inheritdoc|todo|fixme|xxx|"
    r"eslint|pylint|noqa|noinspection|prettier|generated|do not edit|istanbul|@ts-|jshint|"
    r"clang-format|nolint|NOLINT|^see |^ditto|^deprecated|http://|https://|\bauthor\b|@since|"
    r"^returns?:|^example|^note:|-\*-|vim:|={4}|-{4}|\*{4}|#{4}",
    re.I,
)
MAXIMUM_LINES = 60
PER_SOURCE = 6000
SAMPLE_BYTES = 12_000_000  # of a larger archive only a share of the files is read
PER_KIND = {"doc": 1.0, "head": 0.1, "inline": 0.25, "title": 0.25, "name": 0.12, "heading": 0.1}


def files_of(path):
    """Yield (name, bytes) of the regular files of an archive."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for info in wheel.infolist():
                if wanted(info.filename, info.file_size):
                    yield info.filename, wheel.read(info)
        return
    if path.suffix == ".deb":
        data = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], capture_output=True, check=True)
        archive = tarfile.open(fileobj=io.BytesIO(data.stdout))
    else:
        archive = tarfile.open(path)
    with archive:
        for member in archive:
            if member.isfile() and wanted(member.name, member.size):
                yield member.name, archive.extractfile(member).read()


def wanted(name, size):
    return 200 < size < 400_000 and Path(name).suffix.lower() in LANGUAGES


def is_of(entry, name):
    """Tell whether a file belongs to a source that may be a part of its archive."""
    inner = name.split("/", 1)[-1]
    if inner.startswith(tuple(entry.get("without", ()))):
        return False
    if only := entry.get("only"):
        folder = next((folder for folder in only if inner.startswith(folder)), None)
        # What is named may be read, also a repository that is never trained on.
        return folder is not None and not FORBIDDEN.search("/" + inner[len(folder) :])
    return not FORBIDDEN.search(inner if name.startswith("./") else name)


# ---- text


def sentence(comment):
    """Return the first sentence of a cleaned comment, or None where it says nothing."""
    comment = comment.strip()[:1200]
    text = re.split(r"\n\s*\n|\n\s*[@\\:](?!brief)\w+|\n\s*(?:Args|Parameters|Returns)\b", comment)[0]
    text = re.sub(r"[@\\]brief\s+|</?(?:summary|p|code|tt|em|b|i|ul|li|br|para|c)\s*/?>", " ", text)
    text = re.sub(r'<see(?:also)?\s+cref="(?:\w:)?([^"]+)"\s*/?>', r"\1", text)
    text = re.sub(r"\{@\w+\s+([^}]*)\}", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[`*|]+|:\w+:(?=`)|``", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.split(r"(?<=[a-z\)\d])[.:;](?:\s|$)", text)[0].strip(" .-")
    words = re.findall(r"[A-Za-z]{2,}", text)
    if not 3 <= len(words) <= 40 or len(text) > 300 or NOISE.search(text) or not text.isascii():
        return None
    if sum(c.isalpha() or c == " " for c in text) < 0.8 * len(text):
        return None
    return text


def without_name(text, code):
    """Drop a leading name, as Go comments have it."""
    match = re.match(r"[(*]*([A-Za-z_][\w.]*)[)]*\s+(.*)", text)
    if match and len(match[1]) > 2 and re.search(r"[A-Z_]|\w\(", match[1][1:] + "") is not None:
        return match[2] if match[1].split(".")[-1] in code[:300] else text
    if match and re.search(r"\b(func|type|const|var)\s+(\([^)]*\)\s*)?" + match[1] + r"\b", code[:300]):
        return match[2]
    return text


# ---- definitions

KEYWORDS = "func fn def class struct interface enum trait impl type namespace object protocol extension record module function union fun val mod macro_rules! actor".split()  # fmt: skip
DEFINITION = re.compile(
    r"\b(" + "|".join(map(re.escape, KEYWORDS)) + r")\s+[\w(<\"'&]|[\w\]>*&)~]\s*\([^;]*$|"
    r"[\w\]>*&~]\s*\(.*\)\s*[^;]*\{|=\s*(async\s+)?(function|\()|\b\w+\s*:\s*(async\s+)?function"
)
STATEMENT = re.compile(r"^\s*(if|for|while|switch|return|else|do|try|catch|case|throw|await|assert|delete|goto|import|package|using|#\s*(if|include|define|endif|else)|static_assert|require|yield|break|continue|\}|\))\b")  # fmt: skip
STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n]){0,4}\'|//.*|/\*.*?\*/')


def brace_block(lines, start):
    """Return the end of the block that opens at or soon after a line, or None."""
    depth, opened = 0, False
    for index in range(start, min(len(lines), start + 400)):
        line = STRINGS.sub("", lines[index])
        for character in re.findall(r"[{};]", line):
            if character == "{":
                depth, opened = depth + 1, True
            elif character == "}":
                depth -= 1
            elif not opened:
                return None
        if opened and depth <= 0:
            return index + 1
        if not opened and index - start > 12:
            return None
    return len(lines) if opened else None


def indent_block(lines, start):
    """Return the end of an indented block: a line `end` or `}` at the indent of its start."""
    indent = len(lines[start]) - len(lines[start].lstrip())
    for index in range(start + 1, min(len(lines), start + 400)):
        line = lines[index]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return index + 1 if re.match(r"\s*(end|\}|\)|\])", line) else index
    return min(len(lines), start + 400)


def comments(lines, language):
    """Yield (text, first line, line after) of each comment that has its lines for itself."""
    marks = {"ruby": "#", "elixir": "#", "haskell": "--", "lua": "--"}.get(language, "//")
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        start = index
        if marks == "//" and line.startswith("/*"):
            while index < len(lines) and "*/" not in lines[index]:
                index += 1
            index += 1
            text = "\n".join(re.sub(r"^\s*(/\*+!?|\*+/?)\s?|\*+/\s*$", "", x) for x in lines[start:index])
            yield text, start, index
        elif line.startswith(marks) and not line.startswith(("#!", "#[", "#if", "#in", "#de", "#{")):
            while index < len(lines) and lines[index].strip().startswith(marks):
                index += 1
            text = "\n".join(re.sub(r"^\s*(//+!?|#+|--+\s*[|^]?)\s?", "", x) for x in lines[start:index])
            yield text, start, index
        elif language == "elixir" and line.startswith(("@doc \"\"\"", "@moduledoc \"\"\"")):
            index += 1
            while index < len(lines) and '"""' not in lines[index]:
                index += 1
            index += 1
            yield "\n".join(x.strip() for x in lines[start + 1 : index - 1]), start, index
        else:
            index += 1


def skip_annotations(lines, index):
    while index < len(lines) and re.match(r"\s*(@\w|#\[|\[\w+.*\]\s*$|__attribute__|@spec|@impl)", lines[index]):
        index += 1
    return index


def body_end(lines, start, language):
    if language in ("ruby", "elixir", "lua"):
        return indent_block(lines, start)
    if language == "haskell":
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        return end
    end = brace_block(lines, start)
    if end is None and language in ("scala", "kotlin") and "=" in lines[start]:
        return indent_block(lines, start)
    return end


def commented(lines, language, is_test):
    """Yield the pairs of one file in a language with comment marks."""
    for text, start, after in comments(lines, language):
        query = sentence(text)
        if query is None or after >= len(lines):
            continue
        if start <= 3 and not lines[after].strip():
            code = "\n".join(lines[after : after + MAXIMUM_LINES])
            yield "head", query, code
            continue
        first = skip_annotations(lines, after)
        if first >= len(lines) or not lines[first].strip():
            continue
        head = " ".join(lines[first : first + 2])
        if DEFINITION.search(head) and not STATEMENT.match(lines[first]) or language == "haskell":
            end = body_end(lines, first, language)
            if end is not None and end - first >= 3 and not is_test:
                code = "\n".join(lines[after : min(end, after + MAXIMUM_LINES)])
                yield "doc", without_name(query, code), code
        elif lines[start][:1] in " \t" and not is_test:
            end = first
            while end < len(lines) and lines[end].strip() and end - first < 15:
                end += 1
            if end - first >= 3:
                yield "inline", query, "\n".join(lines[first:end])


def titled(lines, language):
    """Yield test titles and their bodies."""
    pattern = re.compile(r"""^\s*(?:it|test|describe|specify|context)\s*\(?\s*(['"`])(.{12,120}?)\1""")
    for index, line in enumerate(lines):
        match = pattern.match(line)
        query = sentence(match[2]) if match else None
        if query:
            end = body_end(lines, index, language)
            if end and end - index >= 4:
                first = line[: match.start(2)] + line[match.end(2) :]
                yield "title", query, "\n".join([first] + lines[index + 1 : min(end, index + 40)])


NAMED = re.compile(r"\b(?:func|fn|def|function|fun)\s+(?:\([^)]*\)\s*)?(?:self\.)?([A-Za-z_]\w{9,})|^\s*(?:public|private|protected|static|final|internal)\s[\w<>\[\], ]*?\b([a-z]\w{9,})\s*\(")  # fmt: skip


def named(lines, language):
    for index, line in enumerate(lines):
        match = NAMED.search(line)
        if not match or (index and re.match(r"\s*(//|\*|#|/\*|\"\"\")", lines[index - 1])):
            continue
        name = match[1] or match[2]
        words = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).replace("_", " ").split()
        if not 3 <= len(words) <= 8 or words[0] == "test":
            continue
        end = indent_block(lines, index) if language == "python" else body_end(lines, index, language)
        if end and end - index >= 5:
            code = "\n".join(lines[index : min(end, index + MAXIMUM_LINES)])
            yield "name", " ".join(words).lower(), re.sub(r"\b" + name + r"\b", "f", code)


def documented(source):
    """Yield the pairs of a Python file: docstrings of functions, classes and the module."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    lines = source.split("\n")
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
            continue
        doc = ast.get_docstring(node)
        query = sentence(doc) if doc else None
        if query is None:
            continue
        text = node.body[0]
        if isinstance(node, ast.Module):
            code = lines[text.end_lineno : text.end_lineno + MAXIMUM_LINES]
            yield "head", query, "\n".join(code)
        elif node.end_lineno - text.end_lineno >= 2:
            code = lines[node.lineno - 1 : text.lineno - 1] + lines[text.end_lineno : node.end_lineno]
            yield "doc", query, "\n".join(code[:MAXIMUM_LINES])


def sections(source):
    """Yield Markdown headings of at least three words and their sections."""
    for match in re.finditer(r"^#{1,4}\s+(.{10,100})\n((?:(?!^#).*\n){2,})", source, re.M):
        query = sentence(match[1])
        if query and len(match[2].split()) > 20:
            yield "heading", query, match[2][:2000]


def pairs_of(name, data):
    language = LANGUAGES[Path(name).suffix.lower()]
    source = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\x00", "")
    lines = source.split("\n")
    if len(source) > 120 * len(lines):
        return
    is_test = bool(TESTS.search(name))
    if language == "markdown":
        found = list(sections(source))
    elif language == "python":
        found = [] if is_test else list(documented(source)) + list(named(lines, language))
    else:
        found = list(commented(lines, language, is_test))
        if is_test and language in ("javascript", "typescript", "ruby"):
            found += list(titled(lines, language))
        if not is_test:
            found += list(named(lines, language))
    for kind, query, code in found:
        if len(code) > 60:
            yield language, kind, query, code[:4000]


def title(entry):
    """Return a source's name: its package's, or its own where it is a part of one."""
    return entry.get("as", entry["name"])


def read_source(entry, archives, seen):
    """Return the capped pairs of one source."""
    folder = archives / f"{entry['registry']}-{entry['name']}"
    found = []
    for path in sorted(folder / name for name in entry["sha256"]):
        share = 1 if entry.get("only") else entry.get("sample_bytes", SAMPLE_BYTES) / path.stat().st_size
        for name, data in files_of(path):
            if not is_of(entry, name):
                continue
            inner = name.split("/", 1)[-1]
            if share < 1 and random.Random(inner).random() > share:
                continue
            for language, kind, query, code in pairs_of(name, data):
                key = hashlib.blake2b(code.encode(), digest_size=12).digest()
                word = query.lower().encode()
                if key in seen or word in seen:
                    continue
                seen.update((key, word))
                found.append((language, kind, query, code))
        if len(found) > 4 * PER_SOURCE:
            break
    rng = random.Random(title(entry))
    rng.shuffle(found)
    docs = sum(kind == "doc" for _, kind, _, _ in found)
    room = {k: max(40, int(share * min(docs, PER_SOURCE))) for k, share in PER_KIND.items()}
    kept = []
    for record in found:
        if room[record[1]] > 0:
            room[record[1]] -= 1
            kept.append(record)
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    entries = json.loads(SOURCES.read_text())
    # Held-out sources first: what they hold is then known and never trained on.
    order = ["test", "validation", "train"]
    entries.sort(key=lambda e: (order.index(e["part"]), e["registry"], e["name"], title(e)))
    written = hashlib.sha256()
    seen, counts = set(), {}
    with gzip.open(options.data / "pairs.jsonl.gz", "wt", compresslevel=3) as out:
        for entry in entries:
            kept = read_source(entry, options.data / "archives", seen)
            for language, kind, query, code in kept:
                record = dict(part=entry["part"], source=title(entry), language=language, kind=kind)
                line = json.dumps({**record, "query": query, "code": code}) + "\n"
                written.update(line.encode())
                out.write(line)
                key = (entry["part"], language, kind)
                counts[key] = counts.get(key, 0) + 1
            print(entry["part"], title(entry), len(kept), flush=True)
    for key, count in sorted(counts.items()):
        print(*key, count)
    print("SHA-256 of all pairs", written.hexdigest())


if __name__ == "__main__":
    main()
