"""Details in whole articles, people and all: what uk-news takes out and what it leaves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from safeguard import Safeguard

_FILE = Path(__file__).with_name("details_articles.yaml")
ARTICLES: list[dict[str, Any]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def uk_news() -> Safeguard:
    return Safeguard("uk-news")


def _count(text: str, wanted: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(wanted)}(?!\w)", text))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_details_of_an_article(article: dict[str, Any], uk_news: Safeguard) -> None:
    copy = article["copy"]
    safe = str(uk_news.check(copy).safe_copy)
    wanted = dict.fromkeys(article["gone"], 0) | {text: _count(copy, text) for text in article["kept"]}

    assert all(_count(copy, text) for text in wanted), "not in the copy"
    assert {text: _count(safe, text) for text in wanted} == wanted
