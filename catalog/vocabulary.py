"""The closed vocabularies of the contract: each term with its Chinese label and an English gloss.

Names are those of the GraphQL contract; the Chinese term rides along for descriptions, RDF labels and people.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A member of a closed vocabulary: the value is the contract's name, ``zh`` and ``en`` explain it."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member


class Kind(Term):
    """The kinds of records (记录种类)."""

    RESOURCE = "RESOURCE", "信息资源", "an information resource"
    FIELD = "FIELD", "信息项", "an item of a resource"
    AGENCY = "AGENCY", "部门", "a body or a statutory office"
    DATA_ELEMENT = "DATA_ELEMENT", "数据元", "what a field means, across resources"
    REGULATION = "REGULATION", "法规规章", "a legal text"
    PROVISION = "PROVISION", "条款", "a chapter, section, article, paragraph or item of a legal text"
    CONDITION = "CONDITION", "规则", "a permission, prohibition, duty or definition"
    CLOCK = "CLOCK", "期限", "a statutory period"
    DEMAND = "DEMAND", "需求", "an agency's request for a resource or data elements"
    GAP = "GAP", "缺口", "a difference between what the law demands and what the catalogue holds"
    SOURCE = "SOURCE", "来源", "a file that records were read from"
    ISSUE = "ISSUE", "问题", "a problem found in a source"
    CORRESPONDENCE = "CORRESPONDENCE", "对应关系", "that something registered corresponds to what the law names"


class Verdict(Term):
    """The answer to who provides what (结论)."""

    AVAILABLE = "AVAILABLE", "可直接获取", "take it from the platform"
    ON_APPLICATION = "ON_APPLICATION", "须申请", "apply for it; the clock says when the answer is due"
    REFUSED = "REFUSED", "不予共享", "not shared, with the basis"
    LAPSED = "LAPSED", "依据失效", "the assignment rests only on texts not in force on the date"
    UNKNOWN = "UNKNOWN", "未声明", "nothing declares a share type"


class ShareType(Term):
    """How a resource may be shared between agencies (共享类型)."""

    UNCONDITIONAL = "UNCONDITIONAL", "无条件共享", "shared with every agency"
    CONDITIONAL = "CONDITIONAL", "有条件共享", "shared with some agencies or under conditions"
    NOT_SHARED = "NOT_SHARED", "不予共享", "not shared"
    UNDECLARED = "UNDECLARED", "未声明", "no text or catalogue declares it"


class Regime(Term):
    """Why a law obliges somebody to hold or give information (制度)."""

    SHARING = "SHARING", "共享", "between agencies"
    DISCLOSURE = "DISCLOSURE", "公开", "to the public"
    REPORTING = "REPORTING", "报送", "upward"


class Role(Term):
    """What an agency does for a resource (职责)."""

    COLLECT = "COLLECT", "采集", "collects the information"
    VERIFY = "VERIFY", "核准", "verifies it"
    PROVIDE = "PROVIDE", "提供", "provides it to others"
    LEAD = "LEAD", "牵头", "leads its compilation"
    MAINTAIN = "MAINTAIN", "维护", "maintains it"
    DISCLOSE = "DISCLOSE", "公开", "discloses it to the public"
    REPORT = "REPORT", "报送", "reports it upward"


class Origin(Term):
    """Whether a rule assigns the resource or a catalogue lists it (来源性质)."""

    STATUTORY = "STATUTORY", "法定", "a regulation assigns it"
    REGISTERED = "REGISTERED", "登记", "a catalogue lists it"


class Openness(Term):
    """Whether the public may have it: a decision apart from the share type (开放属性)."""

    OPEN = "OPEN", "向社会开放", "open to the public"
    CONDITIONAL = "CONDITIONAL", "有条件开放", "open under conditions"
    CLOSED = "CLOSED", "不予开放", "not open"
    UNDECLARED = "UNDECLARED", "未声明", "no text or catalogue declares it"


class AgencyKind(Term):
    """What sort of party a name denotes (主体类型)."""

    BODY = "BODY", "机关", "a body with a name of its own"
    OFFICE = "OFFICE", "职能部门", "a statutory office that a body fills"
    ROLE = "ROLE", "角色", "a role that a text gives, such as the providing agency"
    CLASS = "CLASS", "开放类", "an open class of agencies"
    GOVERNMENT = "GOVERNMENT", "人民政府", "a people's government"
    PARTY = "PARTY", "非行政主体", "a party that is not an administrative organ"


class Allocation(Term):
    """How a text spreads a responsibility over agencies (分配方式)."""

    SINGLE = "SINGLE", "单一", "one agency"
    JOINT = "JOINT", "共同", "several together"
    RESPECTIVE = "RESPECTIVE", "分别", "several agencies paired with several lists"
    UNDIVIDED = "UNDIVIDED", "未分", "several agencies and several lists, and the text does not pair them"
    DECLARED = "DECLARED", "目录声明", "by the agency's own catalogue"


class Confidence(Term):
    """How sure a reading is (可信度)."""

    EXPLICIT = "EXPLICIT", "明文", "the text says so"
    HIGH = "HIGH", "高", "content or order speak for it"
    MEDIUM = "MEDIUM", "中", "one of several readings"
    LOW = "LOW", "低", "a weak reading"


class RegulationKind(Term):
    """The rank of a legal text (法规类别)."""

    STATUTE = "STATUTE", "法律", "a statute"
    ADMINISTRATIVE_REGULATION = "ADMINISTRATIVE_REGULATION", "行政法规", "an administrative regulation"
    LOCAL_REGULATION = "LOCAL_REGULATION", "地方性法规", "a local regulation"
    RULE = "RULE", "规章", "a rule of a ministry or local government"
    NORMATIVE_DOCUMENT = "NORMATIVE_DOCUMENT", "规范性文件", "a normative document"
    DRAFT = "DRAFT", "草案", "a draft"
    UNKNOWN = "UNKNOWN", "不明", "the text does not tell"


class LegalStatus(Term):
    """The standing of a text on a date (效力状态)."""

    IN_FORCE = "IN_FORCE", "现行有效", "in force"
    EXPIRED = "EXPIRED", "已届满失效", "its period of validity has ended"
    REPEALED = "REPEALED", "已废止", "repealed by another text"
    NOT_YET_IN_FORCE = "NOT_YET_IN_FORCE", "尚未生效", "not yet in force"
    DRAFT = "DRAFT", "草案", "a draft, never in force as it stands"
    UNKNOWN = "UNKNOWN", "不明", "the text does not tell from when it applies"


class ProvisionKind(Term):
    """The levels of a legal text (条款层级)."""

    PART = "PART", "编", "a part"
    CHAPTER = "CHAPTER", "章", "a chapter"
    SECTION = "SECTION", "节", "a section"
    ARTICLE = "ARTICLE", "条", "an article"
    PARAGRAPH = "PARAGRAPH", "款", "a paragraph"
    ITEM = "ITEM", "项", "an item"
    SUBITEM = "SUBITEM", "目", "a sub-item"


class ConditionKind(Term):
    """The deontic kind of a rule, after ODRL (规则类型)."""

    PERMISSION = "PERMISSION", "可以", "may"
    PROHIBITION = "PROHIBITION", "不得", "must not"
    DUTY = "DUTY", "应当", "shall"
    DEFINITION = "DEFINITION", "是指", "means"


class Topic(Term):
    """What a rule is about (主题)."""

    SHARE_TYPE = "SHARE_TYPE", "共享类型", "share types"
    SHARING_DEFAULT = "SHARING_DEFAULT", "共享原则", "what holds where nothing is declared"
    DISCLOSURE_DEFAULT = "DISCLOSURE_DEFAULT", "公开原则", "disclosure where nothing is declared"
    EXEMPTION = "EXEMPTION", "免予公开", "exempt from disclosure"
    APPLICATION = "APPLICATION", "申请", "applying for information"
    PROCEDURE = "PROCEDURE", "程序", "procedure"
    APPROVAL = "APPROVAL", "审批", "approval"
    DISPUTE = "DISPUTE", "争议", "disputes"
    CORRECTION = "CORRECTION", "更正", "correcting errors"
    COMPLAINT = "COMPLAINT", "投诉", "complaints"
    ONWARD_DISCLOSURE = "ONWARD_DISCLOSURE", "转让发布", "passing information on"
    PURPOSE_LIMITATION = "PURPOSE_LIMITATION", "使用目的", "limits of purpose"
    SECURITY = "SECURITY", "安全", "security"
    BACKUP = "BACKUP", "备份", "backup"
    CATALOGUE = "CATALOGUE", "目录", "keeping the catalogue"
    CATALOGUE_ELEMENTS = "CATALOGUE_ELEMENTS", "目录内容", "what a catalogue must contain"
    IDENTITY_KEY = "IDENTITY_KEY", "标识", "identity keys"
    AUTHORITY_OF_RECORD = "AUTHORITY_OF_RECORD", "一数一源", "whose record counts"
    NO_REPEATED_COLLECTION = "NO_REPEATED_COLLECTION", "不重复采集", "no collecting again"
    NO_REPEATED_PROVISION = "NO_REPEATED_PROVISION", "不重复提供", "no asking people again"
    UPDATE = "UPDATE", "更新", "updating"
    PUBLICATION = "PUBLICATION", "公布", "publication"
    CHANNEL = "CHANNEL", "渠道", "channels"
    COST = "COST", "费用", "fees"
    PLATFORM = "PLATFORM", "平台", "the platform"
    QUALITY = "QUALITY", "质量", "quality"
    REPORT = "REPORT", "报告", "reports"
    EVALUATION = "EVALUATION", "评估", "evaluation"
    OVERSIGHT = "OVERSIGHT", "监督", "oversight"
    PENALTY = "PENALTY", "处罚", "penalties"
    LIABILITY = "LIABILITY", "责任追究", "liability"
    LEGAL_EFFECT = "LEGAL_EFFECT", "法律效力", "legal effect"
    VALIDITY = "VALIDITY", "施行", "entry into force and validity"
    SCOPE = "SCOPE", "适用范围", "scope"
    PRINCIPLE = "PRINCIPLE", "原则", "principles"
    RESPONSIBILITY = "RESPONSIBILITY", "职责", "responsibilities"
    FUNDING = "FUNDING", "经费", "funding"
    STAFFING = "STAFFING", "人员", "staffing"
    FILING = "FILING", "备案", "filing for the record"
    THRESHOLD = "THRESHOLD", "标准", "thresholds"
    OTHER = "OTHER", "其他", "anything else"


class ClockKind(Term):
    """How a period is fixed (期限类型)."""

    DURATION = "DURATION", "期间", "runs from an event"
    YEARLY = "YEARLY", "每年期日", "a month and day of every year"
    DATE = "DATE", "期日", "a date"
    IMMEDIATE = "IMMEDIATE", "即时", "at once"
    PERIODIC = "PERIODIC", "周期", "so often in a period"
    REAL_TIME = "REAL_TIME", "实时", "in real time"
    VAGUE = "VAGUE", "未定", "a word without a number, kept as such"


class ClockUnit(Term):
    """The unit of a period (期限单位)."""

    WORKING_DAY = "WORKING_DAY", "工作日", "working days"
    CALENDAR_DAY = "CALENDAR_DAY", "日", "calendar days"
    WEEK = "WEEK", "周", "weeks"
    MONTH = "MONTH", "月", "months"
    QUARTER = "QUARTER", "季度", "quarters"
    YEAR = "YEAR", "年", "years"
    HOUR = "HOUR", "小时", "hours"


class FrequencyCode(Term):
    """How often a resource is updated (更新周期)."""

    REAL_TIME = "REAL_TIME", "实时", "real time"
    DAILY = "DAILY", "每日", "daily"
    WEEKLY = "WEEKLY", "每周", "weekly"
    MONTHLY = "MONTHLY", "每月", "monthly"
    QUARTERLY = "QUARTERLY", "每季度", "quarterly"
    SEMIANNUAL = "SEMIANNUAL", "每半年", "twice a year"
    ANNUAL = "ANNUAL", "每年", "yearly"
    IRREGULAR = "IRREGULAR", "不定期", "irregularly"
    OTHER = "OTHER", "其他", "another interval, as its text says"


class ShareMode(Term):
    """By which way a resource is shared (共享方式)."""

    PLATFORM_EXCHANGE = "PLATFORM_EXCHANGE", "共享平台", "through the exchange platform"
    SERVICE_INTERFACE = "SERVICE_INTERFACE", "服务接口", "a service interface"
    FILE_DOWNLOAD = "FILE_DOWNLOAD", "文件下载", "file download"
    DATABASE_EXCHANGE = "DATABASE_EXCHANGE", "数据库交换", "database exchange"
    EMAIL = "EMAIL", "邮件", "e-mail"
    PAPER_OR_MEDIUM = "PAPER_OR_MEDIUM", "纸质或介质", "paper or a medium"
    OTHER = "OTHER", "其他", "another way"


class RegulationRelationKind(Term):
    """How one text relates to another (法规关系)."""

    IMPLEMENTS = "IMPLEMENTS", "实施", "implements it"
    AMENDS = "AMENDS", "修改", "amends it"
    REPEALS = "REPEALS", "废止", "repeals it"
    SUPERSEDES = "SUPERSEDES", "取代", "supersedes it"
    CITES = "CITES", "引用", "cites it"


class DemandStatus(Term):
    """Where a demand stands (需求状态)."""

    SUBMITTED = "SUBMITTED", "已提交", "submitted"
    REPLIED_YES = "REPLIED_YES", "答复同意", "answered: shared"
    REPLIED_NO = "REPLIED_NO", "答复不予共享", "answered: not shared"
    NO_REPLY = "NO_REPLY", "逾期未答复", "no answer in time"
    NEGOTIATION = "NEGOTIATION", "协商", "negotiation"
    JOINT_REVIEW = "JOINT_REVIEW", "会审", "joint review"
    RULING = "RULING", "裁定", "ruling"
    PROVIDED = "PROVIDED", "已提供", "provided"
    WITHDRAWN = "WITHDRAWN", "已撤回", "withdrawn"


class GapKind(Term):
    """The kinds of gaps (缺口类型)."""

    DUTY_UNREGISTERED = "DUTY_UNREGISTERED", "应登未登", "assigned by law, nobody registered it"
    FIELDS_MISSING = "FIELDS_MISSING", "信息项缺失", "registered without fields the law lists"
    NO_PROVIDER = "NO_PROVIDER", "无人提供", "demanded, nobody provides"
    REFUSED_DEMAND = "REFUSED_DEMAND", "需求被拒", "a demand was refused"
    DUPLICATE_COLLECTION = "DUPLICATE_COLLECTION", "重复采集", "one datum, several collectors"
    NO_BASIS = "NO_BASIS", "缺少依据", "not shared, or conditional, without a citation"
    LAPSED_BASIS = "LAPSED_BASIS", "依据失效", "rests on an expired, repealed or draft text"
    NO_IDENTITY_KEY = "NO_IDENTITY_KEY", "缺少标识", "a list of people or organisations without a legal key"
    STALE = "STALE", "逾期未更新", "older than its update frequency allows"
    INCOMPLETE_METADATA = "INCOMPLETE_METADATA", "目录内容不全", "a required catalogue element is missing"
    NO_RESPONSIBLE_PERSON = "NO_RESPONSIBLE_PERSON", "缺少责任人", "no responsible person is named"
    REPLY_OVERDUE = "REPLY_OVERDUE", "逾期未答复", "the answer to a demand is overdue"


class Severity(Term):
    """How bad a problem is (严重程度)."""

    ERROR = "ERROR", "错误", "something was refused or lost its value"
    WARNING = "WARNING", "警告", "read, but doubtful"
    INFO = "INFO", "提示", "worth knowing"


class ChangeKind(Term):
    """What a revision did to a record (变更类型)."""

    CREATED = "CREATED", "新增", "created"
    UPDATED = "UPDATED", "修改", "updated"
    DELETED = "DELETED", "删除", "deleted"


class MatchKind(Term):
    """How a name was matched, best first (匹配方式)."""

    EXACT = "EXACT", "精确", "the name itself"
    ALIAS = "ALIAS", "别名", "another name of it"
    ELEMENT = "ELEMENT", "数据元", "a field that means the data element of that name"
    SUBSTRING = "SUBSTRING", "包含", "a name that contains it"


class CorrespondenceKind(Term):
    """What corresponds to what (对应类型)."""

    FILLS = "FILLS", "承担职能", "a registered agency fills a statutory office"
    FULFILS = "FULFILS", "对应法定资源", "a registered resource fulfils a statutory one"
    MEANS = "MEANS", "对应数据元", "a registered field means a data element"
    RELATES = "RELATES", "关联资源", "a registered resource names another as related"


class CorrespondenceMethod(Term):
    """How a correspondence was drawn, best first (对应方式)."""

    DECLARED = "DECLARED", "对应表", "a mapping file says so"
    COLUMN = "COLUMN", "目录自报", "the registered catalogue says so in a column of its own"
    EXACT = "EXACT", "同名", "the names are the same, script, width and white space apart"
    ALIAS = "ALIAS", "别名", "another name of it is the same"
    NORMALISED = "NORMALISED", "规范化同名", "the names are the same without the place, the level and quotation marks"
    STEM = "STEM", "同职能", "the names are the same without their last word (民政局, 民政部门)"
    CONTAINED = "CONTAINED", "包含", "one name contains the other"


class CoverageState(Term):
    """How a duty stands (覆盖状态)."""

    COVERED = "COVERED", "已覆盖", "a registered resource fulfils it"
    PARTIAL = "PARTIAL", "部分覆盖", "registered with fewer fields than the law lists"
    MISSING = "MISSING", "未覆盖", "nothing registered fulfils it"
    DUPLICATE = "DUPLICATE", "重复", "several registered resources fulfil it"
    LAPSED = "LAPSED", "依据失效", "the text that assigns it is not in force on the date"
    NOT_APPLICABLE = "NOT_APPLICABLE", "不适用", "does not concern this agency"
