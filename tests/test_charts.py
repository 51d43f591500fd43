"""Charts: what is drawn, that it can be seen and read out, its number in Word, and what is found wrong."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import ooxml
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packs import content
from PIL import Image
from printing import DEFAULT, Printed, agenda, paper, printed, rendered, templates
from reading import PAPER, ROOT, findings, write
from wordfile import Field, faults, find, value

from boardpack import charts, fonts
from boardpack.charts import Chart, Kind, Series
from boardpack.model.colour import apart, darkened, on_white
from boardpack.render.words import figure
from boardpack.word import theme

COLOUR = st.from_regex(r"[0-9A-F]{6}", fullmatch=True)


def series(name: str, *values: float | None) -> Series:
    numbers = tuple(None if value is None else Decimal(str(value)) for value in values)
    return Series(name, numbers, tuple("" if number is None else figure(number, 0) for number in numbers))


def chart(kind: str, labels: str | list[str], *drawn: Series, **more: object) -> Chart:
    named = tuple(labels.split() if isinstance(labels, str) else labels)
    plain = Chart(Kind(kind), named, drawn, figure, 480.0, 480.0)
    return replace(plain, **more)  # type: ignore[arg-type]


THREE = (series("Grant", 5, 12, 3), series("Capital", 4, -2, None), series("Other", 0, 7, 1))
EACH = [chart(kind, "Basildon Brentwood Harlow", *THREE) for kind in Kind]


def picture(drawn: Chart) -> Image.Image:
    return Image.open(io.BytesIO(charts.draw(drawn).data)).convert("RGB")


def colours(image: Image.Image) -> set[str]:
    """The colours that fill more than a few dots."""
    found = image.getcolors(1 << 24) or []
    return {"{:02X}{:02X}{:02X}".format(*colour) for count, colour in found if count > 400}  # type: ignore[misc]


# --- The picture ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("drawn", EACH, ids=[str(each.kind) for each in EACH])
def test_the_same_figures_give_the_same_bytes(drawn: Chart):
    assert charts.draw(drawn) == charts.draw(drawn)


def test_charts_drawn_by_several_threads_are_those_drawn_by_one():
    alone = [charts.draw(drawn) for drawn in EACH]
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(charts.draw, EACH)) == alone


@pytest.mark.parametrize("drawn", EACH, ids=[str(each.kind) for each in EACH])
def test_a_picture_is_as_wide_as_asked_on_white_and_says_its_size_and_no_more(drawn: Chart):
    done = charts.draw(drawn)
    image = Image.open(io.BytesIO(done.data))
    assert done.width == pytest.approx(480, abs=0.5)
    assert 150 < done.height <= 480
    assert image.info.keys() == {"dpi"}
    assert image.info["dpi"] == pytest.approx((charts.DPI, charts.DPI), abs=0.1)
    assert image.convert("RGB").getpixel((2, image.height - 3)) == (255, 255, 255)


def test_few_short_labels_stand_under_their_bars_and_many_long_ones_beside_them():
    few = charts.draw(chart("bar", "A B C", series("Grant", 1, 2, 3)))
    labels = [f"Partnership of the parishes of ward {number}" for number in range(40)]
    many = charts.draw(chart("bar", labels, series("Grant", *range(1, 41))))
    assert few.height < 260
    assert 400 < many.height <= 480.5


def test_each_bar_is_as_long_as_its_figure():
    image = picture(chart("bar", "A B", series("Grant", 50, 100), colours=("17505F",)))
    filled = [
        sum(image.getpixel((across, down)) == (0x17, 0x50, 0x5F) for down in range(image.height))
        for across in range(image.width)
    ]
    lengths = sorted({length for length in filled if length > 20})
    assert lengths[-1] / lengths[0] == pytest.approx(2, rel=0.02)


def test_an_empty_cell_is_a_gap_in_a_line():
    def crossed(middle: float | None) -> bool:
        image = picture(chart("line", "A B C D E", series("Grant", 5, 6, middle, 6, 5), colours=("17505F",)))
        across = image.width * 58 // 100
        return (0x17, 0x50, 0x5F) in {image.getpixel((across, down)) for down in range(image.height)}

    assert (crossed(7), crossed(None)) == (True, False)


HARD = [
    chart("line", "A", series("Grant", 5)),
    chart("line", [""], series("", 0)),
    chart("bar", ["", ""], series("_hidden", 0, 0)),
    chart("stacked", "A B", series("x", -1, -2), series("y", -3, None)),
    chart("bar", ["$x^2$ and \\frac{", "50% & more <b>"], series("$\\sum$ a_b", 1e15, -1e15)),
    chart("bar", ["W" * 300], series("V" * 300, 12)),
    chart("line", [f"A long name of a month, number {number}" for number in range(200)], series("S", *range(200))),
    chart("bar", [f"Label {number}" for number in range(400)], series("S", *range(400))),
    chart("stacked", "A B", *[series(f"Series {number}", number, 1) for number in range(9)]),
    chart("line", "A B", series("tiny", 0.0000001, 0.0000002)),
    chart("bar", ["日本", "🙂"], series("ελ", 1, 2), font=Path("missing.ttf")),
    chart("bar", "A B", series("s", 1, 2), colours=(), height=120.0),
    chart("bar", "A B", series("s", 3, 1), whole=True, width=180.0),
]


@pytest.mark.parametrize("drawn", HARD, ids=range(len(HARD)))
def test_whatever_a_table_holds_is_drawn_without_a_word(drawn: Chart, capfd: pytest.CaptureFixture[str]):
    done = charts.draw(drawn)
    assert (done.width, done.height) <= (drawn.width + 1, drawn.height + 1)
    assert capfd.readouterr() == ("", "")


@given(
    st.sampled_from(list(Kind)),
    st.lists(st.lists(st.none() | st.decimals(-(10**12), 10**12, places=2), min_size=4, max_size=4), min_size=1),
    st.lists(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40), min_size=4, max_size=4),
)
@settings(max_examples=12, deadline=None)
def test_any_figures_and_names_can_be_drawn(kind: Kind, rows: list[list[Decimal | None]], labels: list[str]):
    drawn = [Series(f"S{n}", tuple(row), tuple("" if v is None else f"{v}" for v in row)) for n, row in enumerate(rows)]
    assert charts.draw(chart(kind, labels, *drawn[:4])).data.startswith(b"\x89PNG")


# --- Colours -------------------------------------------------------------------------------------------------


@given(st.lists(COLOUR, max_size=8))
def test_whatever_colours_a_house_has_each_stands_out_from_white(house: list[str]):
    used = charts.palette(house)
    assert used
    assert all(on_white(colour) >= charts.CONTRAST for colour in used)
    assert set(used) == {darkened(colour, charts.CONTRAST) for colour in house or charts.COLOURS}


@given(COLOUR)
def test_a_colour_that_is_dark_enough_stays_as_it_is(colour: str):
    changed = darkened(colour, 3.0)
    assert (changed == colour) is (on_white(colour) >= 3.0)


def test_contrast_is_that_of_the_standard():
    assert [round(on_white(colour), 2) for colour in ("000000", "FFFFFF", "767676")] == [21.0, 1.0, 4.54]


def test_colours_that_look_alike_do_not_stand_side_by_side():
    assert apart(["17505F", "3E4D54", "8A4B08"]) == ["17505F", "8A4B08", "3E4D54"]


def test_a_chart_is_drawn_in_the_colours_of_the_house():
    house = templates(DEFAULT).house
    accents = theme.accents(house.parts)
    assert len(accents) == 6
    drawn = colours(picture(chart("stacked", "A B", series("x", 1, 2), series("y", 3, 4), colours=accents)))
    assert set(charts.palette(accents)[:2]) <= drawn


def test_two_series_differ_in_more_than_their_colour():
    grey = ("555555", "555555", "555555")
    for kind in ("bar", "line"):
        first, second = (
            picture(chart(kind, "A B", *(series(name, 5, 8) for name in ("x", "y")[:count]), colours=grey))
            for count in (1, 2)
        )
        assert first.tobytes() != second.tobytes()
    bars = picture(chart("stacked", "A B", series("x", 5, 5), series("y", 5, 5), colours=grey))
    middle = bars.width * 30 // 100
    parts = [bars.crop((middle, at, middle + 30, at + 30)) for at in (bars.height * 35 // 100, bars.height * 75 // 100)]
    assert parts[0].tobytes() != parts[1].tobytes()


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({}, ()),
        ({"word/theme/theme1.xml": b'<a:accent1><a:srgbClr val="ab12cd"/></a:accent1>'}, ("AB12CD",)),
        (
            {"word/theme/theme1.xml": b'<a:accent2>\n<a:sysClr val="window" lastClr="FFFFFF"/></a:accent2>'},
            ("FFFFFF",),
        ),
    ],
)
def test_accents_of_a_theme(parts: dict[str, bytes], found: tuple[str, ...]):
    assert theme.accents(parts) == found


@pytest.mark.parametrize(
    ("styles", "font"),
    [
        ('<w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault>', "Arial"),
        (
            """<w:rPrDefault><w:rFonts w:ascii="Arial"/></w:rPrDefault><w:style w:styleId="BodyText"></w:style>
            <w:style w:styleId="Normal"><w:rFonts w:ascii="Calibri"/></w:style>""",
            "Calibri",
        ),
        ('<w:rPrDefault><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPrDefault>', "Cambria"),
        ("<w:styles/>", ""),
    ],
)
def test_the_font_of_body_text(styles: str, font: str):
    minor = b'<a:minorFont>\n<a:latin typeface="Cambria"/></a:minorFont>'
    assert theme.body_font({"word/styles.xml": styles.encode(), "word/theme/theme1.xml": minor}) == font


def test_the_letters_are_those_of_the_house():
    assert fonts.file("") is None
    file = fonts.file("Courier New")
    if file is None:
        pytest.skip("fontconfig is not on this machine")
    own = chart("bar", "Basildon Brentwood", series("Grant", 1, 2))
    assert charts.draw(replace(own, font=file)) != charts.draw(own)


# --- Starting up ---------------------------------------------------------------------------------------------


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {key: word for key, word in os.environ.items() if key != "MPLCONFIGDIR"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**surroundings, **environment},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done


DRAW = """
import os, sys
from decimal import Decimal
from boardpack.charts import *
before = dict(os.environ)
made = draw(Chart(Kind.BAR, ("A",), (Series("s", (Decimal(1),), ("1",)),), lambda n, p: str(n), 400.0, 400.0))
import matplotlib
assert matplotlib.rcParams["text.parse_math"] is True and dict(os.environ) == before
print(len(made.data))
"""


def test_the_list_of_fonts_is_kept_in_the_users_cache_without_a_word(tmp_path: Path):
    first, second = (run(DRAW, XDG_CACHE_HOME=str(tmp_path), HOME=str(tmp_path / "home")) for _ in range(2))
    assert first.stdout == second.stdout
    assert first.stderr + second.stderr == ""
    kept = [path for path in content(tmp_path) if "fontlist" in path]
    assert [path.rpartition("/")[0] for path in kept] == ["boardpack/matplotlib"]


def test_charts_are_drawn_where_nothing_can_be_kept(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run(DRAW, XDG_CACHE_HOME=str(tmp_path / "file"), HOME=str(tmp_path / "file"))
    assert done.stderr == ""
    assert content(tmp_path).keys() == {"file"}


def test_settings_of_the_machine_change_nothing(tmp_path: Path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\naxes.facecolor: red\n", encoding="utf-8")
    code = DRAW.replace("print(len(made.data))", "import hashlib; print(hashlib.sha256(made.data).hexdigest())")
    plain = run(code, XDG_CACHE_HOME=str(tmp_path / "cache"))
    changed = run(code, XDG_CACHE_HOME=str(tmp_path / "cache"), MATPLOTLIBRC=str(tmp_path / "matplotlibrc"))
    assert changed.stdout == plain.stdout


def test_a_pack_without_charts_does_not_load_matplotlib(tmp_path: Path):
    code = (
        "import sys; from boardpack import cli; "
        f"sys.argv = ['boardpack', 'pack', '--no-pdf', '--papers', {str(write(tmp_path / 'papers'))!r}, "
        f"'--templates', {str(ROOT / 'templates')!r}, '--schemas', {str(ROOT / 'schemas')!r}, "
        f"'--output', {str(tmp_path / 'out')!r}]; code = cli.main(sys.argv[1:]); "
        "assert code == 0 and 'matplotlib' not in sys.modules and 'numpy' not in sys.modules"
    )
    run(code, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (tmp_path / "out" / "partnership" / "2010-03-11" / "pack.docx").exists()


# --- In the paper --------------------------------------------------------------------------------------------

TABLE = """
tables:
  grants:
    caption: Grants
    columns:
      - {key: csp, label: Partnership}
      - {key: was, label: "*Grant* 2009/10", type: money, total: sum}
      - {key: now, label: Grant 2010/11, type: money, total: sum}
      - {key: change, label: Change, type: percent, change: [was, now]}
      - {key: diff, label: Difference, type: money, change: [was, now]}
      - {key: due, label: Due, type: date}
    rows:
      - {group: South}
      - [Basildon, 58200, 29100, 2010-04-01]
      - ["Castle & Point", 20000, 25000.50, 2010-05-01]
      - [Harlow, "", 14550, 2010-06-01]
"""
BODY = """
sections:
  - heading: Grants
    text: |
      As [](chart:second) and [](chart:first) show.

      [](table:grants)

      [](chart:first)

      Between.

      [](chart:second)
charts:
  second: {table: grants, kind: bar, x: csp, y: [change], title: The *change*, alt: Grants are halved & more.}
  loose: {table: grants, kind: line, x: due, y: [now], title: Month by month}
  first: {table: grants, kind: stacked, x: csp, y: [was, now], title: Both years}
"""


@pytest.fixture(scope="module")
def grants(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    papers = {"meeting": agenda("- paper: funding\n- paper: other"), "other.yaml": paper(BODY + TABLE, title="Other")}
    return printed(tmp_path_factory.mktemp("grants"), paper=paper(BODY + TABLE), **papers)


def captions(result: Printed) -> list[str]:
    return [line for line in result.pack.styled("Caption") if line.startswith("Chart")]


def test_charts_are_numbered_in_each_paper_as_the_text_places_them_and_the_rest_print_at_the_end(grants: Printed):
    assert captions(grants) == ["Chart 1: Both years", "Chart 2: The change", "Chart 3: Month by month"] * 2
    assert faults(grants.pack) == []


def test_caption_and_reference_are_live_fields(grants: Printed):
    (report, *_) = grants.reports.values()
    counted = [field for field in report.fields() if field.instruction.startswith("SEQ Chart")]
    assert [field.shown for field in counted] == ["1", "2", "3"]
    assert len({field.instruction for field in counted}) == 1
    assert report.bookmark("p1c1") == "1"
    references = [field for field in report.fields() if field.instruction.startswith("REF p1c")]
    assert references == [Field("REF p1c2 \\h", "2"), Field("REF p1c1 \\h", "1")]
    assert "As chart 2 and chart 1 show." in report.text()
    other = [
        field.instruction for field in list(grants.reports.values())[1].fields() if "SEQ Chart" in field.instruction
    ]
    assert not {field.instruction for field in counted} & set(other)


def test_a_chart_stands_above_its_caption_and_stays_with_it(grants: Printed):
    (report, *_) = grants.reports.values()
    places = [each for each in report.find("//w:p") if find(each, ".//pic:pic")]
    assert [value(each, "w:pPr/w:pStyle") for each in places] == ["Figure"] * 3
    assert all(find(each, "w:pPr/w:keepNext") for each in places)
    below = [each.getnext() for each in places]
    assert [value(each, "w:pPr/w:pStyle") for each in below] == ["Caption"] * 3
    assert not any(find(each, "w:pPr/w:keepNext") for each in below), "it need not stay with what follows"


def test_a_chart_is_a_png_as_wide_as_the_text_and_no_higher_than_it_may_be(grants: Printed):
    page = templates().house.page
    (report, *_) = grants.reports.values()
    for extent in report.find("//wp:extent"):
        assert int(extent.get("cx")) / 635 == pytest.approx(page.text_width, abs=12)
        assert int(extent.get("cy")) / 635 <= page.text_height * 0.7 + 12
    pictures = [name for name in report.names if name.startswith("word/media/")]
    assert len(pictures) == 3
    assert all(report.parts[name].startswith(b"\x89PNG") for name in pictures)


def test_alternative_text_is_the_authors_or_made_from_the_figures(grants: Printed):
    (report, *_) = grants.reports.values()
    piled, single, line = report.find("//wp:docPr/@descr")
    assert piled == (
        "Stacked bar chart of Grant 2009/10 and Grant 2010/11 by Partnership. "
        "Grant 2009/10: Basildon £58,200, Castle & Point £20,000. "
        "Grant 2010/11: Basildon £29,100.00, Castle & Point £25,000.50, Harlow £14,550.00. "
        "The figures are in table 1."
    )
    assert single == "Grants are halved & more."
    assert line == (
        "Line chart of Grant 2010/11 by Due. Grant 2010/11: 1 Apr 2010 £29,100.00, 1 May 2010 £25,000.50, "
        "1 Jun 2010 £14,550.00. The figures are in table 1."
    )


def test_of_many_figures_only_the_ends_are_read_out(tmp_path: Path):
    rows = "".join(f"      - [Ward {number}, {number}]\n" for number in range(1, 20))
    table = (
        "tables:\n  t:\n    caption: T\n    columns: [{key: w, label: Ward}, {key: n, label: Calls, type: integer}]\n"
        f"    rows:\n{rows}"
    )
    body = f"{table}charts: {{c: {{table: t, kind: bar, x: w, y: [n], title: Calls}}}}\n"
    (alt,) = printed(tmp_path, paper=paper(body)).report.find("//wp:docPr/@descr")
    assert alt == "Bar chart of Calls by Ward. Calls: lowest Ward 1 1, highest Ward 19 19. The figures are in table 1."


def drawn_by(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str, **contents: str) -> list[Chart]:
    """The charts that a paper asks to have drawn."""
    asked: list[Chart] = []

    def draw(chart: Chart) -> charts.Drawing:
        asked.append(chart)
        return charts.Drawing(b"\x89PNG", chart.width, 100.0)

    monkeypatch.setattr(charts, "draw", draw)
    printed(folder, paper=paper(body), **contents)
    return asked


def test_groups_and_totals_are_not_drawn_and_computed_columns_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    body = TABLE + "charts: {c: {table: grants, kind: bar, x: csp, y: [was, diff], title: C}}\n"
    (asked,) = drawn_by(monkeypatch, tmp_path, body)
    assert asked.labels == ("Basildon", "Castle & Point", "Harlow")
    was, diff = asked.series
    assert (was.name, was.values, was.words) == (
        "Grant 2009/10",
        (Decimal(58200), Decimal(20000), None),
        ("£58,200", "£20,000", ""),
    )
    assert (diff.values[2], diff.words) == (None, ("\N{MINUS SIGN}£29,100.00", "+£5,000.50", ""))


AXES = [
    ("money", "1200", "£1,200"),
    ("money", "-0.5", "\N{MINUS SIGN}£0.50"),
    ("percent", "12.5", "12.5%"),
    ("integer", "1200", "1,200"),
    ("number", "0.00000005", "0.00000005"),
]


@pytest.mark.parametrize(("type", "number", "words"), AXES)
def test_the_axis_prints_figures_as_the_tables_do(tmp_path: Path, monkeypatch, type: str, number: str, words: str):
    table = f"tables: {{t: {{caption: T, columns: [{{key: n, label: N, type: {type}}}], rows: [[1], [2]]}}}}\n"
    body = f"{table}charts: {{c: {{table: t, kind: bar, x: n, y: [n], title: C}}}}\n"
    (asked,) = drawn_by(monkeypatch, tmp_path, body)
    places = -min(int(Decimal(number).as_tuple().exponent), 0)
    assert asked.figure(Decimal(number), places) == words
    assert asked.whole is (type == "integer")


def test_a_currency_in_letters_stands_apart_and_people_print_by_name(tmp_path: Path, monkeypatch):
    board = "name: Example\ncurrency: EUR\npeople: [{id: pw, name: P Warrener}]\n"
    body = (
        "tables:\n  t:\n    caption: T\n    rows: [[pw, r, 5]]\n    columns:\n"
        "      - {key: p, label: P, type: person}\n"
        "      - {key: r, label: R, type: rag}\n      - {key: n, label: N, type: money}\n"
        "charts:\n  a: {table: t, kind: bar, x: p, y: [n], title: A}\n"
        "  b: {table: t, kind: bar, x: r, y: [n], title: B}\n"
    )
    first, second = drawn_by(monkeypatch, tmp_path, body, board=board)
    assert (first.labels, second.labels) == (("P Warrener",), ("Red",))
    assert first.series[0].words == ("EUR\N{NO-BREAK SPACE}5",)


def test_in_a_landscape_paper_a_chart_is_as_wide_as_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (asked,) = drawn_by(monkeypatch, tmp_path, TABLE + "landscape: true\n" + BODY[BODY.index("charts:") :])[:1]
    page = templates().house.page.turned()
    assert (asked.width, asked.height) == (page.text_width / 20, page.text_height * 0.7 / 20)


def test_an_appendix_that_is_a_paper_numbers_its_own_charts(tmp_path: Path):
    more = paper("appendices: [{id: a, title: More, paper: other}]\n")
    result = printed(tmp_path, paper=more, **{"other.yaml": paper(BODY + TABLE, title="Other")})
    assert captions(result) == ["Chart 1: Both years", "Chart 2: The change", "Chart 3: Month by month"]
    assert result.report.bookmark("p1a1pc1") == "1"


def test_a_pack_with_charts_has_the_same_bytes_each_time_and_is_valid(grants: Printed, tmp_path: Path):
    again = rendered(grants.numbered)
    assert again.pack.parts == grants.pack.parts
    file = tmp_path / "pack.docx"
    from boardpack import render

    file.write_bytes(render.render(grants.numbered, templates()).pack.write(grants.pages))
    assert ooxml.errors([file]) == []


# --- What is found -------------------------------------------------------------------------------------------

PLACED = 'sections: [{text: "[](table:grants)\\n\\n[](chart:c)"}]\n'
CHART = {"table": "grants", "kind": "bar", "x": "csp", "y": "[now]", "title": "C", "alt": "A"}


def found(folder: Path, *, body: str = PLACED + TABLE, **changed: str | None) -> list[tuple[str, str, str]]:
    keys = {key: word for key, word in {**CHART, **changed}.items() if word is not None}
    line = "charts: {c: {" + ", ".join(f"{key}: {word}" for key, word in keys.items()) + "}}\n"
    return [(each.code, each.message, each.help) for each in findings(write(folder, paper=PAPER + body + line))]


FAULTS = [
    ({"table": "grant"}, "unknown-reference", "there is no table `grant` in this paper", "did you mean `grants`?"),
    ({"table": "xy"}, "unknown-reference", "there is no table `xy` in this paper", "the paper's tables are `grants`"),
    ({"x": "cps"}, "unknown-column", "the table `grants` has no column `cps`", "did you mean `csp`?"),
    ({"y": "[now, noww]"}, "unknown-column", "the table `grants` has no column `noww`", "did you mean `now`?"),
    (
        {"y": "[due]"},
        "wrong-chart",
        "the column `due` is of the type `date`, which cannot be drawn",
        "give it the type `integer`, `number`, `money` or `percent`, or draw another column",
    ),
    (
        {"title": None},
        "missing-caption",
        "the chart `c` has no title",
        "write `title:` with what it shows, in a few words",
    ),
    (
        {"alt": None},
        "missing-alt",
        "the chart `c` has no alternative text, so that its bare figures stand in for it",
        "write `alt:` with what the chart says, in words",
    ),
    ({"y": "[now, now]"}, "wrong-value", "`now` stands twice in `y`", "keep one of the two"),
]


@pytest.mark.parametrize(("changed", "code", "message", "help"), FAULTS, ids=[each[1] for each in FAULTS])
def test_fault(tmp_path: Path, changed: dict[str, str | None], code: str, message: str, help: str):
    assert found(tmp_path, **changed) == [(code, message, help)]


def test_a_sound_chart_has_no_finding(tmp_path: Path):
    assert found(tmp_path / "a") == []
    assert found(tmp_path / "b", y="[was, now, diff]", kind="stacked") == []
    assert found(tmp_path / "c", x="due", y="[change]", kind="line") == []


def test_a_chart_that_no_text_places_is_found(tmp_path: Path):
    ((code, message, help),) = found(
        tmp_path,
        body='sections: [{text: "[](table:grants) see [](chart:c)."}]\n'.replace(
            "[](table:grants) see", "[](table:grants)\\n\\nSee"
        )
        + TABLE,
    )
    assert (code, message) == ("not-placed", "no text places the chart `c`, so that it prints at the end of the paper")
    assert help == "write `[](chart:c)` as a paragraph of its own where it belongs"


def test_a_paper_without_tables_is_told_to_add_one(tmp_path: Path):
    (told,) = found(tmp_path, body='sections: [{text: "[](chart:c)"}]\n')
    assert told[2] == "add the table that holds the figures"


def test_a_table_that_is_broken_has_its_own_finding_alone(tmp_path: Path):
    broken = PLACED + "tables: {grants: {caption: T, columns: [{label: A}], rows: [[1]]}}\n"
    assert [code for code, _, _ in found(tmp_path, body=broken)] == ["missing-key"]


def test_a_wrong_cell_is_not_called_empty_as_well(tmp_path: Path):
    assert [
        code
        for code, _, _ in found(
            tmp_path,
            body=PLACED + TABLE.replace("29100", '"29 1 oo"').replace("25000.50", '"2x"').replace("14550", '"1x"'),
        )
    ] == ["wrong-cell"] * 3


def test_ninety_bars_and_six_lines_can_still_be_made_out(tmp_path: Path):
    def many(rows: int, columns: int) -> str:
        keys = "".join(f"      - {{key: k{n}, label: K{n}, type: integer}}\n" for n in range(columns))
        lines = "".join(f"      - [R{row}, {', '.join(['1'] * columns)}]\n" for row in range(rows))
        head = "tables:\n  grants:\n    caption: T\n    columns:\n      - {key: csp, label: A}\n"
        return f"{PLACED}{head}{keys}    rows:\n{lines}"

    def codes(name: str, rows: int, columns: int, kind: str = "bar") -> list[str]:
        keys = f"[{', '.join(f'k{n}' for n in range(columns))}]"
        return [code for code, _, _ in found(tmp_path / name, body=many(rows, columns), y=keys, kind=kind)]

    assert codes("a", 45, 2) == codes("b", 45, 6, "stacked") == codes("c", 99, 6, "line") == []
    assert codes("d", 31, 3) == codes("e", 46, 1, "stacked") == codes("f", 2, 7, "line") == ["crowded-chart"]
