"""The same text through every kind of scrape gives the same tree, and no character is lost."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from catalog.regulation import Provision, Regulation
from loaders.regulation.document import parse
from loaders.regulation.records import records
from tests.loaders import texts
from tests.loaders.regulation.coverage import assert_lossless, outline

SCRAPES: dict[str, Callable[[str], str]] = {
    "one line": texts.on_one_line,
    "no space after 第九条": texts.without_spaces,
    "one line, no space after 第九条": lambda text: texts.on_one_line(texts.without_spaces(text)),
    "wrapped at 30": texts.wrapped,
    "wrapped at 20": lambda text: texts.wrapped(text, 20),
    "half-width punctuation": texts.half_width,
    "letter-spaced headings": texts.letter_spaced,
    "indented": texts.indented,
    "traditional": OpenCC("s2t").convert,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "three blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
}


@pytest.mark.parametrize("scrape", SCRAPES.values(), ids=SCRAPES)
@pytest.mark.parametrize("text", [texts.PAGE, texts.RULES], ids=["page", "rules"])
def test_the_tree_does_not_depend_on_the_scrape(text: str, scrape: Callable[[str], str]):
    assert outline(assert_lossless(scrape(text))) == outline(assert_lossless(text))


@pytest.mark.parametrize("scrape", SCRAPES.values(), ids=SCRAPES)
def test_the_graph_does_not_depend_on_the_scrape(scrape: Callable[[str], str]):
    def facts(text: str) -> list[object]:
        made, _ = records(parse(text, "x")[0], "source/x")
        found: list[object] = []
        for record in made:
            if isinstance(record, Provision):
                found.append((record.id, record.parent, record.position, record.label, record.reading))
            elif isinstance(record, Regulation):
                found.append((record.id, record.title, record.effective, record.expires, record.promulgated))
                found.append((record.short_title, record.regulation_kind, record.number, record.issuers, record.trial))
            else:
                found.append(record)
        return found

    assert facts(scrape(texts.PAGE)) == facts(texts.PAGE)


def test_the_outline_of_the_made_up_rules():
    (act,) = assert_lossless(texts.PAGE).acts
    assert [node.path for node in act.walk()] == (
        "c1 a1 a2 a2p1 a2p2 a3 a3p1 a3p1i1 a3p1i1u1 a3p1i1u2 a3p1i2 a3p1i3 a3p2 c2 c2s1 a4 a4p1 a4p2 c2s2 a5 c3 a6".split()
    )


def test_two_texts_on_one_page():
    document = assert_lossless(texts.PAGE + texts.SECOND)
    assert [(act.title, len(list(act.walk()))) for act in document.acts] == [
        ("示例市数据共享管理办法（试行）", 22),
        ("示例县档案开放规定", 3),
    ]


def test_a_mention_begins_no_article():
    source = texts.RULES.replace("由市人民政府责令改正。", "依照\n第三条规定的程序处理。第六条规定的情形除外。")
    paths = [node.path for node in assert_lossless(source).acts[0].walk() if node.label.endswith("条")]
    assert paths == ["a1", "a2", "a3", "a4", "a5", "a6"]


def test_a_table_of_contents_is_no_chapter():
    contents = "目 录\n第一章 总则\n第二章 采集与提供\n第三章 附则\n\n第一章 总则"
    document = assert_lossless(texts.RULES.replace("第一章 总则", contents, 1))
    assert outline(document) == outline(assert_lossless(texts.RULES))
    assert [part.reason for part in document.acts[0].front].count("contents") == 4


@pytest.mark.parametrize(
    ("old", "new", "codes", "ordinals"),
    [
        ("第四条 水", "   条 水", {"ARTICLE_NUMBER_LOST"}, [1, 2, 3, 4, 5, 6]),
        ("第一条 为", "   条 为", {"ARTICLE_NUMBER_LOST"}, [1, 2, 3, 4, 5, 6]),
        ("第四条 水", "第三条 水", {"ARTICLE_DOUBLED", "ARTICLE_MISSING"}, [1, 2, 3, 3, 5, 6]),
        ("第六条 本", "第八条 本", {"ARTICLE_MISSING"}, [1, 2, 3, 4, 5, 8]),
        ("第二条 本", "第五条 本", {"ARTICLE_MISSING", "ARTICLE_OUT_OF_ORDER", "ARTICLE_DOUBLED"}, [1, 5, 3, 4, 5, 6]),
        ("第三章", "第五章", {"HEADING_OUT_OF_ORDER"}, [1, 2, 3, 4, 5, 6]),
        ("（三）", "（五）", {"ITEM_OUT_OF_ORDER"}, [1, 2, 3, 4, 5, 6]),
        ("部门负责下列", "部门 负责、、下列", {"LOST_CHARACTERS", "DOUBLED_PUNCTUATION"}, [1, 2, 3, 4, 5, 6]),
        ("2020年4月1日", "2020年4月31日", {"IMPOSSIBLE_DATE"}, [1, 2, 3, 4, 5, 6]),
        ("2020年4月1日", "2020年1月1日", {"EFFECTIVE_BEFORE_ISSUED"}, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_damage_is_reported_and_the_text_kept(old: str, new: str, codes: set[str], ordinals: list[int]):
    source = texts.PAGE.replace(old, new, 1)
    document = assert_lossless(source)
    _, issues = parse(source, "damaged.txt")
    assert {issue.code for issue in issues} - {"PLACE_UNKNOWN"} == codes
    assert [
        node.ordinal for node in document.acts[0].walk() if node.path.startswith("a") and node.label.endswith("条")
    ] == ordinals
    for issue in issues:
        assert issue.suggestion
        assert issue.place
        assert issue.place.span
        assert issue.place.source == "damaged.txt"
        assert issue.place.line == issue.place.span.line
        assert issue.regulation


@pytest.mark.parametrize(
    ("source", "code"), [(texts.PROSE, "NO_ARTICLES"), ("", "EMPTY_SOURCE"), (" \n", "EMPTY_SOURCE")]
)
def test_what_is_no_regulation(source: str, code: str):
    document, issues = parse(source, "news.txt")
    assert not document.acts
    assert [issue.code for issue in issues] == [code]
    assert_lossless(source)


ATOMS = st.sampled_from(
    [
        *"第一条 第二条 第三条 第三章 第一章 第一节 第二编 （一） (二) （三） 1. 2、 ① ② 一、 。 ； ： ， 、 《 》 ( ) 为了 根据《甲法》 本办法 规定 "
        "自2020年1月1日起施行 有效期5年 2020年2月30日 的 示例市数据办法 关于印发 的通知 条 附件1： 分享到 目录 第三条之一 广州市 abc 〔2020〕8号 令 市长".split(),
        " ",
        "\n",
        "\n\n",
        "\u3000",
        "\u200b",
        "\ufeff",
        "\x00",
        "\r",
        "�",
        "𝄫",
        "囉",
        "\n   条 ",
    ]
)


@settings(max_examples=300)
@given(st.lists(ATOMS, max_size=60).map("".join))
def test_no_arrangement_of_marks_breaks_a_promise(source: str):
    assert_lossless(source)


@given(st.text(max_size=200))
def test_no_text_breaks_a_promise(source: str):
    assert_lossless(source)
