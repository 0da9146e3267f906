"""Pet names and monikers that belong to somebody whom the copy also names in full."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from recognizers.people.clusters import Cluster
from recognizers.people.lexicon import NameLexicon, fold

_PET_LENGTHS = range(3, 7)
_SHORTEST_PET = 3
_SHORTEST_CLIP = 2
_CLIPPED = ("s", "sy")
# What r and l become in British short forms.
_BUZZED = ("z", "za", "zza", "zzy")
_LIQUIDS = "rl"
# So many letters, or consonants, in common tie a pet form to its name.
_SHARED = 3
# Spellings, Irish ones among them, that sound as others do.
_LETTERS = (("x", "ks"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("y", "i"))
_SOUNDS = (
    *(("sh", "s"), ("bh", "v"), ("mh", "v"), ("dh", ""), ("gh", ""), ("th", "t")),
    *(("ch", "c"), ("ck", "c"), ("k", "c"), ("ph", "f"), ("z", "s")),
)


def join_pet_names(clusters: list[Cluster], lexicon: NameLexicon) -> None:
    """ "Haz" and "Alf" are Harrison and Alfie: a short form no list knows, of the only child it could be."""
    by_opening: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        if cluster.given:
            by_opening.setdefault(fold(cluster.given)[:2], []).append(cluster)
    for cluster in clusters:
        if cluster.titles or cluster.moniker or cluster.label or cluster.ages:
            continue
        called = cluster.given or cluster.surname
        name = fold(called)
        if (cluster.surname and cluster.given) or len(name) not in _PET_LENGTHS:
            continue
        listed = lexicon.is_given(called)
        pet = not listed and name[2:] in lexicon.pet_endings
        fond = any(c.fond for c in cluster.mentions)
        fits = (
            c
            for c in by_opening.get(name[:2], ())
            if c is not cluster
            and c.mentions
            and not c.titles
            and (
                (len(fold(c.given)) > len(name) and (pet or fold(c.given).startswith(name)))
                or (fond and fold(c.given)[:3] == name[:3])
                or name in fond_cuts(fold(c.given), lexicon.fond_endings)
                or _twice(name)
                or name in fond_forms(fold(c.given), lexicon.fond_endings)
            )
        )
        found = list(islice(fits, 2))
        if not found and not listed and len(name) > 3:
            # "Lesh" is Alesha.
            inside = (c for c in clusters if c is not cluster and c.given and name in fold(c.given)[1:])
            found = list(islice((c for c in inside if c.mentions and not c.titles), 2))
        if len(found) == 1:
            found[0].givens[called] += len(cluster.mentions)
            _move(cluster, found[0])


def _twice(name: str) -> bool:
    """ "Jojo" and "Mimi": the opening of a first name, said twice."""
    half = len(name) // 2
    return name[:half] * 2 == name


def fond_forms(given: str, endings: Iterable[str]) -> set[str]:
    """ "judey" and "judie" for "jude": a first name with an ending of fondness."""
    stem = given.rstrip("aeiouy")
    return {start + ending for start in (stem, given) for ending in endings if len(start) > 1}


def fond_cuts(given: str, endings: Iterable[str]) -> set[str]:
    """ "Saffy" for "Saffron": the opening of a first name up to a consonant, with an ending of fondness."""
    return {
        given[:length] + ending
        for length in range(3, len(given) - 1)
        for ending in endings
        if given[length - 1].lower() not in "aeiouy"
    }


def join_middle_names(clusters: list[Cluster], lexicon: NameLexicon) -> None:
    """ "ASHBOURNE, Tilly Rose" is Tilly Ashbourne: a second name that could pass for a surname, told once."""
    for cluster in clusters:
        full = sum(len(c.words) > 1 for c in cluster.mentions)
        once = full == 1 and not (cluster.by_surname or cluster.titles or cluster.ages)
        if not once or cluster.office or cluster.surname not in lexicon.middle_names or not cluster.given:
            continue
        same = [
            c
            for c in clusters
            if c is not cluster and c.mentions and not c.titles and fold(c.given) == fold(cluster.given)
        ]
        if len(same) == 1 and same[0].surname and (same[0].looks_minor or len(same[0].mentions) > 1):
            _move(cluster, same[0])


def is_pet_form(pet: str, given: str, tails: Iterable[str], listed: bool) -> bool:
    """Whether a family can call somebody `pet` whose first name is `given`.

    "Tobes" for Toby, "Simmi" for Simran, "Meimei" for Mei-Lin, "Sersh" for Saoirse. A `listed` pet form is a
    first name in its own right and must begin as the name does. `tails` are what a pet form may end in.
    """
    name, called = fold(given), fold(pet)
    if name == called or len(called) < _SHORTEST_CLIP:
        return False
    forms = [name.replace("-", ""), *(half for half in name.split("-") if "-" in name and len(half) > 2)]
    if len(called) < _SHORTEST_PET:
        # "Es" for Esme.
        return not listed and any(form.startswith(called) and len(form) > _SHORTEST_PET for form in forms)
    spelled = _as_spoken(called)
    return (
        any(_is_clipped(called, form) for form in forms)
        or any(
            _begins_alike(called, form, tails) or _begins_alike(spelled, _as_spoken(form), tails)
            for form in forms
        )
        or (not listed and any(_sounds_alike(called, form) for form in forms))
    )


def _is_clipped(pet: str, name: str) -> bool:
    """ "Efs" for Efan, "Jez" and "Jezza" for Jerome: two letters and an ending that says fondness."""
    if pet[:_SHORTEST_CLIP] != name[:_SHORTEST_CLIP] or len(name) < _SHORTEST_PET + 1:
        return False
    rest = pet[_SHORTEST_CLIP:]
    return rest in _CLIPPED or (rest in _BUZZED and name[_SHORTEST_CLIP] in _LIQUIDS)


def _begins_alike(pet: str, name: str, tails: Iterable[str]) -> bool:
    shared = 0
    while shared < min(len(pet), len(name)) and pet[shared] == name[shared]:
        shared += 1
    if shared < _SHARED:
        return False
    rest = pet[shared:]
    # "Simmi" doubles the consonant, "Tobes" only ends otherwise.
    return not rest or rest in tails or (rest[:1] == pet[shared - 1] and rest[1:] in tails)


def _as_spoken(name: str) -> str:
    """A first name with letters that sound the same spelled the same ("Max" begins as Maksym does)."""
    spoken = name
    for letters, sound in _LETTERS:
        spoken = spoken.replace(letters, sound)
    return spoken


def _sounds_alike(pet: str, name: str) -> bool:
    half = len(pet) // 2
    if pet == pet[:half] * 2 and half > 1 and (name.startswith(pet[:half]) or name.endswith(pet[:half])):
        return True
    stem = pet.rstrip("aeiouy")
    if len(stem) >= _SHARED and stem in name[1:]:
        return True
    if pet[0] != name[0]:
        return False
    heard, full = _consonants(pet), _consonants(name)
    return (heard == full and len(full) > 1) or (len(heard) >= _SHARED and full.startswith(heard))


def _consonants(name: str) -> str:
    """What is left of a first name when it is heard: "srs" of Saoirse and Sersh, "nv" of Niamh and Neev."""
    heard = name
    for letters, sound in _SOUNDS:
        heard = heard.replace(letters, sound)
    bare = heard[:1] + "".join(c for c in heard[1:] if c not in "aeiouyhw")
    return "".join(c for i, c in enumerate(bare) if not i or c != bare[i - 1])


def join_monikers(clusters: list[Cluster], lexicon: NameLexicon) -> None:
    """ "Baby P" and Peter are one when the letter is the child's and nobody else's it could be."""
    for cluster in [c for c in clusters if c.moniker]:
        if not cluster.moniker or cluster.moniker.split()[0] not in lexicon.moniker_minors:
            continue
        letter = fold(cluster.moniker.split()[1])[0]
        untitled = [c for c in clusters if c is not cluster and c.mentions and c.given and not c.titles]
        same = [c for c in untitled if fold(c.given)[0] == letter and (c.looks_minor or not c.surname)]
        same = same or [c for c in untitled if c.looks_minor]
        if len(same) == 1:
            same[0].moniker = cluster.moniker
            _move(cluster, same[0])


def _move(cluster: Cluster, into: Cluster) -> None:
    into.mentions += cluster.mentions
    cluster.mentions = []
