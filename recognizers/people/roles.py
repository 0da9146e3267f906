"""Roles and circumstances, read from what the copy says in front of and behind each person (roles.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from recognizers.model import Circumstance, Evidence, Role
from recognizers.people.figures import BLAMED, OFFICE, Figure
from recognizers.people.grammar import Grammar, any_of
from recognizers.people.lexicon import NameLexicon
from recognizers.people.phrases import PhraseIndex
from recognizers.people.refs import REACH
from recognizers.people.scene import Scene
from recognizers.people.spans import Spans, first_within
from recognizers.people.spokespeople import Spokespeople
from recognizers.vocabulary import load_vocabulary

# "'You could hear it,' he says."
_BY_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he) $")
_APPOSED = re.compile(r",? ?(?:\(|aged |\d{2},? )?")
# Copy with so many different words of films, books and plays is about one, if only in part.
_WORDS_OF_A_WORK = 2
_NEGATION_REACH = 24
_FOR_A_CLIENT = ("defending ", "representing ")
_VERB_NEGATION_REACH = 20
_AGENT_REACH = 60
_RELATIVE_PRONOUNS = ("which", "that", "who")
# A name, a comma and a blank.
_BEHIND_NAME = 2
_BY_SOMEBODY = re.compile(r"\b(?:by|through|via) (?:an?|the|his|her|their)(?: [\w-]+){0,2} $", re.IGNORECASE)
_BY_REACH = 48
# A comma, a title and a blank may stand between a job and the name.
_TITLE_REACH = 8
_DOES = re.compile(r" [a-z]")
_SEVERAL = 2
_LISTED = re.compile(r"(?: (?:him|her|them))?,? (?:and )?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a role or circumstance in the copy; `side` is where it stands to its person."""

    attribute: str
    name: str
    side: str
    start: int
    end: int


@dataclass(frozen=True)
class Reads:
    """All that one scan of the copy found: hits to be cast, and the spans of words by their list's name."""

    hits: tuple[Hit, ...]
    words: dict[str, tuple[tuple[int, int], ...]]

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        """Where words of the list `name` stand."""
        return self.words.get(name, ())

    def first(self, name: str, start: int, end: int) -> tuple[int, int] | None:
        """The first of them that begins in [start, end)."""
        return first_within(self.spans(name), start, end)


# The lists of roles.yaml that hold plain words, and the roles that it tells how to recognise.
_WORDS = (
    "harm_verbs",
    "sexual_verbs",
    "by_agent",
    "missing_appeal",
    "sexual_offence",
    "special_offence",
    "incest",
    "waived",
    "not_waived",
    "anonymous",
    "pseudonym",
    "pseudonym_ahead",
    "fiction",
    "fiction_of_a_work",
    "died_in_passing",
    "denials",
    "own_childhood",
    "own_ordeal",
    "telling",
    "public_role_marks",
    "unrelated",
    "grave_injury",
    "no_offence",
    "obituary",
    "family_court",
    "criminal",
    "inquest",
)
_ROLES: tuple[Role, ...] = (
    "accused",
    "convicted",
    "victim",
    "complainant",
    "witness",
    "professional",
    "official",
    "journalist",
    "bystander",
    "public_figure",
)


class RoleReader:
    """Reads roles.yaml once and casts the people of a scene in it."""

    def __init__(self, lexicon: NameLexicon, grammar: Grammar) -> None:
        words: dict[str, Any] = load_vocabulary("recognizers.people", "roles.yaml")
        self._titles = lexicon.titles
        self._spokespeople = Spokespeople(lexicon)
        self._article = re.compile(rf"{any_of(grammar.lists['before_staff'])} ", re.IGNORECASE)
        self._being = re.compile(rf"{any_of(grammar.lists['being'])}\b", re.IGNORECASE)
        self._professional = lexicon.professional_suffixes
        self._official = lexicon.official_suffixes
        entries: list[tuple[tuple[str, str, str], str]] = []
        possessed: list[tuple[str, str, re.Pattern[str]]] = []
        groups: list[tuple[str, str, Any]] = [("role", role, words[role]) for role in _ROLES]
        groups += [("circumstance", name, entry) for name, entry in words["circumstances"].items()]
        for attribute, name, entry in groups:
            for side in ("behind", "before"):
                entries += [((attribute, name, side), phrase) for phrase in entry.get(side, ())]
            if entry.get("possessed"):
                nouns = "|".join(entry["possessed"])
                possessed.append((attribute, name, re.compile(rf"'s? (?:[\w-]+ ){{0,2}}(?:{nouns})\b")))
        for name in _WORDS:
            entries += [(("word", name, ""), phrase) for phrase in words[name]]
        for name, phrases in words["harm_context"].items():
            key = "fiction_words" if name == "fiction" else name
            entries += [(("word", key, ""), phrase) for phrase in phrases]
        # An office without an article stands right behind its holder's name ("Jane Hill, Labour MP for").
        self._index = PhraseIndex(entries, apposed=[("role", "official", "behind")])
        self._grammar = grammar
        self._office = re.compile(rf",? (?:\d\d, )?(?:{any_of(grammar.lists['before_office'])} )*")
        self._possessed = possessed
        self._other_punishment = re.compile(
            rf"[ -]?(?:[\w-]+ ){{0,4}}?{any_of(words['other_punishments'])}\b"
        )

    def scan(self, clean: str) -> Reads:
        """Every place where a phrase of roles.yaml stands in `clean`; casting asks later whose it is."""
        found = self._index.scan(clean)
        hits = [
            Hit(attribute, name, side, start, end)
            for (attribute, name, side), spans in sorted(found.items())
            for start, end in spans
            if attribute != "word"
            and (
                side == "before"
                or not self._grammar.negated.search(clean, max(0, start - _NEGATION_REACH), start)
            )
            and not (name in BLAMED and side == "behind" and self._not_blamed(clean, start, end))
        ]
        return Reads(
            tuple(hits),
            {name: tuple(spans) for (attribute, name, _), spans in found.items() if attribute == "word"},
        )

    def _not_blamed(self, clean: str, start: int, end: int) -> bool:
        """ "If she is found guilty", "received an eight-year ban": no court has said so."""
        supposed = self._grammar.supposed.search(clean, max(0, start - _NEGATION_REACH), start)
        return supposed is not None or self._other_punishment.match(clean, end) is not None

    def cast(self, scene: Scene, reads: Reads, sports: bool = False) -> None:
        """Write roles, circumstances and flags on the figures of the scene, anew.

        With `sports` the copy is a match report or the like: whoever is beaten there came to no harm.
        """
        for figure in dict.fromkeys(ref.figure for ref in scene.refs):
            figure.roles.clear()
            figure.circumstances.clear()
            figure.flags.clear()
            self._titled(figure)
        for hit in reads.hits:
            found = self._whose(scene, hit)
            for figure in found:
                self._say(
                    figure,
                    hit.attribute,
                    hit.name,
                    Evidence(hit.start, hit.end, f"{hit.name}.{hit.side}", hit.attribute, hit.name),
                )
        clean = scene.readable.clean
        for ref in scene.refs:
            if clean[ref.end : ref.end + 1] != "'":
                continue
            for attribute, name, pattern in self._possessed:
                match = pattern.match(clean, ref.end)
                if match:
                    self._say(
                        ref.figure,
                        attribute,
                        name,
                        Evidence(match.start(), match.end(), f"{name}.possessed", attribute, name),
                    )
        self._verbs(scene, reads, sports)
        self._agents(scene, reads)
        self._spokespeople.cast(scene)
        self._flags(scene, reads)

    def _whose(self, scene: Scene, hit: Hit) -> list[Figure]:
        """Of whom a hit is said."""
        if hit.side == "before":
            found = scene.objects(hit.end, pronouns=False)
            if hit.name not in OFFICE:
                return found
            # "In a statement issued by their solicitor, Tamsin Wray, Mrs Okonkwo said": one solicitor.
            words = scene.readable.clean[hit.start : hit.end + 1].lower()
            if self._is_another(scene, hit):
                return []
            # "Defending Dean Cole, Ann Moss said": the second is the lawyer.
            client = words.startswith(_FOR_A_CLIENT) and "," not in words
            return found[1:2] if client else found[:1]
        if hit.name not in OFFICE:
            return scene.subjects(hit.start) or self._listed(scene, hit)
        beside = self._apposed(scene, hit)
        if scene.readable.clean.startswith("who ", hit.start):
            return beside
        noun = hit.name == "official" or self._article.match(scene.readable.clean, hit.start) is not None
        if noun and not self._being.match(scene.readable.clean, hit.start):
            # "She told the chairman" makes no chairman of her, "shown to the judge" no judge.
            return beside
        return [*beside, *scene.subjects(hit.start)]

    @staticmethod
    def _is_another(scene: Scene, hit: Hit) -> bool:
        """ "Interviewed by a specialist officer, Tay said": the officer is somebody else."""
        clean = scene.readable.clean
        if not clean.startswith(",", hit.end - 1) or not _BY_SOMEBODY.search(
            clean, max(0, hit.start - _BY_REACH), hit.start
        ):
            return False
        first = scene.between(hit.end, hit.end + _TITLE_REACH)[:1]
        return any(r.name and _DOES.match(clean, r.end) is not None for r in first)

    @staticmethod
    def _listed(scene: Scene, hit: Hit) -> list[Figure]:
        """ "Jordan Pike, of Elm Grove. Charged with theft.": a court list tells it in two sentences."""
        readable = scene.readable
        index = readable.sentence_index(hit.start)
        if index < 1 or readable.sentences[index][0] != hit.start:
            return []
        start, end = readable.sentences[index - 1]
        first = scene.between(start, end)[:1]
        same_line = readable.line_at(start) == readable.line_at(hit.start)
        return [r.figure for r in first if r.name and r.outer == start and same_line]

    def _titled(self, figure: Figure) -> None:
        for mention in figure.cluster.mentions if figure.cluster is not None else ():
            kind = self._titles.get(mention.title, "") or (
                "professional" if mention.suffixes & self._professional else ""
            )
            kind = "official" if mention.suffixes & self._official else kind
            if kind in ("professional", "official"):
                evidence = Evidence(mention.start, mention.end, f"title.{mention.title}", "role", kind)
                figure.says("professional" if kind == "professional" else "official", evidence)

    @staticmethod
    def _say(figure: Figure, attribute: str, name: str, evidence: Evidence) -> None:
        if attribute == "role":
            figure.says(cast(Role, name), evidence)
        else:
            figure.suffers(cast(Circumstance, name), evidence)

    @staticmethod
    def _apposed(scene: Scene, hit: Hit) -> list[Figure]:
        """ "Jane Hill, prosecuting, said": the phrase stands between commas right behind the name."""
        clean = scene.readable.clean
        return [
            ref.figure
            for ref in scene.before(hit.start, 1)
            if ref.name and _APPOSED.fullmatch(clean, ref.end, hit.start)
        ]

    def _verbs(self, scene: Scene, reads: Reads, sports: bool) -> None:
        clean = scene.readable.clean
        for name, sexual in (("sexual_verbs", True), *(() if sports else (("harm_verbs", False),))):
            for start, end in reads.spans(name):
                if self._grammar.negated.search(clean, max(0, start - _VERB_NEGATION_REACH), start):
                    continue
                evidence = Evidence(start, end, "sexual_verb" if sexual else "harm_verb", "role")
                passive = (
                    self._grammar.passive.search(clean, max(0, start - _NEGATION_REACH), start) is not None
                )
                gerund = clean[start:end].split()[-1].endswith("ing") or clean[start:end].endswith(
                    (" of", " to", " with", " on", " against")
                )
                if passive and not gerund:
                    continue
                for figure in scene.objects(end):
                    if figure.roles.keys() & {"accused", "convicted", "professional", "official"}:
                        continue
                    figure.says("complainant" if sexual else "victim", evidence)
                    if sexual:
                        figure.flags.setdefault("sexual", evidence)
                    if not gerund:
                        for doer in scene.subjects(start):
                            if doer is not figure and not doer.roles.keys() & OFFICE and not doer.minor_now:
                                doer.says("accused", evidence)

    def _agents(self, scene: Scene, reads: Reads) -> None:
        for start, end in reads.spans("by_agent"):
            evidence = Evidence(start, end, "by_agent", "role", "accused")
            for figure in scene.objects(end, reach=_AGENT_REACH):
                figure.says("accused", evidence)

    def _flags(self, scene: Scene, reads: Reads) -> None:
        clean = scene.readable.clean
        refused = Spans(reads.spans("not_waived"))
        for start, end in reads.spans("waived"):
            if refused.touches(start, end):
                continue
            owner = self._waiver(scene, start, clean[start:end])
            if owner is not None and not (owner.blamed or _holds_title(owner)):
                owner.flags.setdefault("waived", Evidence(start, end, "waived", "waived", "yes"))
        for start, end in reads.spans("pseudonym"):
            told = Evidence(start, end, "pseudonym", "pseudonym", "yes")
            for figure in _called_otherwise(scene, start, end):
                figure.flags.setdefault("pseudonym", told)
        for start, end in reads.spans("pseudonym_ahead"):
            told = Evidence(start, end, "pseudonym_ahead", "pseudonym", "yes")
            for figure in _listed_from(scene, end):
                figure.flags.setdefault("pseudonym", told)
        words = {clean[start:end].lower() for start, end in reads.spans("fiction_words")}
        of_a_work = reads.spans("fiction_of_a_work") if len(words) >= _WORDS_OF_A_WORK else ()
        for start, end in (*reads.spans("fiction"), *of_a_work):
            opening, closing = scene.readable.sentence_at(start)
            for ref in scene.between(opening, closing):
                if ref.name and (0 <= ref.start - end < 24 or 0 <= start - ref.end < 14):
                    ref.figure.flags.setdefault("fiction", Evidence(start, end, "fiction", "fiction", "yes"))
        for start, end in reads.spans("own_childhood"):
            opening, _ = scene.readable.sentence_at(start)
            for ref in scene.between(opening, start + 1)[:1]:
                ref.figure.flags.setdefault(
                    "childhood", Evidence(start, end, "own_childhood", "own_childhood", "yes")
                )
        for start, end in reads.spans("own_ordeal"):
            speaker = scene.speaker(start)
            if speaker is not None and not speaker.blamed:
                ordeal = Evidence(start, end, "own_ordeal", "role", "complainant")
                speaker.flags.setdefault("ordeal", ordeal)
                speaker.says("complainant", ordeal)
        for start, end in reads.spans("telling"):
            tellers = scene.subjects(start) or scene.objects(end, reach=2, pronouns=False)
            said = _BY_PRONOUN.search(clean, max(0, start - 5), start) if not tellers else None
            meant = scene.pronoun(said[1].lower(), said.start(1), "adult") if said is not None else None
            for teller in tellers or ([meant] if meant is not None else []):
                teller.flags.setdefault("telling", Evidence(start, end, "telling", "own_childhood", "yes"))
        for start, end in reads.spans("public_role_marks"):
            for ref in scene.before(start, 1):
                if ref.name and self._office.fullmatch(clean, ref.end, start):
                    ref.figure.flags.setdefault(
                        "public_role", Evidence(start, end, "public_role", "public_role", "yes")
                    )

    @staticmethod
    def _waiver(scene: Scene, start: int, words: str) -> Figure | None:
        right_before = [
            r.figure for r in scene.before(start, 1) if start - r.end == 1 and not r.figure.blamed
        ]
        # "… who raped a passenger was jailed after his victim waived": she, and not he.
        subjects = right_before or scene.subjects(start)
        if subjects:
            return subjects[0]
        opening, _ = scene.readable.sentence_at(start)
        named = [r for r in scene.between(opening, start) if r.name]
        if named:
            return named[0].figure
        return scene.pronoun("she" if " her " in words else "he" if " his " in words else "they", start)


def _called_otherwise(scene: Scene, start: int, end: int) -> list[Figure]:
    """Whose names are made up, where words at [start, end) say so of names in front of them."""
    clean = scene.readable.clean
    opening, _ = scene.readable.sentence_at(start)
    named = [r for r in scene.between(opening, start) if r.name]
    words = clean[start:end].lower()
    if words.startswith(_RELATIVE_PRONOUNS):
        # "Given the name Frances, which is not her own".
        return [r.figure for r in named[-1:] if start - r.end <= _BEHIND_NAME]
    if "names" not in words:
        return [r.figure for r in (named or [r for r in scene.before(start, 6) if r.name][:1])[-1:]]
    if len(named) < _SEVERAL:
        named = [r for r in scene.between(max(0, start - REACH), end + REACH) if r.name]
    return [r.figure for r in named if not r.figure.in_office]


def _listed_from(scene: Scene, offset: int) -> list[Figure]:
    """Who is named right behind `offset`, and whoever is joined to them: " Kai, Layla and Bea"."""
    found: list[Figure] = []
    for ref in scene.between(offset, offset + REACH):
        if not ref.name or not _LISTED.fullmatch(scene.readable.clean, offset, ref.outer):
            break
        found.append(ref.figure)
        offset = ref.end
    return found


def _holds_title(figure: Figure) -> bool:
    """A judge, an officer, an MP: "the judge said that she wished to be named" waives nothing of theirs."""
    told = (e for role, evidence in figure.roles.items() if role in OFFICE for e in evidence)
    return any(e.cue.startswith("title.") for e in told)
