"""Closing: the final judgement on each figure, from everything gathered on them and what the copy is."""

from __future__ import annotations

from collections.abc import Iterable

from recognizers.model import Circumstance, Evidence, Role
from recognizers.people.ages import ADULT_AGE, Age
from recognizers.people.complainants import mark_complainants, mark_forced
from recognizers.people.copy_kind import CopyKind
from recognizers.people.figures import BLAMED, OFFICE, Figure
from recognizers.people.grown import free_of_nouns, grow_up_by_family, let_rest
from recognizers.people.kinship import Kinship
from recognizers.people.lexicon import NameLexicon
from recognizers.people.nouns import NounLexicon
from recognizers.people.scene import Scene
from recognizers.people.ties import CASE

_ROLE_NOUNS: dict[str, Role] = {
    "complainant": "complainant",
    "complainer": "complainant",
    "victim": "victim",
    "survivor": "victim",
    "defendant": "accused",
    "neighbour": "bystander",
    "passer-by": "bystander",
}
_HARMED: tuple[Role, ...] = ("victim", "complainant", "witness")
_OFFICES: tuple[Role, ...] = ("professional", "official", "journalist")
# A parent of this age has no child who is one.
_OLD_PARENT = 65
_STRUCK: frozenset[Circumstance] = frozenset(["ill", "died", "missing", "hurt"])
_AILING: frozenset[Circumstance] = frozenset(["ill", "hurt"])
# What a child suffers in the middle of a newsletter or a sports page.
_GRAVE: frozenset[Circumstance] = frozenset(["ill", "died", "in_care", "family_proceedings"])
_DIED: frozenset[Circumstance] = frozenset(["died"])
_DIED_OR_MISSING: frozenset[Circumstance] = frozenset(["died", "missing"])
_ACTING_REACH = (60, 40)
# How far behind an age what began then may be told.
_CAREER_REACH = 20


class Closing:
    """Judges the figures of a copy. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon, nouns: NounLexicon) -> None:
        self._moniker_minors = lexicon.moniker_minors
        self._loose_cues = {f"noun.{noun}" for noun in nouns.loose_minor}

    def close(self, scene: Scene, kinship: Kinship, kind: CopyKind) -> None:
        """Write the judgements on the figures."""
        figures = scene.figures
        self._labels(figures)
        if kind.fiction:
            _invent(figures, kind)
        if kind.harmless:
            self._grown_lads(figures)
        if kind.obituary:
            _lived(figures, kind)
        if kind.harmful:
            _kin_stage(figures, kinship)
        for figure in figures:
            _settle_roles(figure, kind)
        for figure in figures:
            _own_childhood(figure, scene, kind)
        grow_up_by_family(figures, kinship)
        grave = kind.harmful or kind.names_offence
        if not grave:
            _calm(figures, kind)
        let_rest(scene, kind.reads.spans("died_in_passing"), grave)
        if not grave:
            free_of_nouns(scene)
        if not any(f.minor for f in figures):
            if not (kind.crime or kind.names_offence):
                _only_deny(figures, kind)
            _grown_by_style(
                f
                for f in figures
                if not (kind.harmful or kind.crime) or (f.circumstances.keys() <= _AILING and not f.blamed)
            )
        for figure in figures:
            injury = _first_beside(figure, scene, kind, "grave_injury") if figure.minor_now else None
            if injury is not None and "fiction" not in figure.flags:
                # A knock on the pitch is no harm, a broken neck is.
                figure.suffers("hurt", Evidence(*injury, "grave_injury", "circumstance", "hurt"))
        told = any(f.named and f.minor and (f.circumstances or f.roles.keys() & CASE) for f in figures)
        for figure in figures:
            if not (told and _plays_on(figure, scene, kinship, kind)):
                _centre(figure, scene, kind)
        if kind.names_offence:
            mark_complainants(scene, kind)
            mark_forced(scene, kinship, kind)

    def _labels(self, figures: list[Figure]) -> None:
        """ "[Child A]" and "Baby P" say themselves that they are children."""
        for figure in figures:
            cluster = figure.cluster
            if cluster is None or not (cluster.label or cluster.moniker) or not cluster.mentions:
                continue
            first = cluster.mentions[0]
            if cluster.label.startswith("Child"):
                figure.minor_evidence.append(Evidence(first.start, first.end, "label", "life_stage", "minor"))
                figure.suffers(
                    "at_risk", Evidence(first.start, first.end, "label", "circumstance", "at_risk")
                )
            if cluster.moniker.split(" ")[0] in self._moniker_minors:
                evidence = Evidence(first.start, first.end, "moniker", "life_stage", "minor")
                if figure.age_now is None or figure.age_now < ADULT_AGE:
                    figure.minor_evidence.append(evidence)
                figure.suffers("at_risk", evidence)

    def _grown_lads(self, figures: list[Figure]) -> None:
        """On a sports page "the boy" is the striker: a name needs an age or a school to be a child's."""
        for figure in figures:
            for role in CASE:
                figure.roles.pop(role, None)
            kept = _GRAVE if figure.minor_now else frozenset[Circumstance]()
            _keep(figure, kept)
            if figure.named and not figure.ages:
                figure.minor_evidence = [e for e in figure.minor_evidence if e.cue not in self._loose_cues]


def _keep(figure: Figure, kept: frozenset[Circumstance]) -> None:
    figure.circumstances = {k: v for k, v in figure.circumstances.items() if k in kept}


def _plays_on(figure: Figure, scene: Scene, kinship: Kinship, kind: CopyKind) -> bool:
    """Whether a child beside one who was struck only plays, sings or wins ("Dewi Rosser, 14, kicked nine
    points").
    """
    if not figure.named or kinship.of(figure) or kind.names_offence:
        return False
    sentences = {scene.readable.sentence_at(r.start) for r in figure.refs}
    return bool(sentences) and all(
        kind.reads.first("harmless", *at) is not None and kind.reads.first("strong", *at) is None
        for at in sentences
    )


def _first_beside(figure: Figure, scene: Scene, kind: CopyKind, words: str) -> tuple[int, int] | None:
    """The first of the words that stands in a sentence that names the figure."""
    sentences = (scene.readable.sentence_at(r.start) for r in figure.refs if r.name)
    return next((hit for at in sentences if (hit := kind.reads.first(words, *at)) is not None), None)


def _lived(figures: list[Figure], kind: CopyKind) -> None:
    """What an obituary tells of the childhood of somebody old is a life, unless it names a sexual offence.

    The same goes for those of whom it tells no age today: the son who died in infancy in 1953.
    """
    if kind.names_offence:
        return
    for figure in figures:
        if (figure.age_now or figure.age_then or 0) >= _OLD_PARENT:
            figure.minor_evidence.clear()
            if not figure.circumstances.get("died"):
                spot = kind.reads.spans("obituary")[0]
                figure.suffers("died", Evidence(*spot, "obituary", "circumstance", "died"))
        elif figure.minor_now or figure.circumstances.keys() - {"died"}:
            continue
        elif figure.named and "died" in figure.circumstances:
            # "In 1958 she married Harold, who died in 2003": nobody whose age matters.
            sign = figure.circumstances["died"][0]
            figure.adult_evidence.append(Evidence(sign.start, sign.end, "obituary", "life_stage", "adult"))
        figure.roles.pop("victim", None)
        _keep(figure, _DIED)
        if (figure.age_then or 0) < ADULT_AGE:
            figure.age_then = None


def _invent(figures: list[Figure], kind: CopyKind) -> None:
    """A child in a review is a character, unless the copy speaks of acting beside the name."""
    before, behind = _ACTING_REACH
    for figure in figures:
        if not figure.minor_now or not figure.named:
            continue
        names = (r for r in figure.refs if r.name)
        # Actors are told with their full names.
        full = figure.cluster is not None and figure.cluster.given and figure.surname
        if not full or not any(kind.reads.first("acting", r.start - before, r.end + behind) for r in names):
            spot = kind.reads.spans("fiction_words")[0]
            figure.flags.setdefault("fiction", Evidence(*spot, "fiction.copy", "fiction", "yes"))


def _kin_stage(figures: list[Figure], kinship: Kinship) -> None:
    """A son or daughter whom the copy gives no age, in copy about harm to children, is taken for a child."""
    about = any(f.minor and "fiction" not in f.flags and not (f.plural and not f.named) for f in figures)
    for relation in kinship:
        child, elder = relation.who, relation.whom
        if relation.group in ("parent", "grandparent") and _by_first_name(relation.whom):
            child, elder = elder, child
        elif relation.group not in ("child", "grandchild"):
            continue
        if (elder.age_now or 0) >= _OLD_PARENT or child.plural:
            continue
        if not about and (not child.circumstances.keys() & _STRUCK or _by_surname(child)):
            continue
        if not (child.ages or child.adult_evidence or child.minor_evidence):
            child.minor_evidence.append(
                Evidence(relation.start, relation.end, f"kin.{relation.word}", "life_stage", "minor")
            )


def _by_surname(figure: Figure) -> bool:
    """Whether the copy calls somebody by the surname alone, as it calls grown-ups."""
    cluster = figure.cluster
    return cluster is not None and any(c.words == (cluster.surname,) for c in cluster.mentions)


def _by_first_name(figure: Figure) -> bool:
    """Whether the copy calls somebody by the first name and never by the surname, as it calls children
    ("Osian went out a boy," his mother said).
    """
    cluster = figure.cluster
    if cluster is None or cluster.titles or figure.roles.keys() & (OFFICE | BLAMED):
        return False
    bare = [c for c in cluster.mentions if len(c.words) == 1]
    if not cluster.given:
        # A first name that no list knows.
        return len(bare) == len(cluster.mentions)
    by_surname = sum(c.words[0] == cluster.surname for c in bare)
    # "The Mensah-Boatengs" are the family, and no way to call her.
    return bool(bare) and by_surname * 2 <= len(bare)


def _settle_roles(figure: Figure, kind: CopyKind) -> None:
    """Of roles that exclude each other, keep the one that the copy bears out."""
    roles = figure.roles
    for noun, role in _ROLE_NOUNS.items():
        spoken = next((r for r in figure.refs if r.noun == noun), None) if noun in figure.nouns else None
        if spoken is not None and (role != "victim" or kind.harmful):
            figure.says(role, Evidence(spoken.start, spoken.end, f"noun.{noun}", "role", role))
    if not kind.names_offence:
        roles.pop("complainant", None)
    if figure.minor_now:
        for role in _OFFICES:
            roles.pop(role, None)
    if "convicted" in roles and "accused" in roles:
        del roles["accused"]
    blame = sum(len(roles[r]) for r in BLAMED if r in roles)
    if blame and "victim" in roles and len(roles["victim"]) <= blame:
        del roles["victim"]
        figure.circumstances.pop("abused", None)
        figure.circumstances.pop("hurt", None)
    if roles.keys() & OFFICE and not figure.minor:
        for role in _HARMED:
            if role in roles and len(roles[role]) <= 1:
                del roles[role]
                _keep(figure, _DIED)
        if not figure.ages:
            first = next(roles[r] for r in _OFFICES if r in roles)[0]
            figure.adult_evidence.append(Evidence(first.start, first.end, first.cue, "life_stage", "adult"))
    if "bystander" in roles and "sexual" not in figure.flags and not figure.minor:
        # "A neighbour heard a woman shout on the night she says she was attacked": not the neighbour.
        for role in ("victim", "complainant"):
            if len(roles.get(role, ())) <= len(roles["bystander"]) + 1:
                roles.pop(role, None)
    if "public_figure" in roles and figure.minor_now:
        del roles["public_figure"]


def _calm(figures: list[Figure], kind: CopyKind) -> None:
    """In copy that is no story of harm, a grown or ageless person is no victim and no defendant for a word's
    sake.
    """
    for figure in figures:
        long_ago = figure.minor and not figure.minor_now and "harmed_then" not in figure.flags
        if long_ago and figure.named and not figure.circumstances:
            # "A fan who began collecting at the age of 17" was a child long ago, and came to no harm.
            figure.age_then = None
        if figure.minor:
            # "Cathal beat his sister by a mark".
            if all(e.cue == "harm_verb" for e in figure.roles.get("victim", ())):
                figure.roles.pop("victim", None)
            continue
        if "waived" in figure.flags:
            continue
        if kind.crime and not figure.adult and not figure.in_office:
            # "Danny Rooke was stabbed": how old he is has to be asked.
            continue
        for role in CASE - BLAMED if figure.adult else CASE:
            figure.roles.pop(role, None)
        _keep(figure, _DIED_OR_MISSING)
        if not kind.reads.spans("official"):
            figure.circumstances.pop("died", None)


def _only_deny(figures: Iterable[Figure], kind: CopyKind) -> None:
    """In copy about no crime and no child, whoever only "denies" something is accused of none."""
    denials = kind.reads.spans("denials")
    for figure in figures:
        if all((e.start, e.end) in denials for e in figure.roles.get("accused", ())):
            figure.roles.pop("accused", None)


def _grown_by_style(figures: Iterable[Figure]) -> None:
    """House style calls adults by surname, children by first name: with no child and no harm about, that is
    proof enough.
    """
    for figure in figures:
        cluster = figure.cluster
        if (
            cluster is None
            or figure.ages
            or figure.minor_evidence
            or figure.adult_evidence
            or not cluster.surname
        ):
            continue
        bare = [c for c in cluster.mentions if c.words == (cluster.surname,)]
        first = any(c.words == (cluster.given,) for c in cluster.mentions if cluster.given)
        if bare and not first:
            figure.adult_evidence.append(
                Evidence(bare[0].start, bare[0].end, "called_by_surname", "life_stage", "adult")
            )


def _centre(figure: Figure, scene: Scene, kind: CopyKind) -> None:
    """A child in harmful copy is at its centre, unless the sentences that speak of them are harmless."""
    group = figure.plural and not figure.named
    if not figure.minor or (group and not kind.harmful):
        return
    if figure.roles.keys() & CASE or figure.circumstances:
        return
    began = any(age.then and _began_something(age, kind) for age in figure.ages)
    if (figure.adult or (began and not figure.minor_now)) and not _harmed_then(figure, scene, kind):
        if began and figure.named:
            figure.age_then = None
        return
    near = _harm_beside_group(figure, scene, kind) if group else _harm_beside(figure, scene, kind)
    if near is not None:
        figure.suffers("at_risk", Evidence(*near, "circumstance", "at_risk"))


def _began_something(age: Age, kind: CopyKind) -> bool:
    """Whether an age of long ago is told of what somebody began then ("17 when she joined the party")."""
    return kind.reads.first("career", age.end, age.end + _CAREER_REACH) is not None


def _own_childhood(figure: Figure, scene: Scene, kind: CopyKind) -> None:
    """Whether harm is told beside what a grown-up tells of their childhood: "17 when she joined" is none."""
    if not (figure.adult and figure.minor):
        return
    spots = [age.start for age in figure.ages if age.then]
    spots += [figure.flags["childhood"].start] if "childhood" in figure.flags else []
    sentences = scene.readable.sentences
    for spot in spots:
        index = scene.readable.sentence_index(spot)
        if index < 0:
            continue
        start, end = sentences[max(0, index - 1)][0], sentences[min(len(sentences) - 1, index + 1)][1]
        hit = next(
            (found for name in ("strong", "childhood_harm") if (found := kind.reads.first(name, start, end))),
            None,
        )
        if hit is not None:
            figure.flags.setdefault("harmed_then", Evidence(*hit, "harmed_then", "own_childhood", "yes"))
            return


def _harmed_then(figure: Figure, scene: Scene, kind: CopyKind) -> bool:
    """Whether harm is told where the copy tells how old a grown-up was then ("11 when the abuse began")."""
    told = [age for age in figure.ages if age.then and not _began_something(age, kind)]
    sentences = (scene.readable.sentence_at(age.start) for age in told)
    return any(kind.reads.first(word, *at) for at in sentences for word in ("strong", "weak"))


def _harm_beside_group(figure: Figure, scene: Scene, kind: CopyKind) -> tuple[int, int, str] | None:
    for ref in figure.refs:
        hit = kind.reads.first("strong", *scene.readable.sentence_at(ref.start))
        if hit is not None:
            return (*hit, "harm_context")
    return None


def _harm_beside(figure: Figure, scene: Scene, kind: CopyKind) -> tuple[int, int, str] | None:
    """Where a word of harm stands beside a child: its span, and the cue that found it."""
    if kind.likeness.calm and not kind.names_offence:
        # "It's basically robbery," said Struan, 11, of what the scones cost.
        return None
    sentences = scene.readable.sentences
    first = kind.reads.first
    for ref in figure.refs:
        index = scene.readable.sentence_index(ref.start)
        if index < 0:
            continue
        here = sentences[index]
        match = first("strong", *here)
        if match is None and kind.tells_harm:
            around = sentences[max(0, index - 1)][0], sentences[min(len(sentences) - 1, index + 1)][1]
            match = first("strong", *around) or first("weak", *here)
        if match is not None and not kind.harmless and (kind.harmful or not first("harmless", *here)):
            return (*match, "harm_context")
    strong = kind.reads.spans("strong")
    if kind.tells_harm and figure.refs:
        return strong[0][0], strong[0][0] + 1, "harm_copy"
    return None
