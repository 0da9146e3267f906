"""Who is who: candidates that name the same person are put together, and nobody else.

Full names are told apart first; then names of one word find the person they belong to. A surname that several
people share goes to the adult whom the copy last called by a full name, never to a child while an adult bears
it (UK court style). Spellings that differ by a slip are one person; ages and titles that differ keep two
apart.
"""

from __future__ import annotations

from itertools import pairwise

from recognizers.people.ages import ADULT_AGE
from recognizers.people.candidate import Candidate
from recognizers.people.clusters import Cluster, ClusterIndex, split_name
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.short_forms import join_middle_names, join_monikers, join_pet_names
from recognizers.people.slips import is_slip

# " and " stands between "Mark" and "Joanne Teale".
_AND = len(" and ")
_SHORTEST_SLIP = 5
# A word of the names list must be this long before it is taken for a slip of a surname.
_SHORTEST_LISTED_SLIP = 6


class Clusterer:
    """Turns candidates into clusters. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon

    def cluster(self, candidates: list[Candidate]) -> list[Cluster]:
        """Clusters in order of first mention; every candidate (given in text order) is in exactly one."""
        return _Clustering(self._lexicon, candidates).result()


class _Clustering:
    """The clustering of one copy."""

    def __init__(self, lexicon: NameLexicon, candidates: list[Candidate]) -> None:
        self._lexicon = lexicon
        self._candidates = candidates
        self._index = ClusterIndex(lexicon)
        self._at: dict[int, Cluster] = {}
        self._familiar = {fold(c.words[0]) for c in candidates if len(c.words) == 1 and not c.title}
        # "Rose, four": a word with a child's age is a first name, whoever else has it for a surname.
        self._first_names = {
            c.words[0]
            for c in candidates
            if len(c.words) == 1 and c.age is not None and c.age < ADULT_AGE and lexicon.is_given(c.words[0])
        }

    def result(self) -> list[Cluster]:
        singles: list[Candidate] = []
        for candidate in self._candidates:
            if candidate.label:
                self._exact(candidate, Cluster(label=candidate.label), candidate.label)
            elif candidate.moniker:
                moniker = " ".join(candidate.words).title()
                self._exact(candidate, Cluster(moniker=moniker), f"moniker {moniker}")
            elif _initialled(candidate):
                singles.append(candidate)
            elif len(candidate.words) > 1 and candidate.words[0] not in self._lexicon.particles:
                self._full(candidate)
            else:
                singles.append(candidate)
        shared = _shared_surnames(self._candidates)
        for candidate in singles:
            self._single(candidate, shared.get(candidate.start, ""))
        clusters = self._index.clusters
        join_middle_names(clusters, self._lexicon)
        join_pet_names(clusters, self._lexicon)
        join_monikers(clusters, self._lexicon)
        found = [c for c in clusters if c.mentions]
        for cluster in found:
            cluster.mentions.sort(key=lambda c: c.start)
        return sorted(found, key=lambda c: c.mentions[0].start)

    def _exact(self, candidate: Candidate, fresh: Cluster, key: str) -> None:
        cluster = self._index.exact(key)
        if cluster is None:
            cluster = fresh
            self._index.add_exact(key, cluster)
        cluster.add(candidate)

    def _full(self, candidate: Candidate) -> None:
        given, middle, surname = split_name(candidate.words, self._lexicon.particles)
        # "Ellie Mae" is Ellie-Mae.
        double = self._index.given(fold("-".join(candidate.words)))
        if double:
            double[0].add(candidate)
            return
        folded = fold(surname)
        same = [
            c
            for c in self._index.namesakes(folded)
            if c.given and self._same_person(c, given, middle, folded, candidate)
        ]
        exact = [c for c in same if fold(c.surname) == folded]
        if not same:
            best = Cluster(given=given, surname=surname, middle=middle)
            self._index.add(best)
        else:
            best = exact[-1] if exact else same[0]
            if len(given) > 2 and len(best.given) <= 2:
                self._index.regive(best, given)
        self._add(best, candidate)
        best.surnames[surname] += 1
        best.givens[given] += 1
        if candidate.nickname:
            best.givens[candidate.nickname] += 1
            self._index.call(best, candidate.nickname)

    def _same_person(
        self, cluster: Cluster, given: str, middle: tuple[str, ...], surname: str, candidate: Candidate
    ) -> bool:
        """Whether a full name is the cluster's, whose surname is `surname`, or shares a half with it or is
        its slip.
        """
        if not _same_age(cluster, candidate) or not self._same_standing(cluster, candidate.title):
            return False
        if self._lexicon.same_given(cluster.given, given):
            return True
        if fold(cluster.surname) != surname:
            # "Ismael Kabore … Ismail Kabori": no two people are so alike in both names.
            return is_slip(fold(cluster.surname), surname) and is_slip(fold(given), fold(cluster.given))
        names = {fold(w) for w in (cluster.given, *cluster.middle)}
        others = {fold(w) for w in (given, *middle)}
        if names & others and (len(names) > 1 or len(others) > 1):
            return True
        if len(given) <= 2 or len(cluster.given) <= 2:
            return fold(given)[0] == fold(cluster.given)[0]
        both_known = self._lexicon.is_given(given) and self._lexicon.is_given(cluster.given)
        return not both_known and is_slip(fold(given), fold(cluster.given))

    def _same_standing(self, cluster: Cluster, title: str) -> bool:
        """A professional's title keeps two bearers of one name apart ("Det Sgt Dean Cole" and "Dean Cole,
        34").
        """
        if not cluster.looks_minor:
            return True
        kinds = self._lexicon.titles
        mine = kinds.get(title, "")
        if mine == "professional":
            return False
        return not (mine == "adult" and {kinds.get(t, "") for t in cluster.titles} <= {""})

    def _add(self, cluster: Cluster, candidate: Candidate) -> None:
        cluster.add(candidate)
        self._at[candidate.start] = cluster

    def _single(self, candidate: Candidate, shared: str) -> None:
        # "Ms Ní Riain": a particle in front makes a surname of several words.
        initial = fold(candidate.words[1]) if _initialled(candidate) else ""
        word = candidate.words[0] if initial else " ".join(candidate.words)
        chosen = self._at.get(candidate.other_name_of)
        if chosen is not None:
            self._index.call(chosen, word)
        else:
            chosen = self._owner(candidate, word)
        if initial and chosen is not None and not fold(chosen.surname or initial).startswith(initial):
            # "Kezia T." is no Kezia Warde.
            chosen = None
        if chosen is None:
            chosen = self._fresh_single(word, candidate)
            chosen.surname = chosen.surname or shared or (candidate.words[1] if initial else "")
            self._index.add(chosen)
        self._add(chosen, candidate)
        surname = fold(chosen.surname) if chosen.surname else ""
        if surname and (fold(word) in (surname, surname.split()[-1]) or not chosen.given):
            chosen.by_surname += 1
            chosen.surnames[word] += 1
        elif is_slip(surname, fold(word)):
            chosen.surnames[word] += 1
        else:
            chosen.givens[word] += 1

    def _fresh_single(self, word: str, candidate: Candidate) -> Cluster:
        if self._titled(candidate):
            return Cluster(surname=word)
        known = self._lexicon.is_given(word) or candidate.source == "cue"
        return Cluster(given=word) if known else Cluster(surname=word)

    def _titled(self, candidate: Candidate) -> bool:
        """Whether a title that grown-ups bear stands in front, so that the name is a surname."""
        return bool(candidate.title) and self._lexicon.titles[candidate.title] != "any"

    def _owner(self, candidate: Candidate, word: str) -> Cluster | None:
        """Whose name a single word is; None when it is somebody new."""
        index = self._index
        folded = fold(word)
        titled = self._titled(candidate)
        surname = [c for c in index.called(folded) if self._title_fits(c, candidate.title)]
        if candidate.title and not all(_same_age(c, candidate) for c in surname):
            # "Miss Bassi, now 19" is not her mother of 49, nor anybody else of no age.
            return _nearest([c for c in surname if c.ages and _same_age(c, candidate)], candidate.start)
        # "Mr Denton" is a Denton before he is a Denton-Hall.
        surname = [c for c in surname if fold(c.surname) == folded] or surname
        given = [] if titled else [c for c in index.given(folded) if _same_age(c, candidate)]
        # Nobody calls a detective or a judge by the first name: the one so called is somebody else.
        given = [c for c in given if not self._in_office(c)]
        if word in self._first_names and not titled:
            surname = [c for c in surname if c.looks_minor and candidate.age in c.ages]
        if given and surname:
            # A surname that is somebody else's first name: the one the copy already calls so.
            called = [c for c in surname if c.by_surname or (c.titles and not self._in_office(c))]
            if called and not any(c.looks_minor for c in given):
                return _nearest(called, candidate.start)
        if given:
            return _nearest(given, candidate.start)
        if surname:
            return _nearest(self._called_by_surname(surname, candidate), candidate.start)
        if titled:
            if candidate.title in self._lexicon.courtesy_titles:
                # A judge may call an accused youth Mr.
                young = [
                    c for c in index.called(folded) if c.looks_minor and self._gender_fits(c, candidate.title)
                ]
                if len(young) == 1:
                    return young[0]
            close = [c for c in index.like_surname(folded) if self._title_fits(c, candidate.title)]
            # "Nguyen Thi Mai … Ms Nguyen": names that put the family first.
            family = [c for c in index.given(folded) if c.surname and not c.looks_minor and not c.titles]
            return _nearest(close or family, candidate.start)
        middle = index.middle(folded)
        if middle:
            return _nearest(middle, candidate.start)
        short = [c for c in index.short(folded) if _same_age(c, candidate) and not self._in_office(c)]
        if short:
            return _nearest(short, candidate.start)
        if len(folded) >= _SHORTEST_SLIP and not self._lexicon.is_given(word):
            close = index.like_any(folded)
            return _nearest([c for c in close if not c.looks_minor] or close, candidate.start)
        return self._slip_of_surname(candidate, folded)

    def _in_office(self, cluster: Cluster) -> bool:
        """Whether the copy gives a full name the title or word of a profession or an office."""
        kinds = self._lexicon.titles
        titled = any(kinds.get(t) in ("professional", "official") for t in cluster.titles)
        return bool(cluster.surname) and (titled or cluster.office)

    def _called_by_surname(self, bearers: list[Cluster], candidate: Candidate) -> list[Cluster]:
        """Of several bearers of a surname, those whom a bare surname means: grown, and of no rank to be
        given.
        """
        met = [c for c in bearers if any(m.start < candidate.start for m in c.mentions)]
        if met and all(c.looks_minor for c in met) and not candidate.title:
            # "Tonkin, who appeared with his grandmother, Loveday Tonkin": no adult of the name was met yet.
            return met
        adults = [c for c in bearers if not c.looks_minor] or bearers
        # Children and victims are called by their first names, the others by surname.
        kinds = self._lexicon.titles
        plain = [c for c in adults if not any(kinds.get(t) == "professional" for t in c.titles)]
        adults = [c for c in plain if not c.given or fold(c.given) not in self._familiar] or plain or adults
        if candidate.title:
            titled = [c for c in bearers if candidate.title in c.titles]
            # A courtesy title speaks of somebody whom the copy has introduced.
            courtesy = candidate.title in self._lexicon.courtesy_titles
            if titled or not courtesy:
                return titled or adults
            return [c for c in adults if c in met] or [c for c in met if not c.looks_minor] or adults
        called = [c for c in adults if c.by_surname and not c.titles]
        return called or adults

    def _slip_of_surname(self, candidate: Candidate, folded: str) -> Cluster | None:
        """ "Connolly" is a given name in the list and a slip for Connelly in this copy."""
        if len(folded) < _SHORTEST_LISTED_SLIP or candidate.age is not None:
            return None
        close = self._index.like_surname(folded)
        return _nearest([c for c in close if c.by_surname + sum(c.surnames.values()) > 1], candidate.start)

    def _title_fits(self, cluster: Cluster, title: str) -> bool:
        lexicon = self._lexicon
        kind = lexicon.titles.get(title, "")
        if kind in ("adult", "official", "professional") and cluster.looks_minor:
            return False
        if kind == "professional":
            return not cluster.given or any(lexicon.titles.get(t, "") == kind for t in cluster.titles)
        return self._gender_fits(cluster, title)

    def _gender_fits(self, cluster: Cluster, title: str) -> bool:
        gender = self._lexicon.gender(cluster.given)
        if title in self._lexicon.mister and gender == "f":
            return False
        return not (title in self._lexicon.not_mister and gender == "m")


def _initialled(candidate: Candidate) -> bool:
    """Whether of the surname only the initial is told ("Kezia T.")."""
    return (
        len(candidate.words) == 2
        and len(candidate.words[1]) == 1
        and len(candidate.words[0]) > 2
        and not candidate.title
        and not candidate.moniker
    )


def _shared_surnames(candidates: list[Candidate]) -> dict[int, str]:
    """Surnames by the start of a first name that shares one: "Mark and Joanne Teale"."""
    return {
        one.start: other.words[1]
        for one, other in pairwise(candidates)
        if len(one.words) == 1
        and len(other.words) == 2
        and not one.title
        and not other.title
        and not other.moniker
        and one.joined
        and other.start - one.end <= _AND
    }


def _same_age(cluster: Cluster, candidate: Candidate) -> bool:
    """Whether no age told beside the name keeps the two apart; a year is the time between two reports."""
    if candidate.age is None or not cluster.ages:
        return True
    return any(abs(age - candidate.age) <= 1 for age in cluster.ages)


def _nearest(clusters: list[Cluster], offset: int) -> Cluster | None:
    """The cluster whose last mention before `offset` is nearest; failing that, the first mentioned after
    it.
    """
    return min(clusters, key=lambda c: c.distance(offset), default=None)
