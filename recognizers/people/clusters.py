"""Who is who: candidates that name the same person are put together, and nobody else.

Full names are told apart first; then names of one word find the person they belong to. A surname that several
people share goes to the adult whom the copy last called by a full name, never to a child while an adult bears it
(UK court style). Spellings that differ by a slip are one person; ages and titles that differ keep two apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from recognizers.people.candidates import Candidate
from recognizers.people.lexicon import NameLexicon, fold

_ADULT_AGE = 18


@dataclass(slots=True)
class Cluster:
    """One named person in the making. `given` and `surname` are as first spelled; "" when the copy has none."""

    given: str = ""
    surname: str = ""
    middle: tuple[str, ...] = ()
    moniker: str = ""
    label: str = ""
    titles: set[str] = field(default_factory=set)
    mentions: list[Candidate] = field(default_factory=list)
    surnames: Counter[str] = field(default_factory=Counter)
    givens: Counter[str] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)
    by_surname: int = 0

    @property
    def start(self) -> int:
        return min(c.start for c in self.mentions)

    @property
    def looks_minor(self) -> bool:
        """Whether an age beside a mention says so. The real decision on life stage comes later."""
        return bool(self.ages) and max(self.ages) < _ADULT_AGE

    def add(self, candidate: Candidate) -> None:
        self.mentions.append(candidate)
        if candidate.title:
            self.titles.add(candidate.title)
        if candidate.age is not None:
            self.ages.add(candidate.age)


def split_name(words: tuple[str, ...], particles: frozenset[str]) -> tuple[str, tuple[str, ...], str]:
    """(given name, middle names, surname with its particles) of a name of two words or more."""
    first = next((i for i, word in enumerate(words) if i and word in particles), len(words) - 1)
    return words[0], words[1:first], " ".join(words[first:])


class Clusterer:
    """Turns candidates into clusters."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        self._familiar: set[str] = set()

    def cluster(self, candidates: list[Candidate]) -> list[Cluster]:
        """Clusters in order of first mention; every candidate is in exactly one."""
        clusters: list[Cluster] = []
        self._familiar = {fold(c.words[0]) for c in candidates if len(c.words) == 1 and not c.title}
        singles: list[Candidate] = []
        for candidate in candidates:
            if candidate.label:
                self._exact(clusters, candidate, "label", candidate.label)
            elif candidate.moniker:
                self._exact(clusters, candidate, "moniker", " ".join(candidate.words).title())
            elif len(candidate.words) > 1:
                self._full(clusters, candidate)
            else:
                singles.append(candidate)
        shared = _shared_surnames(candidates)
        for candidate in singles:
            self._single(clusters, candidate, shared.get(candidate.start))
        self._join_pet_names(clusters)
        self._join_monikers(clusters)
        clusters = [c for c in clusters if c.mentions]
        for cluster in clusters:
            cluster.mentions.sort(key=lambda c: c.start)
        return sorted(clusters, key=lambda c: c.start)

    def _exact(self, clusters: list[Cluster], candidate: Candidate, kind: str, key: str) -> None:
        for cluster in clusters:
            if getattr(cluster, kind) == key:
                cluster.add(candidate)
                return
        fresh = Cluster(label=key) if kind == "label" else Cluster(moniker=key)
        fresh.add(candidate)
        clusters.append(fresh)

    def _full(self, clusters: list[Cluster], candidate: Candidate) -> None:
        given, middle, surname = split_name(candidate.words, self._lexicon.particles)
        best: Cluster | None = None
        double = fold("-".join(candidate.words))
        for cluster in clusters:
            if cluster.given and fold(cluster.given) == double:
                # "Ellie Mae" is Ellie-Mae.
                cluster.add(candidate)
                return
            if not cluster.surname or not cluster.given:
                continue
            if self._same_person(cluster, given, middle, surname, candidate):
                exact = fold(cluster.surname) == fold(surname)
                if best is None or exact:
                    best = cluster
        if best is None:
            best = Cluster(given=given, surname=surname, middle=middle)
            clusters.append(best)
        elif len(given) > 2 and len(best.given) <= 2:
            best.given = given
        best.add(candidate)
        best.surnames[surname] += 1
        best.givens[given] += 1

    def _same_person(
        self, cluster: Cluster, given: str, middle: tuple[str, ...], surname: str, candidate: Candidate
    ) -> bool:
        if not _same_age(cluster, candidate) or not self._same_standing(cluster, candidate.title):
            return False
        names = {fold(w) for w in (cluster.given, *cluster.middle)}
        others = {fold(w) for w in (given, *middle)}
        surname_same = fold(cluster.surname) == fold(surname)
        surname_close = surname_same or _slip(fold(cluster.surname), fold(surname))
        # Double-barrelled names are often halved on second mention.
        halves = set(fold(cluster.surname).split("-")) & set(fold(surname).split("-"))
        if not surname_close and not halves:
            return False
        if self._lexicon.same_given(cluster.given, given):
            return True
        if not surname_same:
            return False
        if names & others and (len(names) > 1 or len(others) > 1):
            return True
        if len(given) <= 2 or len(cluster.given) <= 2:
            return fold(given)[0] == fold(cluster.given)[0]
        both_known = self._lexicon.is_given(given) and self._lexicon.is_given(cluster.given)
        return not both_known and _slip(fold(given), fold(cluster.given))

    def _same_standing(self, cluster: Cluster, title: str) -> bool:
        """A professional's title keeps two bearers of one name apart ("Det Sgt Dean Cole" and "Dean Cole, 34")."""
        kinds = self._lexicon.titles
        mine = kinds.get(title, "")
        theirs = {kinds.get(t, "") for t in cluster.titles}
        if mine == "professional" and cluster.looks_minor:
            return False
        return not (mine == "adult" and cluster.looks_minor and theirs <= {""})

    def _single(self, clusters: list[Cluster], candidate: Candidate, shared: str | None) -> None:
        word = candidate.words[0]
        chosen = self._owner(clusters, candidate, word)
        if chosen is None:
            chosen = self._fresh_single(word, candidate)
            if shared and not chosen.surname:
                chosen.surname = shared
            clusters.append(chosen)
        chosen.add(candidate)
        if (
            chosen.surname
            and fold(chosen.surname.split()[-1]) == fold(word)
            or chosen.surname
            and not chosen.given
        ):
            chosen.by_surname += 1
            chosen.surnames[word] += 1
        elif chosen.surname and _slip(fold(chosen.surname), fold(word)):
            chosen.surnames[word] += 1
        else:
            chosen.givens[word] += 1

    def _fresh_single(self, word: str, candidate: Candidate) -> Cluster:
        if candidate.title and self._lexicon.titles[candidate.title] != "any":
            return Cluster(surname=word)
        return (
            Cluster(given=word)
            if self._lexicon.is_given(word) or candidate.source == "cue"
            else Cluster(surname=word)
        )

    def _owner(self, clusters: list[Cluster], candidate: Candidate, word: str) -> Cluster | None:
        folded = fold(word)
        titled = candidate.title and self._lexicon.titles[candidate.title] != "any"
        surname = [c for c in clusters if c.surname and folded in _surname_forms(c.surname)]
        surname = [c for c in surname if self._title_fits(c, candidate.title)]
        given = [] if titled else [c for c in clusters if c.given and fold(c.given) == folded]
        given = [c for c in given if _same_age(c, candidate)]
        if given and surname:
            # A surname that is somebody else's first name: the one the copy already calls so.
            called = [c for c in surname if c.by_surname or c.titles]
            if called and not any(c.looks_minor for c in given):
                return _nearest(called, candidate.start)
            return _nearest(given, candidate.start)
        if given:
            return _nearest(given, candidate.start)
        if surname:
            return _nearest(self._called_by_surname(surname, candidate), candidate.start)
        if titled and candidate.title in ("Mr", "Ms", "Miss", "Mrs", "Mr."):
            # A judge may call an accused youth Mr.
            young = [c for c in clusters if c.surname and c.looks_minor and folded in _surname_forms(c.surname)]
            if len(young) == 1:
                return young[0]
        if titled:
            close = [
                c
                for c in clusters
                if c.surname and _slip(fold(c.surname), folded) and self._title_fits(c, candidate.title)
            ]
            return _nearest(close, candidate.start) if close else None
        middle = [c for c in clusters if folded in {fold(m) for m in c.middle}]
        if middle:
            return _nearest(middle, candidate.start)
        short = [
            c
            for c in clusters
            if c.given and self._lexicon.same_given(c.given, word) and _same_age(c, candidate)
        ]
        if short:
            return _nearest(short, candidate.start)
        if len(folded) >= 5 and not self._lexicon.is_given(word):
            close = [c for c in clusters if any(_slip(fold(n), folded) for n in (c.surname, c.given) if n)]
            adults = [c for c in close if not c.looks_minor]
            return _nearest(adults or close, candidate.start) if close else None
        return self._slip_of_surname(clusters, candidate, folded)

    def _called_by_surname(self, bearers: list[Cluster], candidate: Candidate) -> list[Cluster]:
        """Of several bearers of a surname, those whom a bare surname means: grown, and of no rank to be given."""
        if candidate.title:
            same = [c for c in bearers if candidate.title in c.titles]
            return same or [c for c in bearers if not c.looks_minor] or bearers
        adults = [c for c in bearers if not c.looks_minor] or bearers
        # Children and victims are called by their first names, the others by surname.
        distant = [c for c in adults if not c.given or fold(c.given) not in self._familiar]
        adults = distant or adults
        called = [c for c in adults if c.by_surname and not c.titles]
        kinds = self._lexicon.titles
        plain = [c for c in adults if not any(kinds.get(t) == "professional" for t in c.titles)]
        return called or plain or adults

    def _slip_of_surname(self, clusters: list[Cluster], candidate: Candidate, folded: str) -> Cluster | None:
        """ "Connolly" is a given name in the list and a slip for Connelly in this copy."""
        close = [
            c
            for c in clusters
            if c.by_surname + sum(c.surnames.values()) > 1 and _slip(fold(c.surname), folded)
        ]
        return (
            _nearest(close, candidate.start) if close and len(folded) >= 6 and candidate.age is None else None
        )

    def _title_fits(self, cluster: Cluster, title: str) -> bool:
        kinds = self._lexicon.titles
        kind = kinds.get(title, "")
        if kind in ("adult", "official", "professional") and cluster.looks_minor:
            return False
        theirs = {kinds.get(t, "") for t in cluster.titles}
        if kind == "professional":
            return "professional" in theirs or not cluster.given
        if title in ("Mr", "Mr.") and (self._lexicon.gender(cluster.given) == "f" or theirs & {"Mrs", "Ms"}):
            return False
        if title in ("Mrs", "Ms", "Mrs.", "Miss") and self._lexicon.gender(cluster.given) == "m":
            return False
        return True

    def _join_pet_names(self, clusters: list[Cluster]) -> None:
        """"Haz" and "Alf" are Harrison and Alfie: a short form no list knows, of the only child it could be."""
        for cluster in clusters:
            if cluster.titles or cluster.moniker or cluster.label or cluster.ages or (cluster.surname and cluster.given):
                continue
            called = cluster.given or cluster.surname
            name = fold(called)
            if len(name) > 6 or len(name) < 3:
                continue
            listed = self._lexicon.is_given(called)
            fits = [
                c
                for c in clusters
                if c is not cluster
                and c.mentions
                and c.given
                and not c.titles
                and len(fold(c.given)) > len(name)
                and (fold(c.given).startswith(name) or (not listed and fold(c.given)[:2] == name[:2] and name[2:] in ("z", "zz", "zza", "s", "za", "zzy", "y", "ie", "i")))
            ]
            if len(fits) == 1:
                fits[0].mentions += cluster.mentions
                fits[0].givens[called] += len(cluster.mentions)
                cluster.mentions = []

    def _join_monikers(self, clusters: list[Cluster]) -> None:
        """ "Baby P" and Peter are one when the letter is the child's and nobody else's it could be."""
        for cluster in [c for c in clusters if c.moniker]:
            if not cluster.moniker or cluster.moniker.split()[0] not in self._lexicon.moniker_minors:
                continue
            letter = fold(cluster.moniker.split()[1])[0]
            same = [
                c
                for c in clusters
                if c is not cluster
                and c.given
                and c.mentions
                and fold(c.given)[0] == letter
                and not c.titles
                and (c.looks_minor or not c.surname)
            ]
            if not same:
                same = [c for c in clusters if c is not cluster and c.mentions and c.given and not c.titles and c.looks_minor]
            if len(same) == 1:
                same[0].mentions += cluster.mentions
                same[0].moniker = cluster.moniker
                cluster.mentions = []


def _shared_surnames(candidates: list[Candidate]) -> dict[int, str]:
    """Surnames by the start of a first name that shares one: "Mark and Joanne Teale"."""
    found: dict[int, str] = {}
    for one, other in zip(candidates, candidates[1:], strict=False):
        if len(one.words) == 1 and not one.title and len(other.words) == 2 and not other.title:
            # " and " stands between them.
            if other.start - one.end == 5 and one.source != "label":
                found[one.start] = other.words[1]
    return found


def _surname_forms(surname: str) -> set[str]:
    folded = fold(surname)
    return {
        folded,
        folded.split()[-1],
        *([folded.split("-")[0], folded.split("-")[-1]] if "-" in folded else []),
    }


def _same_age(cluster: Cluster, candidate: Candidate) -> bool:
    """Ages more than two years apart keep two people of one name apart, unless one is a child and one is grown."""
    if candidate.age is None or not cluster.ages:
        return True
    return any(abs(age - candidate.age) <= 1 for age in cluster.ages)


def _slip(one: str, other: str) -> bool:
    """Whether two folded names differ as a slip of the pen does: one edit from five letters, two from nine."""
    if one == other or min(len(one), len(other)) < 5:
        return False
    allowed = 1 if max(len(one), len(other)) < 9 else 2
    return one[0] == other[0] and DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _nearest(clusters: list[Cluster], offset: int) -> Cluster:
    """The cluster whose last mention before `offset` is nearest; failing that, the first mentioned after it."""

    def distance(cluster: Cluster) -> tuple[int, int]:
        before = [c.start for c in cluster.mentions if c.start < offset]
        return (0, offset - max(before)) if before else (1, cluster.start)

    return min(clusters, key=distance)
