"""What a rule is about: one row per topic and drafting pattern, the first that fits wins.

To add a pattern, add a row where it belongs in the order (the special before the general), with a sentence of your own
as its example: a test reads every example and expects its topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from catalog.vocabulary import ConditionKind, Topic


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern that tells a topic, with an example of what it catches."""

    topic: Topic
    cue: re.Pattern[str]
    example: str


def _row(topic: Topic, cue: str, example: str) -> Row:
    return Row(topic, re.compile(cue), example)


ROWS: tuple[Row, ...] = (
    _row(Topic.EVALUATION, "期满[^。；]{0,20}评估|评估修订", "有效期届满，根据实施情况评估修订。"),
    _row(
        Topic.RESPONSIBILITY,
        "负责(?:全[市省县区国]|本(?!部门|办法)[^，。；]{0,8}(?:行政区域|地区|机关|市|省))[^，。；]{0,40}(?:工作|管理)"
        "(?!的)|负责[^，。；]{0,20}(?:本[^，。；]{2,4}的?实施|组织实施本)|是[^，。；]{2,30}(?:领导机构|主管部门)(?:$|，负责)"
        "|(?:职能|职责|职权)[^，。；]{0,2}范围内[^，。；]{0,8}采集|法定职责采集|明确[^，。；]{0,12}采集主体"
        "|负责[^，。；]{0,30}的?解释|纳入[^，。；]{0,20}(?:规划|计划)",
        "数据主管部门负责全市数据登记工作。",
    ),
    _row(Topic.UPDATE, "更新[0-9一二两三]+次", "登记数据至少每季度更新一次。"),
    _row(Topic.CATALOGUE, "共享需求(?:的)?(?:发生)?变化", "可供共享的数据和共享需求发生变化时，应当报告。"),
    _row(Topic.PLATFORM, "接入[^，。；]{0,12}平台$|依托[^，。；]{0,16}建设和管理", "登记数据应当直接接入交换平台"),
    _row(Topic.STAFFING, "配备[^。；]{0,40}人员", "登记机关应当配备专职人员，保证目录的编制。"),
    _row(
        Topic.QUALITY,
        "瞒报|漏报",
        "各单位不得瞒报登记数据。",
    ),
    _row(Topic.SECURITY, "非法侵入|窃取|伪造(?!的)|违规披露|法律法规禁止的其他行为", "任何人不得非法侵入登记系统。"),
    _row(Topic.PROCEDURE, "(?:条款|制度)进行修订", "各单位应当对现行制度进行修订。"),
    _row(Topic.SCOPE, "的范围，(?:依照|按照|依据)", "基础数据的范围，依照省的规定确定。"),
    _row(
        Topic.VALIDITY,
        "起[^，。；]{0,12}(?:施行|实施|生效)|之日施行|有效期|试行期|同时废止|以本[^，。；]{1,8}为准",
        "本办法自2031年1月1日起施行。",
    ),
    _row(
        Topic.SCOPE,
        "适用本|本[^，。；]{2,4}适用于|(?:参照|依照|按照)本[^，。；第]{2,8}执行|^本[^，。；]{2,8}用于规范|适用[^，。；]{0,6}本办法"
        "|参照前款|遵守本",
        "园区内企业报送数据的活动，适用本办法。",
    ),
    _row(
        Topic.RESPONSIBILITY,
        "负责[^。；]{0,90}(?:信息|数据)的?采集|为(?:下列|以下)[^，。；]{2,40}的[^，。；]{0,8}(?:部门|单位|机关)|按照?[^，。；]{0,6}分工",
        "民政部门负责下列登记信息的采集、核准与提供：",
    ),
    _row(
        Topic.EXEMPTION,
        "免予公开|免于公开|(?:告知|属于)[^，。；]{0,16}不予公开|不得公开|可以?不予公开",
        "下列登记信息免予公开：",
    ),
    _row(
        Topic.LEGAL_EFFECT,
        "同等(?:法律)?效力|法律效力|可以?作为[^，。；]{0,24}依据|作为[^，。；]{0,12}办事和?[^，。；]{0,4}执法依据"
        "|电子印章|数据快照|电子凭证|材料为准",
        "电子登记证与纸质登记证具有同等效力。",
    ),
    _row(
        Topic.NO_REPEATED_PROVISION,
        "不得(?:再)?要求[^。；]{0,40}(?:提供|提交|确认)|重复(?:提供|提交)",
        "能够在线核验的材料，不得要求居民重复提供。",
    ),
    _row(
        Topic.NO_REPEATED_COLLECTION,
        "重复采集|不再[^，。；]{0,6}采集|采集[^，。；]{0,10}重复",
        "已有数据不得重复采集。",
    ),
    _row(
        Topic.IDENTITY_KEY,
        "作为标识|作为[^，。；]{0,6}唯一标识|(?:提供|标明)[^，。；]{0,20}(?:证件类型|证件号码|信用代码)",
        "车辆数据应当以车架号作为标识提供。",
    ),
    _row(
        Topic.AUTHORITY_OF_RECORD,
        "一数一源|数据来源唯一|不一致的?，[^。；]{0,30}(?:核准|为准)|责任采集部门[^。；]{0,30}予以确定",
        "登记内容不一致的，由登记部门负责核准。",
    ),
    _row(Topic.PRINCIPLE, "(?:遵循|坚持)[^。；]{0,60}原则", "数据登记应当遵循便民、公开的原则。"),
    _row(
        Topic.ONWARD_DISCLOSURE,
        "不得[^，。；]{0,16}(?:向[^，。；]{0,10}(?:公众|社会|部门|机关|他人|第三方)[^，。；]{0,12}(?:发布"
        "|公开|提供|转让|泄)|提供给[^，。；]{0,4}第三方|转让|对外提供)",
        "使用单位不得自行向第三方提供取得的数据。",
    ),
    _row(
        Topic.PURPOSE_LIMITATION,
        "(?<!使)用于[^。；]{0,30}(?:目的|用途)|只能用于|牟利|依职能(?:使用|获取)|依照法定程序使用|合法使用"
        "|(?:授权|申请|规定|约定)[^，。；]{0,6}(?:范围|用途)[^，。；]{0,6}使用|超出[^，。；]{0,10}(?:范围|用途)|超范围|谋取|不正当利益"
        "|依法依规使用|按照答复意见使用|超越[^，。；]{0,12}范围|履行[^，。；]{0,10}需要[^，。；]{0,10}使用共享",
        "取得的数据只能用于受理登记，不得用于其他用途。",
    ),
    _row(Topic.BACKUP, "备份(?!等)", "运行单位应当每日备份登记库。"),
    _row(
        Topic.PENALTY,
        "拒不|罚款|处罚(?!决定|信息|数据|依据|结果)|责令|行政处分|政纪处分|给予处分|通报批评|强令|加价费(?!用)|通知整改"
        "|严肃处理|追究[^。；]{0,24}责任(?!制)|约谈",
        "逾期未报的，处五百元以下罚款。",
    ),
    _row(
        Topic.THRESHOLD,
        "[0-9一二三四五六七八九十百千万亿]吨[^，。；]{0,6}(?:以上|以下)|(?:以上|不满)[^，。；]{0,12}的[^，。；]{0,10}为",
        "年用水五千吨以上的单位为重点用水单位。",
    ),
    _row(Topic.APPROVAL, "(?<!身份)认证|不得批准|不得通过验收|不受理验收|验收申请|审批机关", "未登记的项目不得批准。"),
    _row(Topic.SECURITY, "保障[^，。；]{0,8}安全|保守[^，。；]{0,4}秘密", "登记机关应当保障登记数据的安全。"),
    _row(
        Topic.LIABILITY,
        "合法权益|法律责任|刑事责任|行政复议|行政诉讼|赔偿|承担[^。；]{0,24}责任|提供错误信息",
        "因数据错误受到损害的，有权申请赔偿。",
    ),
    _row(Topic.COMPLAINT, "投诉|举报", "单位违反本办法的，其他单位可以投诉。"),
    _row(
        Topic.CORRECTION,
        "更正|校核|复核申请|核查|查核|疑义|错误|差异|现场提交[^。；]{0,12}不一致",
        "发现数据有错误的，应当告知登记机关。",
    ),
    _row(Topic.APPLICATION, "申请转交|转交[^，。；]{0,10}申请", "平台应当将申请转交给登记机关。"),
    _row(Topic.DISPUTE, "争议|异议|协商|会审|裁定|协调不成", "对答复有争议的，由数据主管部门协调。"),
    _row(
        Topic.REPORT,
        "年度报告|报表|统计工作|原始记录|报送[^。；]{0,20}情况(?!进行)|提交[^。；]{0,36}(?:情况|报告)|工作报告|上报|汇总并?[^，。；]{0,4}通报",
        "各单位每年应当提交数据使用情况。",
    ),
    _row(Topic.EVALUATION, "评估|评价|考核|绩效|考评|评议|奖励|表彰|重奖", "数据主管部门每年对共享成效进行评估。"),
    _row(Topic.COST, "免费|收费|收取|无偿|(?<!政务)费用", "单位之间共享数据不收取费用。"),
    _row(Topic.DISCLOSURE_DEFAULT, "均[^，。；]{0,4}予以公开", "登记信息均予以公开或者依申请提供。"),
    _row(
        Topic.FUNDING,
        "经费|财政予以保障|财政预算|资金|给予[^，。；]{0,6}扶持|固定资产投资(?!项目)",
        "所需经费列入本级财政预算。",
    ),
    _row(
        Topic.APPLICATION,
        "(?:提出|提交|递交|初次|受理|收到|转交|将|填写使用|处理)[^，。；]{0,24}申请(?!人)"
        "|申请(?:共享|获取|使用|书|包括|提供)|依申请|提出[^，。；]{0,20}需求|"
        "要求[^，。；]{0,6}向其提供|告知申请人|书面答复|予以答复|答复意见|答复不予|向申请人"
        "|办妥|已?确认的?信息[^。；]{0,16}提供|"
        "公开申请|申请应当?包括|同意共享|视为同意|开通[^，。；]{0,10}(?:接口|权限)|申请表|"
        "设定条件[^，。；]{0,10}程序|要求获[得取]|审议决定|决定[^，。；]{0,6}共享|做出答复",
        "需要数据的单位应当提出申请，登记机关应当予以答复。",
    ),
    _row(
        Topic.CATALOGUE_ELEMENTS,
        "目录[^。；，]{0,12}(?:应当?|须|要)?(?:包括|包含|载明|列明|注明|标明)"
        "(?=[^，。；]{1,80}、)(?![^。；，]{0,100}目录)|目录[^。；，]{0,12}(?:包括|包含|载明|列明|注明|标明)(?:下列|以下)(?:内容|事项|要素|信息|项目)|标明[^。；]{0,40}(?:名称|格式|内容)|明确[^。；]{0,10}(?:分类"
        "|责任方)[^。；]{0,30}(?:格式|类型)|共享条件[^。；]{0,10}提供单位",
        "目录应当包括数据的名称、格式和提供单位。",
    ),
    _row(
        Topic.SHARE_TYPE,
        "(?:无条件|有条件|附条件|不予)共享|无附加条件|无条件使用|共享类型|设定条件|[定明]共享条件",
        "登记数据分为无条件共享和有条件共享两类。",
    ),
    _row(
        Topic.SHARING_DEFAULT,
        "以共享为|应予?以?共享|共享给|不得拒绝|可以[^。；]{0,16}获取[^。；]{0,20}信息|向其他行政机关提供"
        "|可以共享|之间共享非",
        "登记机关不得拒绝其他单位共享数据的要求。",
    ),
    _row(
        Topic.DISCLOSURE_DEFAULT,
        "(?<!免)予以公开或者|(?:无条件|有条件|受限|不予)开放|以公开为|义务将[^。；]{0,20}公开|均[^，。；]{0,2}予以公开|有权[^。；]{0,20}(?:要求"
        "|获取)[^。；]{0,20}信息|原则上[^。；]{0,12}发布",
        "除依法保密的外，登记信息均予以公开。",
    ),
    _row(Topic.CHANNEL, "通过[^，。；]{0,16}网址[^，。；]{0,4}公开", "登记结果应当通过统一网址公开。"),
    _row(Topic.CATALOGUE, "目录|编目", "各单位应当编制本单位的数据目录。"),
    _row(
        Topic.STAFFING,
        "指定[^，。；]{0,16}(?:专人|专门机构|专门人员)|专职人员|责任人、|分管领导|领导人员"
        "|主管领导|采录人员|负责人员[^，。；]{0,6}变更|人员中聘任|持证上岗|(?:相关|有关|教育)人员(?:发生|参加)|培训",
        "各单位应当指定专人负责数据登记。",
    ),
    _row(
        Topic.CHANNEL,
        "应当?[^，。；]{0,4}通过[^，。；]{0,16}平台[^，。；]{0,10}(?:进行|实现)",
        "保密数据以外的共享应当通过交换平台实现。",
    ),
    _row(Topic.FILING, "备案|备查|归档", "自建系统应当报数据主管部门备案。"),
    _row(
        Topic.SECURITY,
        "敏感信息|非授权|安全|保密|秘密|隐私|加密|灾难|应急|涉密|泄漏|泄露|泄密|访问控制|容灾|擅自更改|身份认证|联调",
        "运行单位应当建立数据安全制度。",
    ),
    _row(
        Topic.CHANNEL,
        "(?:优先)?通过[^，。；]{0,24}(?:平台|网站)[^，。；]{0,24}(?:进行|获取|公开|实现|提供)"
        "|形式[^，。；]{0,6}公开|网站[^，。；]{0,16}(?:公开|检索)|新闻发言人|信函",
        "共享数据应当通过交换平台进行。",
    ),
    _row(Topic.UPDATE, "更新(?!改造)|动态管理|维护和更新", "登记数据应当每日更新。"),
    _row(Topic.PUBLICATION, "公布|公示|公开|发布|公告|公报|宣传", "登记结果应当向社会公布。"),
    _row(Topic.OVERSIGHT, "监督|检查|监察|监测|调查|通报", "数据主管部门负责对登记工作进行监督检查。"),
    _row(Topic.PRINCIPLE, "原则(?!上)|方针", "登记工作按照先急后缓的方针安排。"),
    _row(
        Topic.QUALITY,
        "真实|准确|完整性?|质量|标准化?|技术标准|规范和|一致性|限额|定额",
        "登记机关应当保证数据真实、准确。",
    ),
    _row(Topic.PLATFORM, "平台|系统|接口|数据库|基础设施|信息库", "全省建设统一的交换平台。"),
    _row(Topic.APPROVAL, "批准|审批|审定|审核|认定|同意|认证|验收", "新建登记点应当经数据主管部门批准。"),
    _row(Topic.QUALITY, "节能新?产品|余热|淘汰(?:的|用能)|用能(?:产品|设备)", "禁止生产明令淘汰的用能产品。"),
    _row(Topic.PROCEDURE, "程序|流程|手续|办法由|具体办法|管理办法|实施细则", "首次接入应当办理接入手续。"),
    _row(
        Topic.RESPONSIBILITY,
        "负责|职责|责任|主管|领导|统筹|协调|指导|会同|配合|组织|采集|落实",
        "数据主管部门负责全省数据登记工作。",
    ),
)

GENERAL = frozenset(
    {
        Topic.SHARE_TYPE,
        Topic.SHARING_DEFAULT,
        Topic.DISCLOSURE_DEFAULT,
        Topic.APPLICATION,
        Topic.PROCEDURE,
        Topic.APPROVAL,
        Topic.DISPUTE,
        Topic.CORRECTION,
        Topic.COMPLAINT,
        Topic.ONWARD_DISCLOSURE,
        Topic.PURPOSE_LIMITATION,
        Topic.SECURITY,
        Topic.BACKUP,
        Topic.CATALOGUE,
        Topic.CATALOGUE_ELEMENTS,
        Topic.IDENTITY_KEY,
        Topic.AUTHORITY_OF_RECORD,
        Topic.NO_REPEATED_COLLECTION,
        Topic.NO_REPEATED_PROVISION,
        Topic.UPDATE,
        Topic.CHANNEL,
        Topic.COST,
        Topic.QUALITY,
        Topic.LEGAL_EFFECT,
    }
)
"""Topics whose rules concern every resource that the regulation governs; the others bind agencies in their work."""

CONSTITUTIVE = frozenset({Topic.VALIDITY, Topic.SCOPE, Topic.LEGAL_EFFECT, Topic.THRESHOLD})
"""Topics whose sentences, where no word of duty stands in them, say what holds: definitions with effect."""


_SEARCHES = tuple((row.cue.search, row.topic) for row in ROWS)


@lru_cache(maxsize=4096)  # drafters repeat themselves, and so do mirrors
def topic_of(text: str) -> Topic | None:
    """The topic that the first fitting row tells, or None."""
    for search, topic in _SEARCHES:
        if search(text):
            return topic
    return None


def constitutive(topic: Topic) -> ConditionKind:
    return ConditionKind.DEFINITION if topic in CONSTITUTIVE else ConditionKind.DUTY
