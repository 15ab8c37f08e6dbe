"""The parts of a text that are no provisions: title, notice, number, issuer, date, signature, contents, annexes."""

from __future__ import annotations

import re

from loaders.dates import DATE

TITLE = "title"
TITLE_NOTE = "title note"
NUMBER = "number"
ISSUER = "issuer"
DATE_LINE = "date"
SIGNATURE = "signature"
ADDRESSEE = "addressee"
NOTICE_TITLE = "notice title"
NOTICE = "notice"
CONTENTS = "contents"
PRINTING = "printing"
END_MARK = "end mark"
ANNEX = "annex"

_KINDS = "条例|规定|办法|细则|规则|决定|规程|准则|制度|规范|标准|章程|通则|指引|方案|意见|目录|法|措施|要求|导则"
_TITLE = re.compile(rf"^《?(?:[^。；，：！？《》]|《[^《》]{{1,60}}》){{1,80}}(?:{_KINDS})》?(?:（[^（）]{{1,20}}）)*$")
_NUMBER = re.compile(
    r"[^\s。，；]{1,24}[〔\[【（（]\s*\d{4}\s*[〕\]】）]\s*第?\s*\d{1,5}\s*号"
    r"|(?:[^\s。，；]{2,40}令)?\s*(?:（?第?\s*[零〇○一二三四五六七八九十百\d]{1,6}\s*号）?)"
    r"|[^\s。，；：]{2,40}令"
)
_ISSUER = re.compile(
    r"[^\s。，；：]{0,30}(?:人民政府|人民政府办公[厅室]|委员会|办公[厅室]|国务院|人大常委会|[厅局部署院]|管理中心)(?:办公[厅室])?"
)
_DATE = re.compile(rf"[（(]?\s*(?:{DATE})\s*[）)]?")
_SIGNATURE = re.compile(
    r"(?:代)?(?:省长|市长|区长|县长|州长|主席|主任|总理|部长|局长|厅长|署长|行长)[：\s]*[一-鿿·]{2,8}(?:\s[一-鿿])?"
)
_NOTICE_TITLE = re.compile(
    r"关于.{2,120}的(?:通知|公告|决定|通告|批复|意见|函|命令|令)$|公开征求意见(?:的?通知|的?公告)?$"
)
_ADDRESSEE = re.compile(r"^[各市省县区].{2,200}：$")
_PRINTING = re.compile(rf"(?:{DATE})\s*印发$")
_END = re.compile(r"^[（(【]?(?:完|全文完|结束|正文结束)[）)】]?$")
_NOTE = re.compile(r"^（[^（）]{2,200}）$")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_ANNEX = re.compile(
    r"^附\s*(?:件|表|录|图|则表)?\s*[：\d一二三四五六七八九十]*[：.．、\s]|^附\s*(?:件|表|录|图)\s*\d*$"
)


def is_title(line: str) -> bool:
    """Whether a line could be the title of a legal text, by its form."""
    return bool(_TITLE.match(line)) and not _NOTICE_TITLE.search(line) and not _NUMBER.fullmatch(line)


def bare_title(line: str) -> str:
    """A title without white space, and without the 《》 around the whole of it."""
    text = squeezed(line)
    return text[1:-1] if text.startswith("《") and text.find("》") == len(text) - 1 else text


def is_annex(line: str) -> bool:
    """附件1：…: what follows belongs to the text and is no provision."""
    return bool(_ANNEX.match(line))


def closing_part(line: str) -> str | None:
    """The part that a line below the last article is, or None where it is not one of a legal text's."""
    if _DATE.fullmatch(line):
        return DATE_LINE
    if _PRINTING.search(line):
        return PRINTING
    if _END.match(line):
        return END_MARK
    if _ISSUER.fullmatch(line):
        return ISSUER
    if _SIGNATURE.fullmatch(line):
        return SIGNATURE
    return ANNEX if is_annex(line) else None


def opening_part(line: str, title: str) -> str:
    """The part that a line between the first line of a text and its first provision is."""
    if bare_title(line) == squeezed(title):
        return TITLE
    if _NOTE.match(line):
        return TITLE_NOTE
    if _NUMBER.fullmatch(line):
        return NUMBER
    if _DATE.fullmatch(line):
        return DATE_LINE
    if _SIGNATURE.fullmatch(line):
        return SIGNATURE
    if _NOTICE_TITLE.search(line):
        return NOTICE_TITLE
    if _ISSUER.fullmatch(line):
        return ISSUER
    if _ADDRESSEE.match(line):
        return ADDRESSEE
    return CONTENTS if _CONTENTS.match(line) else NOTICE


def squeezed(text: str) -> str:
    """The text without white space: how titles are compared."""
    return "".join(text.split())


def core(title: str) -> str:
    """A title without what stands in parentheses after it: what other mentions of the text are sure to hold."""
    return re.sub(r"(?:（[^（）]*）)+$", "", squeezed(title))
