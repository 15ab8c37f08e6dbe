"""Regulation parsing: megabytes a second, and how the time grows. `python -m benchmarks.parsing [megabytes]`

The text is made of articles repeated: a field list, a procedure with clocks, plain duties. The peer is the same text
merely decoded and split into lines and articles by one regular expression: what any reader has to do at least.
"""

from __future__ import annotations

import asyncio
import re
import sys

from benchmarks.measure import in_turn, ratio, row
from loaders.load import File, load
from loaders.regulation.document import parse

ARTICLES = (
    "民政部门依照法定职责，负责下列{n}类登记信息的采集、核准与提供：\n\n"
    "姓名、公民身份号码、登记日期、登记机关、注销日期、注销原因（“迁出”或者“死亡”）。",
    "行政机关申请共享目录内信息的，应当在共享平台提交申请。信息提供部门应当自收到申请之日起8个工作日内予以答复。",
    "行政机关应当加强信息安全管理，不得泄露通过共享取得的信息。法律、法规另有规定的除外。",
)


def text(megabytes: float) -> str:
    """A regulation of about so many megabytes of UTF-8."""
    parts, size, number = ["示例市测速办法\n"], 0, 0
    while size < megabytes * 1e6:
        number += 1
        article = f"\n第{number}条 {ARTICLES[number % len(ARTICLES)].format(n=number)}\n"
        parts.append(article)
        size += len(article.encode())
    parts.append(f"\n第{number + 1}条 本办法自2020年1月1日起施行。\n")
    return "".join(parts)


async def main(megabytes: float) -> None:
    """Prints the table."""
    small, large = text(megabytes / 10), text(megabytes)
    split = re.compile(r"^第\d+条", re.M)

    async def least() -> object:
        return split.split(large.encode().decode())

    async def structure() -> object:
        return parse(large, "large.txt")

    async def whole_small() -> object:
        return load([File("small.txt", small.encode())])

    async def whole() -> object:
        return load([File("large.txt", large.encode())])

    jobs = {"split only": least, "structure": structure, "whole, a tenth": whole_small, "whole": whole}
    seconds = await in_turn(jobs, rounds=3, warm=0)
    size = len(large.encode()) / 1e6
    print(f"{size:.1f} MB of repeated articles{'':10}        min     median        max")
    for name, taken in seconds.items():
        megabytes_read = size / 10 if name.endswith("tenth") else size
        print(row(name, taken, f"{megabytes_read / sorted(taken)[len(taken) // 2]:.2f} MB/s"))
    grown = ratio(seconds["whole"], seconds["whole, a tenth"])
    print(f"ten times the text takes {grown:.1f} times as long (10 is linear)")


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 10))
