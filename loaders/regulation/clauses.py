"""Sentences and clauses of a provision's own words, who acts in them and what is done, for clocks and conditions.

Everything here works on the *reading* (simplified, joined, full-width punctuation) with one compiled pattern per
question; only the way back to the source gives verbatim text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.identifiers import provision_id
from catalog.regulation import Regulation
from catalog.value import Citation, Place, Span
from catalog.vocabulary import ProvisionKind
from loaders.regulation.tree import Act, Node

SENTENCE = re.compile(r"(?:[^。；！？\n“]+|“[^”\n]{0,200}”|“)+[。；！？]?")
"""A sentence, its stop included; a quotation is never cut (“谁主管，谁负责；谁发布，谁负责”)."""

CLAUSE = re.compile(r"(?:[^，：“（]+|“[^”]{0,200}”|（[^（）]{0,100}）|[“（])+")
"""A clause of a sentence, without the comma; quotations and parentheses are never cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A provision's own words: ``text`` is the reading of what stands before its first child, without the label.

    ``introduction`` is the sentence with a colon that announces it (应当履行下列职责：), empty where there is none,
    ``before`` what stands before that sentence;
    ``listed`` marks a paragraph that is the announced list itself, printed without numbers.
    """

    node: Node
    article: Node | None
    introduction: str = ""
    before: str = ""
    listed: bool = False

    @property
    def text(self) -> str:
        return self.node.lead.text


def own_words(act: Act) -> Iterator[Words]:
    """The words of every article and of what is below it, in document order; headings are no rules."""
    for node in act.provisions:
        yield from _below(node, None, ("", ""))


_LONGEST = 600
"""So much of an introduction is looked at for each item: damaged texts have sentences without an end."""

_ANNOUNCES = re.compile("下列|以下(?!简称|统称)")


def _below(node: Node, article: Node | None, over: tuple[str, str]) -> Iterator[Words]:
    if node.kind is ProvisionKind.ARTICLE:
        article = node
    if article is not None and node.lead.text:
        yield Words(node=node, article=article, introduction=over[1], before=over[0])
        listed = any(child.kind is not ProvisionKind.PARAGRAPH for child in node.children)
        announces = listed and _ANNOUNCES.search(node.lead.text)
        said = node.lead.text[-_LONGEST:]
        over = _introduces(node.lead.text) or (
            ("", said) if announces else (said, "") if listed and said.endswith("。") else over
        )
    announced: tuple[str, str] | None = None
    for child in node.children:
        if child.kind is not ProvisionKind.PARAGRAPH:
            yield from _below(child, article, over)
            continue
        opens = _introduces(child.lead.text)
        if announced and not opens and not child.children:
            yield Words(node=child, article=article, introduction=announced[1], before=announced[0], listed=True)
            continue
        # What follows numbered items is a paragraph again; what follows a bare colon is the list that it announces.
        announced = opens if not child.children else None
        yield from _below(child, article, ("", ""))


def _introduces(text: str) -> tuple[str, str] | None:
    """What stands before the last sentence, and that sentence, if it ends with a colon."""
    text = text.rstrip()
    if not text.endswith("："):
        return None
    cut = max(text.rfind(mark, 0, -1) for mark in "。\n") + 1
    return text[max(0, cut - _LONGEST) : cut], text[cut:][-_LONGEST:]


# --- who --------------------------------------------------------------------------------------------------------------

HEAD = (
    "(?:机关|部门|机构|单位|办公厅(?:（室）)?|办公室|委员会|领导小组|工作委|中心|办事处"
    "|联合会|企业|公司|个人|公民|法人|自然人|当事人|权利人|利害关系人|投诉人|举报人|管委会|派出所|纪委监委|[监纪]委|检察院|法院"
    "|(?<=[一-鿿]{2})(?<![布格结当全])局(?![面限部域势长])|(?<=[一-鿿]{2})厅(?![长堂级局])|(?<=[一-鿿]{2})委(?![托员派会任属办])"
    "|(?<=[市县区信政])办(?![法理公事结学案])|(?<=[级市县区省])财政(?!部门|局|预算|资金|厅|保障|性|拨款|投资|收入|支出|和)|(?<=[息据场营任])主体(?![责资信数库题])|"
    "人员|申请人|受害人|双方|居民|公众|(?:其他|社会|非法人|授权的|权力的|职能的|职权的|(?<=[和、及]))组织|"
    "(?:人民|[市区省县级])政府(?![^，。；、和应不可负由按在对将向组]{1,6}(?:机构|部门|办公厅|办公室|委员会|局|厅))|银行|院校|学校|医院|协会|部（?委）?办|公安局)"
)
NOT_AFTER = (
    "(?!的|信息|职能|改革|管理(?:机构|部门|中心|人员)|办公|网站|负责人|责任人|所在|内部|间|目录"
    "|管辖|机关|部门|机构|单位|工作人员|"
    "门户|投资|或者?其|规定|文件|保存|会议|登记|名称|主管|服务|编制|派驻|公文|各(?!级|自)|及其他(?:机构|组织)信息|代码|数据|基础|名录)"
)
_JOINT = "(?:、|和|与|及其?|以及|或者?|会同)"
NP = (
    rf"[^，。；：对向将与从把按是]{{0,48}}?{HEAD}(?:（[^（）]{{1,16}}）)?{NOT_AFTER}"
    rf"(?:{_JOINT}[^，。；：对向将把按是]{{0,20}}?{HEAD}{NOT_AFTER})*"
)
_SUBJECT = re.compile(
    rf"(?:并|但|同时|其中|而|且|如|即|凡|欢迎|否则)?(?!并|会同|书面|或?告知|由|对|向|在|经"
    rf"|除|因|按|依|根据|从|将|与|违反|报(?![社业纸])|每(?:半?年|季|月|周|日)|次年|未|为|通过|属于|自(?!然)|于|以|不|给|协同|报送|确定|指定|没有|逾期|严禁|禁止|立即|及时|当场|尽快|必须)({NP})"
)
_BY = re.compile(rf"(?:(?<![自理事经])由|^要有)({NP})")
_ENTRUSTED = re.compile(rf"(?:指定|委托)({NP})(?=负责|承担|对)")
_NOBODY = re.compile("(?:信息|数据|资源)供|涉及|列入|纳入|包括|用于|追究|作为|属于|视为|还有")
_LEVEL = "(?:各|本)?(?:省|市|区|县|旗|乡镇|乡|镇|街道|地区|市县|设区的市)(?:（[^（）]{1,10}）)?"
_PLACES = re.compile(
    f"({_LEVEL}(?:(?:、|和|或者?){_LEVEL})*)(?=可以|应当|应|须|必须|参照|不得|不再|建立|负责|统筹|设立|按照|要)"
)
_ASIDE = re.compile("（以下[^（）]*）")
_MODAL = re.compile(
    "应当|必须|(?<![供相适响对反效])应(?![急用答付])|不得|可以|有权(?!颁发)|须|(?<![需主重只必])要(?!求)|是指|负责(?!人)"
)
_BETWEEN = re.compile(
    "，|(?:(?<=机关|部门|机构|单位|政府|组织|个人|人员|企业|公民|法人|学校|院校|医院)|(?<=协会|公司|中心)|(?<=[局厅])|(?<=[然诉报权系事办请害]人)|(?<=委员会|办公厅"
    "|办事处|联合会)|(?<=委员会）))(?:、|和|与|以及|及其(?![他它])|及|或者?|会同)(?!组织$)|(?<=[局厅委办院会心])会同"
)


@lru_cache(maxsize=4096)  # a clause is asked about as the rule's own and as the next one's forerunner
def agent(text: str) -> str:
    """The words for who acts in (the beginning of) a clause, empty where it names nobody: 由X…, else its subject."""
    if "以下" in text:
        text = _ASIDE.sub("", text)
    if match := _ENTRUSTED.search(text) or _BY.search(text):
        return match[1]
    if match := _PLACES.match(text):
        return match[1]
    cut = _MODAL.search(text)
    match = _SUBJECT.match(text, 0, cut.start()) if cut else _SUBJECT.match(text)
    return match[1] if match and not _NOBODY.search(match[1]) else ""


def is_actor(clause: str) -> bool:
    """Whether a clause names somebody and says nothing more: 县、区政府，政府各部门，…应当."""
    return _SUBJECT.fullmatch(clause) is not None


def introducer(words: Words) -> str:
    """Who acts in a list: the subject of the sentence that announces it, else of one before."""
    sentences = [match[0] for match in SENTENCE.finditer(words.before)]
    told = (words.introduction, *reversed(sentences))
    if who := next((who for said in told if (who := agent(said))), ""):
        return who
    clauses = (clause[0] for said in told for clause in CLAUSE.finditer(said))
    return next((who for clause in clauses if (who := agent(clause))), "")


def members(actor: str) -> tuple[str, ...]:
    """An actor's members, where the words before a connector are whole: 市、区主管部门和其他机关 has two."""
    return tuple(name for name in _BETWEEN.split(actor) if name) if actor else ()


# --- what -------------------------------------------------------------------------------------------------------------

_VERBS = (
    "答复 (?<!可能)提供 核查 核对 核实 校核 核准 查核 更正 更新 改正 整改 修改 修订 修正 公开 公布 "
    "公示 发布 告知 通知 通报 转交 转送 移交 提交 "
    "报送 报告 上报 反馈 备案 登记(?!信息|日期|机关|表) 办理 补办 处理 审核 审查 审定 "
    "审批 审议 批准 认定 汇总 检查 评估 评价(?!指标|结果) 考核 监督 监测 协商 会审 裁定 "
    "协调 指导 申请 投诉 举报 备份 采集 收集 (?<!目录)编制(?!管理|委员|办公室|等) 制定 "
    "建立(?!健全的) 建设 新建 维护 管理 保管 "
    "调整 收取 转让 泄露 泄漏 篡改 (?<!不可)更改 使用 利用 遵守 "
    "遵循 保障 确保 保证 保守 侵犯 指定 确定 配备 安排 (?<!其他)(?<!社会)组织 承担 接受 追究 处罚 给予 "
    "列入 纳入 延长 加盖 提请 对接 开发(?!利用|区|商) 解决 制作 抄送 符合 整理 避免 上缴 "
    "提出(?=$|[，。；]|[^，。；]{0,20}(?:需求|意见|方案|建议|计划|异议)) "
    "安装 培训 聘任 采用 推广 编目 归档 标明 "
    "注明 签订 接入 获取 取得 完成 开展 获得 享有 参照 适用 施行 执行 实行 受理 验收 "
    "生产(?!用能|耗能) 销售 建成 上岗 说明(?!书) 澄清 回复 回应 送达 "
    "缴纳 支付 退还 撤销 注销 变更 停止 删除 销毁 恢复 加强 贯彻 推行 推进 鼓励 支持 "
    "拒绝 倡导 共享(?=$|[，。；、]|利用|给) 同意 作为 明确 "
    "解释 复查 复核 补正 落实 履行 "
    "视为 收缴 没收 吊销 拆除 侵入 干扰 窃取 汇聚 归集 瞒报 漏报 迟报 谎报 推送 披露 出售 "
    "倒卖 脱敏 比对 校验 填报 申报 "
    "拟订 拟定 启动 开通 上线 载明 列明 包含 超出 侵害 留存 处置 "
    "委派 设立 设置 授权(?!范围|管理) 承办 审计 会商 评议 评定 更换 补充 完善 优化 畅通 "
    "附加 伪造 填写 约谈 问责 听取 征求(?!意见稿) 开放(?!平台|目录|数据|类) 坚持 督促 督办 论证 起草 明示 公告(?!栏) "
    "牵头 统筹 配合 协助 要求 召开 举行 演练 清理 排查 盘点 抽查 响应 采取 超过 罚款 "
    "包括 负责 实现 进行 涉及 考评 取消 暂停 保存 报(?!送|告|表|名|刊|纸|社)"
).split()
_VERB = (
    f"(?:{'|'.join(_VERBS)})(?!的|人(?!员)|机关(?!政务|文书)|部门|机构|者|单位|方(?!式)|后|时限|类"
    f"|(?<=公开|开放|共享|采购|受理|监管|登记)总?目录"
    f"|(?<=公开|开放|共享|管理|服务|监测|举报|投诉|审批|采购|交换|办理)平台|工作(?!人)|规定|条件|情况|程序|资金|经费)"
)
_ASKS = re.compile(
    "^(?:及时|书面|主动|依法|以书面形式|通过[^，。；向]{1,24})*(?:向[^，。；]{1,40}?)?提出[^，。；、]{0,8}?(申请)(?!人|表|书|材料)"
)
_LIGHT = re.compile(rf"(?:进行|予以|给予|作出|做出|加以|办理|实行)[^，。；、]{{0,8}}?({_VERB})")
_ADVERBS = re.compile(
    "^(?:一次性|书面|及时|主动|依法|定期|如实|统一|免费|当场|立即|适时|逐步|自行|直接|优先|严格|按时|按期)+"
)
_WEAK = frozenset("进行 予以 给予 作出 做出 加以 实行 采取 采用 组织 负责".split())
"""Verbs that leave it to another one to say what is done."""

VERB = re.compile(_VERB)
_MAIN = re.compile(rf"(?<!所)((?:(?<!其他)组织|联合)?{_VERB})")
_ORDERS = "责令"
_CHARGE = re.compile(rf"(?:的|信息)(?:日常|具体|安全|统一|技术|监督)?({_VERB})")
_FRAME = re.compile(
    "^(?:(?:自|在|于)[^，。；]{1,40}?(?:[日月年时]内|后(?!续|勤)|时(?!间|限|效)|中(?![心央国共介小])|内(?!部|容)"
    "|上(?![一级述报传市款缴])|前(?![款述条项置期端]))|[0-9一二三四五六七八九十]{1,4}个?(?:工作日|自然日|日|小时|天|月)内"
    "|(?:严格)?(?:根据|按照|依照|依据)[^，。；]{1,30}?(?:规定|要求|原则|需要|程序|职责|职能|意见|规范|标准|规则|指南|方案|约定|目录)"
    f"(?:，|(?={_VERB}))"
    "|(?:严格)?(?:根据|按照|依照|依据)[^，。；]{1,30}(?:，|规定|要求|原则|需要|程序|职责|职能|意见)|参照[^，。；]{1,40}，)"
)
"""When, where and by what a thing is done, before the words that tell what is done."""

_QUOTED = re.compile("《[^《》]*》|“[^“”]*”")
_TOGETHER = re.compile("(?:组织)?[^，。；]{0,12}?双方(协商|会商)")
_MOVED = re.compile("[将把]")
_REST = re.compile("(?:应当|应|须|必须|可以|不得|并|将|对|予以|进行|及时|定期|由|的|[内前后])*([^，。；：、\n]{1,12})")


@lru_cache(maxsize=2048)
def verb_of(text: str) -> str:
    """The main verb of a clause's rest, empty where none is known.

    予以答复 is 答复, 将申请转交 is 转交, 责令立即改正 is 责令改正.
    """
    text = _FRAME.sub("", _FRAME.sub("", text))
    if "《" in text or "“" in text:
        text = _QUOTED.sub("《》", text)
    if "后方可" in text:
        text = text[: text.index("后方可")]  # 经…审查后方可公开: the review is what is due
    if together := _TOGETHER.match(text) or _ASKS.match(text):
        return together[1]
    text = _ADVERBS.sub("", text.removeprefix("负责") if len(text) > 4 else text)
    match = _LIGHT.search(text)
    main = _MAIN.search(text)
    if 0 <= text.find(_ORDERS) < (main.start() if main else len(text)):
        return f"{_ORDERS}{main[1] if main else ''}"  # 责令改正: who is ordered corrects, not who orders
    first = main and not main.start() and main[1] not in _WEAK  # 拒绝…或者要求办理…: the first verb is what is done
    if match is None or (main and (first or (main[1] not in _WEAK and "，" in text[main.start() : match.start()]))):
        match = main
    if match is None:
        return ""
    if match.re is _MAIN and (moved := _MOVED.search(text, 0, match.start())):
        comma = text.find("，", moved.start())
        return [*_MAIN.finditer(text, moved.start(), comma if comma > match.start() else len(text))][-1][1]
    return match[1]


def charge_of(text: str) -> str:
    """What somebody is in charge of (after 负责): 统筹…, …的采集、核准与提供 is 采集."""
    match = _MAIN.match(text) or _CHARGE.search(text)
    return match[1] if match else verb_of(text)


def deed(text: str) -> str:
    """What is done: the main verb, else the first words; empty for no words."""
    if verb := verb_of(text):
        return verb
    rest = _REST.match(text)
    return rest[1] if rest else ""


def said_after(text: str) -> str:
    """The words of a deed after what frames it (in time, place or ground), where they are few enough to be one."""
    rest = _FRAME.sub("", _FRAME.sub("", text))
    return rest if 1 < len(rest.partition("，")[0]) <= 24 else ""


_BREAK = re.compile("\n")


# --- where ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What every record of one act shares: its text, the source it was read from and the source's characters."""

    regulation: Regulation
    source_id: str
    path: str
    source: str
    first_line: int
    breaks: tuple[int, ...]

    @classmethod
    def of(cls, act: Act, regulation: Regulation, source_id: str, path: str, source: str) -> Origin:
        """The line breaks of the act are looked up once, so that a span's line costs a bisection."""
        breaks = tuple(match.start() for match in _BREAK.finditer(source, act.start, act.end))
        anchor = act.provisions[0] if act.provisions else None
        before = bisect_left(breaks, anchor.start) if anchor else 0
        first = anchor.line - before if anchor else 1
        return cls(
            regulation=regulation, source_id=source_id, path=path, source=source, first_line=first, breaks=breaks
        )

    def at(self, start: int, end: int) -> Span:
        """The span of ``source[start:end]``, in the act."""
        return Span(start=start, end=end, line=self.first_line + bisect_left(self.breaks, start))

    def verbatim(self, span: Span) -> str:
        return self.source[span.start : span.end]

    def place(self, span: Span) -> Place:
        return Place(source=self.path, line=span.line, span=span)

    def provision(self, node: Node) -> str:
        return provision_id(self.regulation.id, node.path)

    def cite(self, node: Node, article: Node | None) -> Citation:
        """The article's label as printed (第三十五条) with the identifier of the narrowest provision."""
        named = article or node
        printed = bool(named.label) and named.reading.text.startswith(named.label)
        first, last = named.reading.span(0, len(named.label)) if printed else (0, 0)
        text = self.source[first:last] if printed else named.label
        return Citation(text=text, provision=self.provision(node), regulation=self.regulation.id)
