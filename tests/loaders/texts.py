"""Made-up regulations, written for these tests in the style of real ones, and what scrapes do to them."""

from __future__ import annotations

import re
import textwrap

NOTICE = """\
示例市人民政府关于印发示例市数据共享管理办法（试行）的通知

示府发〔2020〕8号

各县、区人民政府，市政府各部门：

现将《示例市数据共享管理办法（试行）》印发给你们，请遵照执行。

示例市人民政府

2020年3月2日
"""

RULES = """\
示例市数据共享管理办法（试行）

第一章 总则

第一条 为了方便群众办事，推动部门之间共享数据，根据《样本省数据条例》、《样本省电子政务办法》等规定，结合本市实际，制定本办法。

第二条 本办法适用于本市各部门之间共享数据的活动。

企业参照《示例市企业数据指引》执行。

第三条 数据主管部门履行下列职责：

（一）编制目录，包括：

1．基础目录；

2．主题目录。

（二）受理申请；

（三）其他有关工作。

前款第（二）项规定的申请，应当当日登记。

第二章 采集与提供

第一节 基础数据

第四条 水务部门负责下列用水户数据的采集与提供：

户名、户号、用水地址、用水性质。

第二节 其他数据

第五条 违反本办法第三条、第四条规定的，由市人民政府责令改正。

第三章 附则

第六条 本办法自2020年4月1日起施行，有效期3年。《示例市数据交换办法》同时废止。
"""

PAGE = f"""\
首页 | 设为首页 | 收藏本站

{NOTICE}

{RULES}

分享到：微信
版权声明：本站资料来自网络
"""

SECOND = """\
示例县档案开放规定

示例县人民政府

第一条 为了开放档案，制定本规定。

第二条 档案馆应当每年公布目录。

第三条 本规定自发布之日起施行。

2018年5月6日
"""

PROSE = """\
示例市召开数据工作会议

会议指出，各部门要按照办法第三十条的规定，加快共享数据。
第三十条规定的程序不得简化。
"""


def on_one_line(text: str) -> str:
    """Everything on one line, as some mirrors store it."""
    return " ".join(text.split())


def without_spaces(text: str) -> str:
    """第九条 and its words run together."""
    return re.sub(r"(第[一二三四五六七八九十]+条) ", r"\1", text)


def wrapped(text: str, width: int = 30) -> str:
    """Hard wraps at a fixed width, inside sentences, and no empty lines."""
    lines = [line for line in text.splitlines() if line]
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in lines) + "\n"


def half_width(text: str) -> str:
    """Half-width punctuation in Chinese text."""
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def letter_spaced(text: str) -> str:
    """第一章 总　则."""
    return text.replace("总则", "总 则").replace("附则", "附\u3000则")


def indented(text: str) -> str:
    """Two ideographic spaces before every paragraph."""
    return "\n".join(f"\u3000\u3000{line}" if line else line for line in text.splitlines()) + "\n"
