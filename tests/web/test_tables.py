"""Long tables: every cell escaped, headings that order, rows that can be ticked."""

from __future__ import annotations

import io

import pytest
from django.db.models import Value
from django.utils.safestring import SafeString

from mats_portal.people.models import Person
from mats_portal.web.copying import Inert, copy_to
from mats_portal.web.sheets import inert
from mats_portal.web.tables import Column, Table
from tests import make
from tests.web.drawing import draw, elements

NAME = Column("name", "Name <b>", lambda row: row["name"], "title")
MARK = Column("mark", "Longer mark", lambda row: SafeString("<i></i>"), "num", short="Mark")


def test_table_escapes_what_it_shows_and_keeps_what_is_html() -> None:
    table = Table([NAME, MARK], [{"name": "<script>", "code": '"a"'}], pick="code")
    drawn = draw("{% flat t %}", t=table)
    assert "&lt;script&gt;" in drawn
    assert "<i></i>" in drawn
    assert "Name &lt;b&gt;" in drawn
    assert 'value="&quot;a&quot;"' in drawn
    assert [cell.get("data-label") for cell in elements(drawn, "td")] == [None, None, "Mark"]


def test_heading_leads_to_its_order_and_says_the_one_in_force() -> None:
    table = Table([NAME, MARK], [], order="-name", orders={"name": "?order=name&q=<"})
    head = str(table.head())
    assert 'aria-sort="descending"' in head
    assert 'href="?order=name&amp;q=&lt;"' in head
    assert head.count("<a ") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["=1", "  =1", "\u00a0+1", "@x", "-1", "\tx", "\nx", "'x", "＝1", "plain", "a=b", " plain", "", "𝕏", "x\n=1"],
)
def test_database_makes_a_cell_as_inert_as_python(text: str) -> None:
    make.make_person()
    assert Person.objects.values_list(Inert(Value(text)), flat=True)[0] == inert(text)


@pytest.mark.django_db
def test_copy_of_nothing_is_the_heading_alone() -> None:
    file = io.BytesIO()
    assert copy_to(file, ["One", "Two"], Person.objects.none().values_list("name")) == 0
    assert file.getvalue().decode("utf-8-sig") == '"One","Two"\r\n'
