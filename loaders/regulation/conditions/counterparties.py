"""To whom a rule owes, asks or forbids something, and from whom: 向X报告, 报X备案, 告知X, 对X给予…, 与X协商, 从X获取.

One row for each way to say it. ``{PARTY}`` stands for words that must end as the name of a party does; what only looks
like one (向平台提供, 对信息进行核查) is left out. Names are the text's own words, in the order of the text.
"""

from __future__ import annotations

import re

from loaders.regulation.clauses import HEAD, NOT_AFTER, members

_ENDS = (
    rf"(?:{HEAD}|社会公众|社会|公众|第三方|第三人|他人|相对人|办事人|责任人员?|被[一-鿿]{2}人|负责人|当事人|(?<!或)者|群众|用户"
    "|国务院|(?<=[级省市县区本])政府|(?<=上缴)财政|(?<=[省市区])委)"
)
_HEADED = NOT_AFTER[:-1].replace("编制|", "编制(?=管理|委员会|机关)|")
_NO_NOUN = f"{_HEADED}|数据|电子|系统|平台|团|履行|业务|经费|使用的|提供的)"
_ONE = rf"[^，。；：、的向对（]{{0,24}}?{_ENDS}{_NO_NOUN}"
_LAST = rf"[^，。；：、的向对（]{{0,24}}?{_ENDS}{_NO_NOUN.replace('的|', '', 1)}"
_NEAR = rf"{_ONE}(?:（[^（）]{{1,16}}）)?(?:(?:、|和|与|及其(?![他它])|及|以及|或者?){_ONE})*"
"""A party that stands right here, with those joined to it."""

_OWNER = rf"{_LAST}(?:(?:、|和|与|及|以及|或者?){_LAST})*"
"""The same where 的 may follow: 接受登记机关的监督."""

_ANY = "[^，。；：向]{0,60}?"
"""Words up to the end of a party's name, which what is done must follow."""

_HOW = "(?:书面|口头|及时|主动|免费|无偿|统一|定期|如实|依法|重新|提前|直接|逐级|集中|实时|另行|擅自|自行|各自|联合)*"
_TOLD = (
    "提出|提交|递交|报送|报告|上报|填报|申报|汇报|通报|告知|反馈|提供|投诉|举报|申请|申诉|公开|公布|公示|发布|披露|移交"
    "|转让|转交|备案|报备|说明|征求|征集|收取|收集|共享|开放|送达|推送|汇聚|归集|出售|泄露|泄漏|反映|查询|咨询|登记|传播|交换"
    "|传输|提请|出示|开具|采购|购买|催告|通知|解释|承诺|授权|分配|收回|延期|追偿|请求|索取|调取|获取|作出|做出|回复|答复"
)
_DECIDED = "备案|备查|批准|审核|审定|审批|认定|同意|核准|审查|审议|裁定|决定|核实|确认|做出|作出|统一|协调|处理|后"

PATTERNS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "toward",
        rf"向(?P<toward>{_ANY}{_ENDS}){_HOW}(?={_TOLD}|(?:或者?|和|及|以及|并)向)",
        "单位应当向登记机关提交申请",
        ("登记机关",),
    ),
    (
        "sent",
        rf"(?:报请|报送|报经|报告|上报|提请|报|送)(?P<sent>[^，。；：、向]{{0,40}}?{_ENDS})(?:书面)?(?={_DECIDED})",
        "登记目录应当报数据主管部门备案",
        ("数据主管部门",),
    ),
    (
        "told",
        "(?:(?:告知|通知|报告|报送|抄送|抄告|通报|反馈|移交|转交|转送|送交|提请|责令|督促|指导|处罚|委托|约谈|提示|提醒|协助|配合"
        "|要求|征求|组织(?=有关|相关|供需|各|所属)|(?<![瞒漏谎迟举填申上通])报)[给报]?"
        "|(?:提供|共享|开放|推送|发送|发布|转让|反馈|移交|转交|交由|送交|分发|授权|告知|泄露|出售)(?:给予?|至|予|到))"
        rf"(?P<told>{_NEAR})",
        "登记机关应当将结果告知申请人",
        ("申请人",),
    ),
    (
        "given",
        rf"(?:给予|(?<![作认视成因])为|(?<![予供享交馈])给)(?P<given>{_NEAR})(?=[^，。；]{{0,24}}(?:处分|处罚|扶持|奖励|补助|表彰|提供|开展|办理|设置|配备|使用|查询|享有|$))",
        "登记机关应当为居民提供查询服务",
        ("居民",),
    ),
    (
        "upon",
        rf"对(?P<upon>{_ANY}{_ENDS})(?:依法|按照?规定|分别|每年|定期)*(?=给予|予以|处[以一二三四五六七八九十0-9]"
        "|责令|追究|实施|实行|进行(?:处罚|处理|处分|表彰|奖励|约谈|监督|检查|监测|指导|考核|评价|评估|培训|调查|审查))",
        "主管部门对直接责任人员依法给予处分",
        ("直接责任人员",),
    ),
    (
        "about",
        rf"对(?P<about>{_OWNER})(?=[^，。；]{{1,40}}(?:进行|给予|予以|实施|实行|开展)|的申请)",
        "主管部门每年对各单位共享情况进行评价",
        ("各单位",),
    ),
    (
        "case",
        rf"对(?P<case>[^，。；：向]{{0,40}}?{_ENDS})的?(?=，[^。；]{{0,40}}(?:给予|处[以一二三四五六七八九十0-9]|责令|通报))",
        "对拒绝登记的单位，主管部门给予通报批评",
        ("拒绝登记的单位",),
    ),
    (
        "with",
        rf"(?:与|和|(?<![会协共])同)(?P<with>{_NEAR})(?=之间|协商|签订|签署|对接|建立|会商|沟通|联系|核对|共同|约定|联合)",
        "使用单位应当与登记机关签订协议",
        ("登记机关",),
    ),
    (
        "from",
        rf"从(?P<from>{_NEAR})(?={_HOW}(?:获取|取得|获得|收集|采集|接收|调取|索取))",
        "单位可以从其他机关获取数据",
        ("其他机关",),
    ),
    (
        "under",
        rf"接受(?P<under>{_OWNER})(?=的?(?:监督|检查|指导|监测|考核|查询|询问|调查|委托|审查|评估))",
        "使用单位应当接受登记机关的监督",
        ("登记机关",),
    ),
)
"""Name, pattern, an example of its own, and the parties it names."""

_ALL = tuple(re.compile(pattern) for _, pattern, _, _ in PATTERNS)
_NEEDED = re.compile("[向报告知通抄馈交送给要责督指处委提协配约醒征织为对与和同从接]")
_PARTY = re.compile(
    rf"(?!.*{_ENDS}(?:的|[^，。；：、]{{0,12}}的[^，。；：、]{{0,30}})?(?:信息|数据|情况|工作|结果)$).*{_ENDS}$"
)
_SELF = re.compile("本(?:部门|单位|机关|系统|行业|企业|机构|公司|组织)$")
"""Oneself is no other party."""

_NAMELESS = frozenset("组织 部门 单位 机关 机构 人员 企业 个人组织 者 中心 负责人员岗位".split())


def counterparties(text: str, actor: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The parties that a rule's words (a reading) name beside its actor, in order, each once."""
    if not _NEEDED.search(text):
        return ()
    found: list[tuple[int, int, str]] = []
    for pattern in _ALL:
        for match in pattern.finditer(text):
            if match.lastgroup is None or not _PARTY.match(match[1]):
                continue
            if not any(low < match.end(1) and match.start(1) < high for low, high, _ in found):
                found.append((*match.span(1), match[1]))
    names = (name for _, _, words in sorted(found) for name in members(words))
    return tuple(dict.fromkeys(name for name in names if name not in (*actor, *_NAMELESS) and not _SELF.match(name)))
