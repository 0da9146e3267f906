"""An HTML page read back by Python's own parser, for what tests want to know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "br", "img", "link", "input", "hr", "base"})


@dataclass(eq=False)
class Element:
    """One element; `content` has its texts and elements in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    content: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self) -> list[Element]:
        """This element and all in it, in the order of the page."""
        found = [self]
        for child in self.content:
            if isinstance(child, Element):
                found += child.all()
        return found

    def find(self, tag: str = "", cls: str = "", **attributes: str) -> list[Element]:
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        return [
            e
            for e in self.all()
            if tag in ("", e.tag)
            and (not cls or cls in e.classes)
            and all(e.attributes.get(key) == value for key, value in wanted.items())
        ]

    def text(self, *without: str) -> str:
        """All text in it but that of elements with a tag or class in `without`."""
        return "".join(
            child if isinstance(child, str) else child.text(*without)
            for child in self.content
            if isinstance(child, str) or not ({child.tag} | child.classes) & set(without)
        )

    def inside(self, cls: str) -> Element | None:
        """The nearest element around it (or itself) with that class."""
        return self if cls in self.classes else self.parent.inside(cls) if self.parent else None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self._open = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs}, self._open)
        self._open.content.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.content.append(data)


def read_page(html: str) -> Element:
    """The page; every element has to be closed in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.root is reader._open, f"<{reader._open.tag}> is not closed"
    return reader.root
