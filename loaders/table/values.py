"""Cell values: the words that sheets use for the closed vocabularies, and dates in the forms people write.

Every function answers None where the cell says something it does not know, so that the caller can report the place.
Words are those of the national catalogue guideline (发改高技〔2017〕1272号) and of real templates built on it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from catalog.text import fold
from catalog.value import Format, Frequency
from catalog.vocabulary import DemandStatus, FrequencyCode, Openness, ShareMode, ShareType, Term
from loaders.dates import DATE, read_date
from loaders.table.choices import readings
from loaders.table.frequencies import frequency_code, interval

T = TypeVar("T", bound=Term)
V = TypeVar("V")


def _words(vocabulary: type[T], more: Mapping[str, T]) -> dict[str, T]:
    return {fold(term.zh): term for term in vocabulary} | {fold(word): term for word, term in more.items()}


SHARE_TYPES = _words(
    ShareType,
    {
        "条件共享": ShareType.CONDITIONAL,
        "附条件共享": ShareType.CONDITIONAL,
        "有条件": ShareType.CONDITIONAL,
        "无条件": ShareType.UNCONDITIONAL,
        "不共享": ShareType.NOT_SHARED,
        "普遍共享": ShareType.UNCONDITIONAL,
        **dict.fromkeys(("受限共享", "授权共享", "依申请共享", "按需共享"), ShareType.CONDITIONAL),
        **dict.fromkeys(("不予", "非共享", "不可共享", "禁止共享", "暂不共享"), ShareType.NOT_SHARED),
    },
)
"""Bare numbers are left out on purpose: real systems number the share types in different ways."""

OPENNESS = _words(
    Openness,
    {
        "是": Openness.OPEN,
        "否": Openness.CLOSED,
        "开放": Openness.OPEN,
        "无条件开放": Openness.OPEN,
        "不开放": Openness.CLOSED,
        "条件开放": Openness.CONDITIONAL,
        **dict.fromkeys(("无条件", "可开放", "普遍开放", "完全开放", "公开", "主动公开"), Openness.OPEN),
        **dict.fromkeys(("有条件", "受限开放", "依申请开放", "依申请公开"), Openness.CONDITIONAL),
        **dict.fromkeys(
            ("不予", "不可开放", "非开放", "禁止开放", "暂不开放", "不向社会开放", "不公开", "不予公开"),
            Openness.CLOSED,
        ),
    },
)

FREQUENCIES = _words(
    FrequencyCode,
    {
        "每天": FrequencyCode.DAILY,
        "每星期": FrequencyCode.WEEKLY,
        "季度": FrequencyCode.QUARTERLY,
        "半年": FrequencyCode.SEMIANNUAL,
        "年": FrequencyCode.ANNUAL,
        "年度": FrequencyCode.ANNUAL,
        "不定期更新": FrequencyCode.IRREGULAR,
        "不定时": FrequencyCode.IRREGULAR,
        "按需": FrequencyCode.IRREGULAR,
    },
)

MODES = _words(
    ShareMode,
    {
        "共享平台方式": ShareMode.PLATFORM_EXCHANGE,
        "接口": ShareMode.SERVICE_INTERFACE,
        "文件": ShareMode.FILE_DOWNLOAD,
        "数据库": ShareMode.DATABASE_EXCHANGE,
        "库表": ShareMode.DATABASE_EXCHANGE,
        "电子邮件": ShareMode.EMAIL,
        "邮件或介质": ShareMode.PAPER_OR_MEDIUM,
        "拷盘": ShareMode.PAPER_OR_MEDIUM,
        "介质": ShareMode.PAPER_OR_MEDIUM,
        **dict.fromkeys(
            ("api", "api接口", "数据接口", "接口调用", "接口服务", "webservice"), ShareMode.SERVICE_INTERFACE
        ),
        **dict.fromkeys(("库表交换", "数据库表"), ShareMode.DATABASE_EXCHANGE),
        **dict.fromkeys(("文件交换", "批量文件"), ShareMode.FILE_DOWNLOAD),
        **dict.fromkeys(("平台", "前置机", "前置机交换"), ShareMode.PLATFORM_EXCHANGE),
        **dict.fromkeys(("光盘", "u盘", "拷贝", "纸质", "介质交换"), ShareMode.PAPER_OR_MEDIUM),
        "纸质报表": ShareMode.PAPER_OR_MEDIUM,
        "电子文档": ShareMode.PAPER_OR_MEDIUM,
    },
)

DEMAND_STATUSES = _words(
    DemandStatus,
    {
        "已获取": DemandStatus.PROVIDED,
        "未获取": DemandStatus.SUBMITTED,
        "未答复": DemandStatus.SUBMITTED,
        "待答复": DemandStatus.SUBMITTED,
        "已提出": DemandStatus.SUBMITTED,
        "同意": DemandStatus.REPLIED_YES,
        "同意共享": DemandStatus.REPLIED_YES,
        "已同意": DemandStatus.REPLIED_YES,
        "不予共享": DemandStatus.REPLIED_NO,
        "不同意": DemandStatus.REPLIED_NO,
        "拒绝": DemandStatus.REPLIED_NO,
        "已拒绝": DemandStatus.REPLIED_NO,
        "协商中": DemandStatus.NEGOTIATION,
        "已共享": DemandStatus.PROVIDED,
        "撤回": DemandStatus.WITHDRAWN,
        "是": DemandStatus.PROVIDED,
        "否": DemandStatus.SUBMITTED,
    },
)

FORMATS: Mapping[str, Format] = {
    fold(word): Format(code=code, label=label, media_type=media)
    for words, code, label, media in (
        (("csv",), "CSV", "CSV", "text/csv"),
        (("xls",), "XLS", "XLS", "application/vnd.ms-excel"),
        (
            ("xlsx", "电子表格", "excel", "excel表格"),
            "XLSX",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (("json",), "JSON", "JSON", "application/json"),
        (("xml",), "XML", "XML", "application/xml"),
        (("pdf",), "PDF", "PDF", "application/pdf"),
        (("html",), "HTML", "HTML", "text/html"),
        (("txt", "电子文件", "文本"), "TXT", "TXT", "text/plain"),
        (("doc",), "DOC", "DOC", "application/msword"),
        (
            ("docx", "word", "word文档"),
            "DOCX",
            "DOCX",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (("jpg", "jpeg", "图形图像"), "JPEG", "JPEG", "image/jpeg"),
        (("ofd",), "OFD", "OFD", "application/ofd"),
        (("ppt",), "PPT", "PPT", "application/vnd.ms-powerpoint"),
        (("gif",), "GIF", "GIF", "image/gif"),
        (("bmp",), "BMP", "BMP", "image/bmp"),
        (("png",), "PNG", "PNG", "image/png"),
        (("tif", "tiff"), "TIFF", "TIFF", "image/tiff"),
        (("zip",), "ZIP", "ZIP", "application/zip"),
        (
            (
                "数据库 mysql oracle sqlserver dm kingbasees access db2 dbase dbf sysbase sybase gbase hbase "
                "postgresql mdb octet 其他 wps et mpg rm swf 流媒体 自描述格式 表格驱动码 服务接口"
            ).split(),
            "OCTET",
            "数据库",
            None,
        ),
    )
    for word in words
}

_NOTHING = frozenset({"", "无", "-", "--", "—", "——", "/", "无条件", "不限"})
_SEPARATORS = re.compile(r"[,，、;；/|+\s]+|(?<=[\u4e00-\u9fff])[和及](?=[\u4e00-\u9fff])")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FIRST_SERIAL, LAST_SERIAL = 30_000, 60_000
"""The numbers that are taken for days since 1899-12-30 in a column of dates."""
_PRINTED = re.compile(DATE)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$|(\d{4})(\d{2})(\d{2})$")


def several(cell: str) -> list[str]:
    """The members of a cell that holds several, in order."""
    return [part for part in _SEPARATORS.split(cell.strip()) if part]


def term(cell: str, words: Mapping[str, V]) -> V | None:
    """What a word of a code list means; a number before the word (``02 有条件共享``, ``2-有条件共享``) and
    a note behind it are left off, and of boxes the one that is ticked counts (:func:`loaders.table.choices.readings`).

    A number alone means nothing: real systems number the same lists in different ways.
    """
    return next((words[key] for reading in readings(cell) if (key := fold(reading)) in words), None)


def nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing to say: empty, 无, a dash."""
    return fold(cell) in _NOTHING


@lru_cache(maxsize=4096)
def date(cell: str) -> dt.date | None:
    """``2023-04-10``, ``2023/4/1``, ``2023年4月1日``, ``二〇二三年四月十日``, ``20230410``; None for others and for
    impossible dates. A number such as ``45026`` is the serial number that spreadsheets keep (1982 to 2064);
    ``20203`` is none, as it rather is a month without its point.
    """
    plain = unicodedata.normalize("NFKC", cell).strip().removesuffix(".")
    if "年" in plain:
        plain = re.sub("[Oo]", "〇", re.sub("号$", "日", plain))
    if _SERIAL.fullmatch(plain) and FIRST_SERIAL <= float(plain) <= LAST_SERIAL:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(float(plain)))
    found = _DATE.match(plain)
    if found is None:
        return read_date(plain) if _PRINTED.fullmatch(plain) else None
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def frequency(cell: str) -> Frequency:
    """The update frequency with the cell's own word; OTHER where no code fits."""
    if (every := next(filter(None, (interval(fold(one)) for one in readings(cell))), None)) and every[0] > 1:
        return Frequency(code=FrequencyCode.OTHER, text=cell, amount=every[0], unit=every[1])
    code = term(cell, FREQUENCIES) or next(filter(None, (frequency_code(fold(one)) for one in readings(cell))), None)
    return Frequency(code=code or FrequencyCode.OTHER, text=cell)


def citations(cell: str) -> list[str]:
    """The texts and articles that a cell names, with semicolons or lines between them; none where it says 无."""
    if nothing(cell):
        return []
    return [part.strip() for part in re.split("[;；\n]", cell) if part.strip()]
