"""What a mirror puts around and between legal texts, told first by where it stands, then by these patterns.

Whatever lies outside every text is noise anyway; the patterns give the reason, and pick a mirror's lines out of a title
block or from between two articles.
"""

from __future__ import annotations

import re

NAVIGATION = "navigation"
PAGE_DATE = "page date and origin"
SHARING = "sharing and printing"
COPYRIGHT = "copyright"
CONTACT = "contact"
DOWNLOAD = "download"
ADVERTISEMENT = "advertisement"
BULLET = "list mark"
OUTSIDE = "outside every legal text"

_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (DOWNLOAD, re.compile(r"下载地址|点击此处|点击下载|文件下载|附件下载")),
    (
        SHARING,
        re.compile(
            r"分享到|分享至|扫一扫|打印本|打印此|【?(?:关闭窗口|打印|收藏)】?$|【字体|字体：|字号：|^-+$|微信|微博|二维码|阅读全文"
        ),
    ),
    (COPYRIGHT, re.compile(r"版权|ICP备|京公网安备|公网安备|侵犯您|免责声明|All Rights Reserved", re.IGNORECASE)),
    (
        PAGE_DATE,
        re.compile(
            r"(?:作者|时间|浏览|来源|点击数|阅读次数|发布日期|发布时间|发布部门|发布文号|责任编辑|更新时间|信息来源|索引号|关键字)\s*："
            r"|^[•·●▪*-]?\s*\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
        ),
    ),
    (
        NAVIGATION,
        re.compile(
            r"^(?:首页|更多|返回|上一篇|下一篇|相关新闻|相关链接|友情提示|栏目说明|参与流程|意见展示|注意事项|政府规章|征求意见)\s*$"
            r"|当前位置|您的位置|设为首页|收藏本站|热门站点|返回顶部|网站地图|请留下您的意见|友情链接"
        ),
    ),
    (CONTACT, re.compile(r"咨询|热线|电话：|传真：|^\d{3,4}-\d{7,8}$|联系我们|律师|地址：|留言")),
    (
        ADVERTISEMENT,
        re.compile(r"https?://|www\.|免费观看|在线观看|国产|一区二区|彩票|预测号码|棋牌|娱乐场|六合彩|十一选五"),
    ),
    (BULLET, re.compile(r"^[•·●▪\-—|\s]+$")),
)
_WITHIN = frozenset({DOWNLOAD, SHARING, COPYRIGHT, BULLET, PAGE_DATE})
_CERTAIN = re.compile(r"[。；]$")


def noise_reason(line: str) -> str | None:
    """Why a line (folded) is a mirror's and not a text's, or None where nothing tells."""
    for reason, pattern in _REASONS:
        if pattern.search(line):
            return reason
    return None


def interrupts(line: str) -> str | None:
    """The reason why a line inside a legal text is none of its words: short, no sentence, and unmistakable."""
    if len(line) > 80 or _CERTAIN.search(line):
        return None
    reason = noise_reason(line)
    return reason if reason in _WITHIN else None
