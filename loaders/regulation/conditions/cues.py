"""The words that make a sentence a rule, and the split of a sentence into its rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from catalog.vocabulary import ConditionKind
from loaders.regulation.clauses import CLAUSE, VERB, agent, is_actor

_NOUN = (
    "(?:其他)?(?:事项|情形|政府信息|政务信息|共享政府信息|信息资源|信息|数据|内容|范围"
    "|条件|职责|期限|行为|材料|申请)(?:、办事信息)?"
)
_QUALIFIES = (
    rf"(?!(?!(?:提供|告知|报送|提交)[^的])[^，。；：对本其各在按依]{{1,6}}的{_NOUN}"
    r"|(?!通过)[^，。；：]{1,12}的(?:方式|途径))"
)
"""Not where the word only qualifies a noun: 应当公开的其他政府信息."""

_NOMINAL = re.compile(rf"的{_NOUN}$")

CUES: tuple[tuple[ConditionKind, str, str], ...] = (
    (
        ConditionKind.DEFINITION,
        r"是指|(?<=本(?:办法|规定|细则|条例|规则|制度|规范|方案))适用于|(?<=本实施(?:细则|办法|方案))适用于"
        r"|期限为(?=[0-9一二三四五六七八九十])|，指|所称[^，。；]{1,30}?是(?![否])|分为|(?<=[门位业者户的])为(?=[^，。；下以]{2,14}(?:部门|单位|企业|用户|机构)(?:$|[，。；]))|具有同等",
        "本办法所称登记机关，是指受理登记的单位。",
    ),
    (
        ConditionKind.PROHIBITION,
        r"不得(?!已|超过|低于)|不得超过(?=[^，。；0-9]*平均)|禁止|严禁|不允许|不准(?!确)|(?<!是否)(?<!是否暂时)免[予于]公开(?!的"
        r"|范围)|不能(?:提供给|用于)|不再(?=[^，。；]{0,6}(?:重复采集|采集|受理|建设|处理|提供|公开|保留))|不收取(?=[^，。；]{0,8}费)|不收费|不受理(?!机关)"
        r"|不予(?:验收|受理|批准)",
        "任何人不得更改登记数据。",
    ),
    (
        ConditionKind.PERMISSION,
        r"可以|有权(?!颁发|的)|(?<![许认不方供宁])可(?=在|向|以|依|根据|通过|申请|采[取用]|参照|提出|直接|书面)|鼓励",
        "单位可以向登记机关查询。",
    ),
    (
        ConditionKind.DUTY,
        r"(?:(?<=，)|^)(?:并|应|分别)?由(?=[^，。；：]{2,48}(?:机关|部门|机构|单位|政府|委员会"
        r"|办公厅|中心|组织))|(?<=标准|费用)由(?=[^，。；]{2,30}(?:部门|机关|单位))|(?:全部|一律)(?=上缴)|应当|(?<![供相适响对反效])应(?![急用答付聘]|当)|必须|(?<![必无])须(?!知)"
        r"|(?<!谁)负责(?!人|[的，]|解决)|(?<![谁])只能|有义务"
        r"|(?<![只需重主必不])要(?=严格|一次性|告知|书面|说明|按|向|加强|做好|将|定期|主动|认真|切实|进一步|经|有|充分|保证|限期|配备|确定|不断|及时|建立|在|保)"
        r"|(?<!无)需(?=指定|经|报|提交|要经)",
        "登记机关应当核对数据。",
    ),
)
"""Kind, pattern and an example of its own: the words of deontic logic as drafters print them."""

_QUALIFYING = (ConditionKind.PERMISSION, ConditionKind.DUTY)
_ALL = "|".join(
    f"(?P<{kind.value}>(?:{pattern}){f'(?:(?<=由)|{_QUALIFIES})' if kind in _QUALIFYING else ''})"
    for kind, pattern, _ in CUES
)
_CUE = re.compile(f"(?=[是，所分为具不禁严免可有鼓由并应必须负只要需全一适])(?:{_ALL})")
"""All words of rule at once; the look ahead at their first letters makes a search four times as fast."""

PLAIN = re.compile(
    r"每(?:年|季度|月|日|半年|周)|为(?:下列|以下)[^，。；]{2,40}的[^，。；]{0,8}(?:部门|单位|机关)|最长不得?超过|试行期|起[^，。；]{0,12}(?:施行|实施|生效)|"
    r"公开(?=下列|以下)|履行(?=下列|以下)|另行制定|实现|是[^，。；]{2,40}(?:主管部门|领导机构|责任主体)|"
    r"以[^，。；]{1,10}为(?:原则|例外)|遵循|由[^，。；]{2,30}(?:负责|组织|建设|制定|编制|承担|办理|安排|解释|审核|保管"
    r"|协调|汇总|审定|确定|协商|解决|更正|给予|责令|处理|共享|获取|统一)|实行|纳入|列入"
    r"|给予|予以|(?:参照|依照|按照)[^。；]{1,40}(?:执行|办理|解决|来?确定)"
    r"|适用本|起施行|起实施|之日施行|有效期|从其规定|统筹|会同|[日月年]内|(?:组织|制定(?!本)"
    r"|编制|建立|建设|采取|加强|维护|汇总|公布|承担|协助|提供|保障|根据|报送)[^，。；]{2,}"
    r"|处[^，。；]{1,12}罚款|处罚|追究|无偿|坚持|同级?[^，。；]{0,4}备案|包括(?:下列|以下)内容"
    r"|(?:目录|资源|数据库)包括|严格遵守|用于规范|优先|监督|视为|收缴|作为[^，。；]{1,60}依据"
    r"|对[^，。；]{2,60}进行|约谈|提交|上报|通报|拟订|牵头(?!单位|部门)|配合|不予|保存|取消|以本[^，。；]{1,8}为准"
)
"""Words of duty in sentences that state it plainly (统筹建设…, 由…处理), where no other word of rule stands."""

_ABBREVIATES = re.compile(r"([^，。；：、（）]{0,60})（(?:以下|下)(?:简称|统称|称)[^（）]{1,40}）")
_LEADS_ON = re.compile(
    r"^(?:对(?!所)|如|因|经(?!济)|凡|除|属于|未|违反|按(?!规)|依|根据|在[^，]*[中时前后]$"
    r"|逾期|情节|构成|尚不|需要)|(?:的|时|后|前|外|之日起)$"
)
_EXCEPTION = re.compile(
    r"(?:[^，。；（]{0,30}另有[^，。；]{0,6}规定的?(?:除外|，(?:依照|从|按照|适用)其?规定[^，。；]*|从其规定|外)?"
    r"|(?<![解消拆免清扣删排])除(?!外)[^，。；]{1,60}?(?:之外|以外|外)(?=[，。；]|$)|但?[^，。；]{1,60}的?除外"
    r"|(?<![解消拆免清扣删排])除(?!外)[^，。；]{2,40}?的(?=应予?|均|一律|全部|都))"
)
_ONLY_EXCEPTION = re.compile(
    r"^[^，。；]{0,30}(?:另有[^，。；]{0,6}|有特[殊别])规定的?(?:除外|，?(?:依照|从|按照|适用)其?规定[^，。；]*)[。；]?$"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One rule of a sentence: ``text[start:end]`` of the sentence, its word of rule, and what leads on to it.

    ``cue`` and ``after`` are where the word begins and ends in the sentence, ``offset`` where it begins in its own
    ``clause``; ``trigger`` are the clauses before that one, ``joint`` those of them that only name who acts with it.
    """

    kind: ConditionKind
    start: int
    end: int
    cue: int
    after: int
    offset: int
    clause: str
    trigger: str
    earlier: str
    joint: str


@lru_cache(maxsize=2048)
def units(sentence: str) -> tuple[Unit, ...]:
    """The rules of a sentence, one for each clause with a word of rule; empty where none has one."""
    cues = list(_CUE.finditer(sentence))
    if not cues:
        return ()
    clauses = [match.span() for match in CLAUSE.finditer(sentence)]
    heads: dict[int, re.Match[str]] = {}
    at = 0
    count: Counter[int] = Counter()
    for cue in cues:
        while at + 1 < len(clauses) and clauses[at + 1][0] <= cue.start():
            at += 1
        low, high = clauses[at]
        count[at] += 1
        case = sentence[low] == "除" or sentence.endswith(("的", "的外"), low, high)
        if cue.lastgroup != "DEFINITION" and case and at + 1 < len(clauses):
            continue  # 决定应当共享的，…: a case, not a rule
        if cue.lastgroup == "PERMISSION" and sentence[low] == "对" and at + 1 < len(clauses):
            continue  # 对可以共享的…，不得…
        if at in heads and cue.lastgroup != "PROHIBITION":
            continue
        if at not in heads or "的" in sentence[heads[at].end() : cue.start()]:
            heads[at] = cue  # 可以在线确认的事项不得要求…: the first word only qualifies
    for number in sorted(heads)[:-1]:
        low, high = clauses[number]
        opens = heads[number].lastgroup == "PERMISSION" or heads[number].start() == low
        if (
            count[number] == 1
            and opens
            and heads[number].lastgroup != "PROHIBITION"
            and _NOMINAL.search(sentence[low:high])
        ):
            del heads[number]  # 可以通过共享取得的信息，不得…: what the next clause is about
    found: list[Unit] = []
    numbers = sorted(heads)
    opened = 0
    for number, head in enumerate(numbers):
        cue = heads[head]
        following = numbers[number + 1] if number + 1 < len(numbers) else len(clauses)
        stop = following
        while stop - 1 > head and following < len(clauses):
            last = sentence[slice(*clauses[stop - 1])]
            opens = stop == following and heads[following].start() == clauses[following][0]
            if not (_LEADS_ON.search(last) or (opens and (is_actor(last) or _NOMINAL.search(last)))):
                break
            stop -= 1
        lead = [sentence[slice(*span)] for span in clauses[opened:head]]
        named = len(lead)
        while named and is_actor(lead[named - 1]) and agent(sentence[slice(*clauses[head])]):
            named -= 1  # 区县政府，市政府各部门，公用企业应当…: they act together
        found.append(
            Unit(
                kind=ConditionKind(cue.lastgroup or "DUTY"),
                start=clauses[opened][0],
                end=clauses[stop - 1][1],
                cue=cue.start(),
                after=cue.end(),
                offset=cue.start() - clauses[head][0],
                clause=sentence[slice(*clauses[head])],
                trigger="，".join(clause for clause in lead[:named] if not _EXCEPTION.fullmatch(clause)),
                earlier=_earlier(lead),
                joint="，".join(lead[named:]),
            )
        )
        opened = stop
    return tuple(found)


def nobody(text: str, own: str) -> bool:
    """Whether it is left open who acts: 依法追究刑事责任, 收取的费用全部上缴财政."""
    return not own and _NOBODY.search(text) is not None


_NOBODY = re.compile("^(?:全部|一律)|追究刑事责任")
OPEN_SANCTION = re.compile(
    "追究[^，。；]{1,16}责任|给予[^，。；]{0,24}处[分罚]|取消[^，。；]{2,10}资格|严肃处理|依法[^，。；]{0,6}处[理分]"
)
"""A sanction that says of itself that others decide on it."""

SANCTION = re.compile("追究(?=[^，。；]{0,4}(?:刑事|法律)责任)")
HOLDS = re.compile(
    "适用(?=本|于)|参照(?=本|前款|执行)|(?:依照|按照)(?=本[^，。；]{0,6}执行)|用于规范|施行|实施(?=[。，]|$)|生效|包括|遵守(?=本)|为准"
)
FOLLOWS_UP = re.compile(
    "^[^，。；]{2,20}应当(?:及时)?(?:调查)?处理，并将处理结果|^由[^，。；]{2,14}在[^，。；]{1,8}日内"
)
RESIDUE = re.compile("(?:规定的)?其他(?:相关)?(?:职责|工作|事项)$")


def _earlier(lead: list[str]) -> str:
    """Who acts by the clauses before: the last that names somebody, with those that name nothing else before it."""
    for at in range(len(lead) - 1, -1, -1):
        if who := agent(lead[at]):
            while at and is_actor(lead[at]) and is_actor(lead[at - 1]):
                at -= 1
                who = f"{lead[at]}，{who}"
            return who
    return ""


STATEMENT = re.compile(
    "(?:提出|提供|建立|纳入|统筹|列入|编制|制定|组织|加强|完善|推进|负责|报送|提交|采取|实行|设立|建设)(?!的)"
)
_OPENLY = re.compile("加强|建立|完善|推进|统筹|坚持|实行|推行|健全|构建")
_THING = re.compile("^(?:其中|本|该|上述|前款)?[^，。；对在按因经依由并也]{1}[^，。；]{2,60}$")


def stated(unit: Unit, sentence: str) -> int:
    """Where a clause before a rule ends that is a rule of its own, said without a word of rule; 0 where none is.

    市政府将节能纳入计划，各部门也应编制计划 has two; 行政机关首次接入平台，应当… only tells the occasion.
    """
    if unit.kind not in (ConditionKind.DUTY, ConditionKind.PERMISSION) or not (unit.offset > 2 or agent(unit.clause)):
        return 0
    if unit.clause.startswith(("分别", "并", "由")):
        return 0
    end = 0
    for clause in CLAUSE.finditer(sentence, unit.start, unit.cue):
        said = clause[0]
        if clause.end() >= unit.cue or _LEADS_ON.search(said) or is_actor(said) or _NOMINAL.search(said):
            continue
        who = agent(said)
        rest = said.partition(who)[2] if who else said
        if (STATEMENT.search(rest) and said[-1] != "的") if who else _OPENLY.match(said):
            end = clause.end()
    return end


def rest(unit: Unit, sentence: str, start: int) -> Unit:
    """A unit without what stands before ``start``."""
    lead = [
        match[0] for match in CLAUSE.finditer(sentence, start, unit.cue) if match.end() < unit.cue - unit.offset + 1
    ]
    return replace(
        unit,
        start=start,
        trigger="，".join(clause for clause in lead if not _EXCEPTION.fullmatch(clause)),
        earlier="",
        joint="",
    )


def doer(unit: Unit) -> str:
    """Who acts in the clause of a rule: X应当指定Y负责 is for X, 严禁X提供 bars X."""
    before = unit.clause[: unit.offset]
    after = unit.clause[unit.offset :]
    if unit.kind is ConditionKind.PROHIBITION and not before and (match := _BARRED.match(after)):
        return agent(after[match.end() :])
    if before and _NAMES.match(after) and (who := agent(before)):
        return who
    return agent(unit.clause)


_BARRED = re.compile("严禁|禁止|不允许|不准")
_NAMES = re.compile("(?:应当?|必须|可以|须)[^，。；]{0,8}?(?:指定|委托|确定|明确)")
_VALID = re.compile(
    "(?:(?<=，)|^)(?:本[^，。；]{1,12})?自[^，。；]{2,40}(?:施行|实施|生效|执行)(?:，(?:有效期|试行期)[^，。；]*)?"
)


def parted(sentence: str) -> list[tuple[int, int]]:
    """A sentence without, and then with, the clause of its entry into force: 本办法由X解释，自即日起施行."""
    match = _VALID.search(sentence)
    if not match or match.end() - match.start() >= len(sentence.rstrip("。；")) or "废止" in sentence:
        return [(0, len(sentence))]
    low, high = match.span()
    found = [(0, low - 1), (low, high), (min(high + 1, len(sentence)), len(sentence))]
    return [(start, end) for start, end in found if end - start > 3]


_THEN = re.compile(
    "(?:(?<=[的后时]，)|(?<=[的后时]，则)|(?<=[的后时]，应))(?:可以?|立即|及时|当场|依法|一律|书面|优先|直接|逐级|由其)*"
    f"({VERB.pattern})"
)


def then(sentence: str) -> re.Match[str] | None:
    """What is done in a case (确有错误的，立即更正), or by a named actor (X同意后Y办理), without a word of rule."""
    if match := _THEN.search(sentence):
        return match
    for clause in CLAUSE.finditer(sentence.rstrip("。；")):
        who = agent(clause[0])
        at = sentence.find(who, clause.start()) if who and clause[0][-1] not in "的时后前" else -1
        if at >= 0 and (match := VERB.search(sentence, at + len(who), clause.end())):
            return match
    return None


_WHOSE = re.compile(
    "^(?:未|违反|拒不|已|没有|取得|经|不具备)[^，。；]{2,30}的(?:人员|单位|个人|组织|企业|部门|机关|机构)$"
)


def whose(unit: Unit) -> str:
    """Who acts where the clause before names them by what they did: 未经培训的人员，不得上岗."""
    before = unit.trigger.rpartition("，")[2]
    return before if not unit.offset and _WHOSE.match(before) else ""


def thing(unit: Unit) -> str:
    """What a duty is about that names nobody: the subject 登记目录 of 登记目录应当公布, empty where it has none."""
    here = unit.clause[: unit.offset] if unit.offset > 2 else unit.trigger.rpartition("，")[2]
    if (
        not _THING.match(here)
        or here[-1] in "的时后前中外"
        or here.startswith(("属于", "为", "如", "凡", "除", "自", "未", "非"))
    ):
        return ""
    return here


def goes_on(unit: Unit) -> bool:
    """Whether a rule leans on the case of the rule before it: …，不得自行公开，不得自行提供; …，由提供单位核查."""
    return not unit.trigger and (unit.offset == 0 or unit.clause.startswith("由"))


def abbreviations(sentence: str) -> list[tuple[int, int]]:
    """Where a name is given to something: 受理登记的单位（以下简称登记机关）."""
    if "（以下" not in sentence and "（下称" not in sentence:
        return []
    found: list[tuple[int, int]] = []
    for match in _ABBREVIATES.finditer(sentence):
        low = match.start()
        while low > 1 and sentence[low - 1] == "，":
            start = max(sentence.rfind(mark, 0, low - 1) for mark in "，。；：") + 1
            if not is_actor(sentence[start : low - 1]):
                break
            low = start  # 市政府，县政府，其他组织（以下统称政府机关）
        if "统称" in match[0]:
            low = max(
                [low if low < match.start() else 0]
                + [at + len(mark) for mark in ("是指", "所称", "。", "；") if (at := sentence.rfind(mark, 0, low)) >= 0]
            )
        found.append((low, match.end()))
    return found


def exceptions(text: str) -> tuple[str, ...]:
    """The exceptions printed in a rule: 除…外, …除外, …另有规定的，依照其规定."""
    if "除" not in text and "另有" not in text and "从其规定" not in text:
        return ()
    return tuple(dict.fromkeys(match[0] for match in _EXCEPTION.finditer(text)))


def core(text: str) -> str:
    """A rule without exceptions, partners, misleading names and purposes, none of which it is about."""
    if "除" in text:
        text = _EXCEPTION.sub("", text)
    if "在" in text and "中" in text:
        text = _AMID.sub("", text)
    if "监督" in text:
        text = _NAMED.sub("", text)
    if "会同" in text:
        text = _PARTNERS.sub("会同", text)
    return _PURPOSE.sub("", text) if "便" in text else text


_PARTNERS = re.compile("会同[^，。；]{2,40}?(?:部门|机关|机构|单位|委员会)(?!的)")
_NAMED = re.compile("(?:市场|质量技术|技术|药品|食品药品|安全生产)监督(?:管理)?(?=部门|局|机关|行政|、|等)")
_AMID = re.compile("在[^，。；]{2,40}等(?:工作|过程|活动|事项)中，?")
_PURPOSE = re.compile("，(?:方便|以便|便于)[^，。；]*")


def only_exception(sentence: str) -> bool:
    """Whether a whole sentence is the exception of the one before: 法律、法规另有规定的除外。"""
    return "规定" in sentence and _ONLY_EXCEPTION.match(sentence) is not None
