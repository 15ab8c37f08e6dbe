"""The rows of the one field table: every property of every kind of record and value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog import value as v
from catalog import vocabulary as t
from catalog.headings import with_further
from catalog.table import Cardinality, ObjectKind, Property, PropertyType, Rdf, Ref, Scalar, camel
from catalog.vocabulary import Kind

TEXT, INTEGER, BOOLEAN, DATE = Scalar.TEXT, Scalar.INTEGER, Scalar.BOOLEAN, Scalar.DATE
ONE, OPTIONAL, MANY = Cardinality.ONE, Cardinality.OPTIONAL, Cardinality.MANY
LANGUAGE, LITERAL, IRI, CONCEPT = ObjectKind.LANGUAGE, ObjectKind.LITERAL, ObjectKind.IRI, ObjectKind.CONCEPT


def _row(
    name: str,
    type_: PropertyType,
    cardinality: Cardinality,
    zh: str,
    en: str,
    *,
    graphql: str | None = None,
    rdf: Rdf | None = None,
    headings: tuple[str, ...] = (),
    indexed: bool = False,
) -> Property:
    return Property(name, type_, cardinality, zh, en, graphql or camel(name), rdf, headings, indexed)


_ID = _row("id", TEXT, ONE, "标识", "the identifier, kind/slug, minted once", indexed=True)
_SOURCE = _row(
    "source", Ref((Kind.SOURCE,), "FROM_SOURCE"), OPTIONAL, "来源", "the source this record was read from", indexed=True
)
_PLACE = _row("place", v.Place, OPTIONAL, "位置", "where it stands in its source")


def _kind(*own: Property) -> tuple[Property, ...]:
    return (_ID, _SOURCE, _PLACE, *own)


_JURISDICTION = _row("jurisdiction", v.Jurisdiction, OPTIONAL, "行政区划", "the place it belongs to", indexed=True)
_ALIASES = _row("aliases", TEXT, MANY, "别名", "other names", rdf=Rdf("skos:altLabel", LANGUAGE), headings=("别名",))
_CITATION = _row("citation", v.Citation, OPTIONAL, "依据", "the provision it rests on")
_BASIS = _row(
    "basis", v.Citation, MANY, "依据", "the provisions it rests on",
    rdf=Rdf("dcatap:applicableLegislation", IRI), headings=("依据", "法律依据", "共享依据"),
)  # fmt: skip
_REGULATION = _row(
    "regulation", Ref((Kind.REGULATION,), "IN_REGULATION"), OPTIONAL, "所在法规", "the text it stands in", indexed=True
)
_POSITION = _row("position", INTEGER, ONE, "序号", "the place in document order, from 1", indexed=True)
_SHARE_TYPE = _row(
    "share_type", t.ShareType, ONE, "共享类型", "how agencies may share it",
    rdf=Rdf("gir:shareType", CONCEPT), headings=("共享类型", "共享属性"), indexed=True,
)  # fmt: skip
_OPEN = _row(
    "open_to_public", t.Openness, ONE, "开放属性", "whether the public may have it, a decision of its own",
    rdf=Rdf("dct:accessRights", CONCEPT), headings=("是否向社会开放", "开放属性", "开放类型"), indexed=True,
)  # fmt: skip

_SUBJECTS = tuple(kind for kind in Kind if kind not in (Kind.GAP, Kind.ISSUE, Kind.SOURCE, Kind.CORRESPONDENCE))
"""The kinds that a gap may be about."""

_PROPERTIES: Mapping[Kind, tuple[Property, ...]] = {
    Kind.SOURCE: _kind(
        _row("path", TEXT, ONE, "路径", "the path below what was named in the load", indexed=True),
        _row("format", TEXT, ONE, "格式", "the loader that read it"),
        _row("sha256", TEXT, ONE, "校验值", "the SHA-256 of the bytes, hexadecimal"),
    ),
    Kind.AGENCY: _kind(
        _row("name", TEXT, ONE, "名称", "the name", rdf=Rdf("foaf:name", LANGUAGE),
             headings=("信息资源提供方", "提供方", "责任部门", "需求部门"), indexed=True),
        _row("agency_kind", t.AgencyKind, ONE, "主体类型", "what sort of party the name denotes", graphql="kind",
             indexed=True),
        _ALIASES,
        _JURISDICTION,
        _row("credit_code", TEXT, OPTIONAL, "统一社会信用代码", "the unified social credit code (GB 32100)",
             rdf=Rdf("dct:identifier", LITERAL), headings=("信息资源提供方代码", "资源提供方代码", "提供方代码"),
             indexed=True),
        _row("literal", TEXT, OPTIONAL, "原文", "the clause that describes an open class, verbatim"),
        _row("fills", Ref((Kind.AGENCY,), "FILLS"), MANY, "承担职能", "the statutory offices that this body fills"),
    ),
    Kind.DATA_ELEMENT: _kind(
        _row("name", TEXT, ONE, "名称", "the name", rdf=Rdf("skos:prefLabel", LANGUAGE), headings=("数据元",),
             indexed=True),
        _ALIASES,
        _row("identifier", TEXT, OPTIONAL, "标识符", "the identifier in the defining standard",
             rdf=Rdf("skos:notation", LITERAL)),
        _row("definition", TEXT, OPTIONAL, "定义", "the definition", rdf=Rdf("skos:definition", LANGUAGE)),
        _row("identity_key", BOOLEAN, ONE, "身份标识", "whether it identifies a person or an organisation"),
    ),
    Kind.REGULATION: _kind(
        _row("title", TEXT, ONE, "标题", "the title", rdf=Rdf("dct:title", LANGUAGE), indexed=True),
        _row("short_title", TEXT, ONE, "简称", "how sentences about it call it"),
        _row("regulation_kind", t.RegulationKind, ONE, "类别", "its rank", graphql="kind", indexed=True),
        _row("number", TEXT, OPTIONAL, "文号", "the document number", rdf=Rdf("eli:id_local", LITERAL), indexed=True),
        _ALIASES,
        _row("issuers", Ref((Kind.AGENCY,), "ISSUED_BY"), MANY, "制定机关", "who issued it"),
        _JURISDICTION,
        _row("adopted", DATE, OPTIONAL, "通过日期", "when it was adopted", rdf=Rdf("eli:date_document", LITERAL)),
        _row("promulgated", DATE, OPTIONAL, "公布日期", "when it was promulgated",
             rdf=Rdf("eli:date_publication", LITERAL)),
        _row("effective", DATE, OPTIONAL, "施行日期", "the first day in force",
             rdf=Rdf("eli:first_date_entry_in_force", LITERAL), indexed=True),
        _row("expires", DATE, OPTIONAL, "失效日期", "the first day no longer in force",
             rdf=Rdf("eli:date_no_longer_in_force", LITERAL), indexed=True),
        _row("repealed", DATE, OPTIONAL, "废止日期", "the first day on which a repeal has effect", indexed=True),
        _row("draft", BOOLEAN, ONE, "草案", "whether it is a draft", indexed=True),
        _row("comment_deadline", DATE, OPTIONAL, "意见截止日期", "until when a draft is open to comments"),
        _row("trial", BOOLEAN, ONE, "试行", "whether it is on trial (试行, 暂行)"),
        _row("article_count", INTEGER, ONE, "条数", "the number of its articles"),
        _BASIS,
        _row("relations", v.RegulationRelation, MANY, "与其他法规的关系", "how it relates to other texts"),
    ),
    Kind.PROVISION: _kind(
        _row("regulation", Ref((Kind.REGULATION,), "PART_OF"), ONE, "所在法规", "the text it is part of", indexed=True),
        _row("parent", Ref((Kind.PROVISION,), "PART_OF"), OPTIONAL, "上级条款", "the provision it is part of"),
        _row("provision_kind", t.ProvisionKind, ONE, "层级", "its level", graphql="kind", indexed=True),
        _row("label", TEXT, ONE, "条款号", "the number as printed, in simplified script", indexed=True),
        _row("ordinal", INTEGER, OPTIONAL, "序数", "the number at its own level", rdf=Rdf("eli:number", LITERAL),
             indexed=True),
        _row("heading", TEXT, OPTIONAL, "标题", "the heading"),
        _POSITION,
        _row("text", TEXT, ONE, "原文", "the text, verbatim"),
        _row("reading", TEXT, ONE, "读文", "the text normalised: simplified, joined, folded"),
        _row("span", v.Span, ONE, "原文位置", "the characters of the source"),
        _row("references", v.Reference, MANY, "引用", "the provisions and texts it names"),
        _row("mentions", Ref((Kind.AGENCY,), "MENTIONS"), MANY, "提及部门", "the agencies it names"),
    ),
    Kind.RESOURCE: _kind(
        _row("name", TEXT, ONE, "信息资源名称", "the name", rdf=Rdf("dct:title", LANGUAGE),
             headings=("信息资源名称", "资源名称", "目录名称"), indexed=True),
        _row("origin", t.Origin, ONE, "来源性质", "whether a rule assigns it or a catalogue lists it", indexed=True),
        _row("regime", t.Regime, ONE, "制度", "why somebody must hold or give it", indexed=True),
        _ALIASES,
        _row("code", TEXT, OPTIONAL, "信息资源代码", "the code in its catalogue", rdf=Rdf("adms:identifier", IRI),
             headings=("信息资源代码", "资源代码", "目录代码"), indexed=True),
        _row("category", TEXT, OPTIONAL, "分类", "the heading it is grouped under, as printed",
             rdf=Rdf("dct:subject", CONCEPT), headings=("信息资源分类", "类目名称", "分类"), indexed=True),
        _row("summary", TEXT, OPTIONAL, "信息资源摘要", "what it holds", rdf=Rdf("dct:description", LANGUAGE),
             headings=("信息资源摘要", "摘要")),
        _row("jurisdiction", v.Jurisdiction, OPTIONAL, "行政区划", "the place it belongs to",
             rdf=Rdf("dct:spatial", IRI), headings=("行政区划",), indexed=True),
        _row("regulation", Ref((Kind.REGULATION,), "ASSIGNED_BY"), OPTIONAL, "设定法规", "the text that assigns it",
             indexed=True),
        _row("open_list", BOOLEAN, ONE, "开放列举", "whether the text ends its list with 等"),
        _row("subtypes", TEXT, MANY, "所含种类", "named kinds inside one resource"),
        _row("responsibilities", v.Responsibility, MANY, "责任部门", "who does what for it"),
        _SHARE_TYPE,
        _row("share_condition", TEXT, OPTIONAL, "共享条件", "the condition of sharing, as its catalogue says it",
             rdf=Rdf("dct:rights", IRI), headings=("共享条件",)),
        _row("mode", t.ShareMode, MANY, "共享方式", "the ways it is shared",
             headings=("共享方式", "共享方式类型", "共享方式分类")),
        _row("platform", TEXT, OPTIONAL, "所在平台", "the platform it is on", headings=("信息所在平台", "共享平台")),
        _row("formats", v.Format, MANY, "信息资源格式", "the formats it comes in", rdf=Rdf("dct:format", CONCEPT),
             headings=("信息资源格式", "信息资源格式类型", "信息资源格式分类")),
        _row("update_frequency", v.Frequency, OPTIONAL, "更新周期", "how often it is updated",
             rdf=Rdf("dct:accrualPeriodicity", CONCEPT), headings=("更新周期", "更新频率", "更新频度"), indexed=True),
        _OPEN,
        _row("open_condition", TEXT, OPTIONAL, "开放条件", "the condition of opening", headings=("开放条件",)),
        _row("cleared", BOOLEAN, ONE, "准予发布", "whether the record may be published", headings=("目录是否公开",),
             indexed=True),
        _BASIS,
        _row("fulfils", Ref((Kind.RESOURCE,), "FULFILS"), MANY, "对应法定资源", "the statutory resources it fulfils"),
        _row("related", Ref((Kind.RESOURCE,), "RELATED_TO"), MANY, "关联资源", "the resources it names as related"),
        _row("metadata", v.MetadataValue, MANY, "目录要素", "every element of the source row"),
        _row("contact", TEXT, OPTIONAL, "联系方式", "whom to ask", rdf=Rdf("dcat:contactPoint", IRI),
             headings=("联系方式", "联系人")),
        _row("temporal", v.Period, OPTIONAL, "时间范围", "the time the data is about", rdf=Rdf("dct:temporal", IRI),
             headings=("时间范围", "数据时间范围")),
        _row("licence", TEXT, OPTIONAL, "许可协议", "the terms of use, by their IRI or in words",
             rdf=Rdf("dct:license", IRI), headings=("许可协议", "使用许可", "开放许可")),
        _row("issued", DATE, OPTIONAL, "发布日期", "when it was published", rdf=Rdf("dct:issued", LITERAL, "xsd:date"),
             headings=("发布日期",)),
        _row("modified", DATE, OPTIONAL, "修改日期", "when it last changed",
             rdf=Rdf("dct:modified", LITERAL, "xsd:date"),
             headings=("修改日期", "更新日期"), indexed=True),
    ),
    Kind.FIELD: _kind(
        _row("resource", Ref((Kind.RESOURCE,), "HAS_FIELD", reverse=True, carries=("position",)), ONE, "所属资源",
             "the resource it belongs to", indexed=True),
        _POSITION,
        _row("name", TEXT, ONE, "信息项名称", "the name", rdf=Rdf("csvw:title", LANGUAGE, full_only=True),
             headings=("信息项名称", "信息项"), indexed=True),
        _row("text", TEXT, ONE, "原文", "the item verbatim"),
        _ALIASES,
        _row("data_element", Ref((Kind.DATA_ELEMENT,), "MEANS"), OPTIONAL, "数据元", "what it means",
             rdf=Rdf("csvw:propertyUrl", IRI, full_only=True), indexed=True),
        _row("element_text", TEXT, OPTIONAL, "数据元原文", "what its catalogue says it means, as written",
             headings=("对应数据元",)),
        _row("data_type", TEXT, OPTIONAL, "数据类型", "the data type", headings=("数据类型",)),
        _row("length", TEXT, OPTIONAL, "数据长度", "the length", headings=("数据长度", "长度")),
        _row("allowed_values", TEXT, MANY, "值域", "the values the text allows"),
        _row("parts", TEXT, MANY, "组成", "the components of the item"),
        _row("qualifier", TEXT, OPTIONAL, "登记系统", "the registering system the text names"),
        _row("applicability", TEXT, OPTIONAL, "适用情形", "the case it is for"),
        _row("identity_key", BOOLEAN, ONE, "身份标识", "whether it identifies a person or an organisation",
             indexed=True),
        _SHARE_TYPE,
        _OPEN,
        _BASIS,
    ),
    Kind.CONDITION: _kind(
        _row("condition_kind", t.ConditionKind, ONE, "规则类型", "permission, prohibition, duty or definition",
             graphql="kind", indexed=True),
        _row("topic", t.Topic, ONE, "主题", "what it is about", indexed=True),
        _row("action", TEXT, ONE, "行为", "what may, must or must not be done",
             rdf=Rdf("odrl:action", IRI, full_only=True)),
        _row("text", TEXT, ONE, "原文", "the text, verbatim"),
        _row("span", v.Span, ONE, "原文位置", "the characters of the source"),
        _REGULATION,
        _POSITION,
        _row("actor", TEXT, MANY, "行为人", "who, in the words of the text"),
        _row("agencies", Ref((Kind.AGENCY,), "BINDS"), MANY, "相关部门", "the agencies these words denote"),
        _row("counterparty", TEXT, MANY, "相对方", "to whom or from whom, in the words of the text"),
        _row("trigger", TEXT, OPTIONAL, "触发情形", "when it applies"),
        _row("constraints", v.Constraint, MANY, "约束", "the constraints"),
        _row("exceptions", TEXT, MANY, "除外", "the exceptions"),
        _row("clocks", Ref((Kind.CLOCK,), "SETS"), MANY, "期限", "the periods it sets"),
        _row("governs", Ref((Kind.RESOURCE, Kind.REGULATION), "GOVERNS"), MANY, "适用对象", "what it holds for"),
        _CITATION,
    ),
    Kind.CLOCK: _kind(
        _row("action", TEXT, ONE, "行为", "what must be done"),
        _row("clock_kind", t.ClockKind, ONE, "期限类型", "how it is fixed", graphql="kind", indexed=True),
        _row("text", TEXT, ONE, "原文", "the text, verbatim"),
        _REGULATION,
        _POSITION,
        _row("actor", TEXT, MANY, "行为人", "who, in the words of the text"),
        _row("amount", INTEGER, OPTIONAL, "数量", "the number as printed"),
        _row("unit", t.ClockUnit, OPTIONAL, "单位", "the unit as printed", indexed=True),
        _row("start", TEXT, OPTIONAL, "起算", "the event it runs from", graphql="from"),
        _row("from_implied", BOOLEAN, ONE, "推定起算", "whether the start is read into the text"),
        _row("month", INTEGER, OPTIONAL, "月", "the month of a yearly date"),
        _row("day", INTEGER, OPTIONAL, "日", "the day of a yearly date"),
        _row("date", DATE, OPTIONAL, "日期", "the date"),
        _row("extension", Ref((Kind.CLOCK,), "EXTENDED_BY"), OPTIONAL, "延长", "the extension allowed"),
        _CITATION,
    ),
    Kind.DEMAND: _kind(
        _row("agency", Ref((Kind.AGENCY,), "DEMANDS", reverse=True), ONE, "需求部门", "who asks",
             headings=("需求部门", "需求方", "需求单位", "申请部门"), indexed=True),
        _row("what", TEXT, ONE, "需求内容", "what is asked for",
             headings=("信息资源名称", "所需信息资源", "需求信息资源名称", "需求内容")),
        _row("resource", Ref((Kind.RESOURCE,), "FOR"), OPTIONAL, "所需资源", "the resource", indexed=True),
        _row("provider", Ref((Kind.AGENCY,), "ASKED_OF"), OPTIONAL, "提供部门", "who is asked",
             headings=("信息项所属部门", "提供部门", "信息资源提供方", "提供方"), indexed=True),
        _row("elements", Ref((Kind.DATA_ELEMENT,), "FOR"), MANY, "所需数据元", "the data elements"),
        _row("purpose", TEXT, OPTIONAL, "用途", "what for", headings=("用途", "使用用途", "需求用途", "应用场景")),
        _row("authority", v.Citation, MANY, "法定职权依据", "the legal authority",
             headings=("法定职权依据", "使用依据", "需求依据", "法律依据", "依据")),
        _row("status", t.DemandStatus, ONE, "需求状态", "where it stands", headings=("需求状态", "状态"), indexed=True),
        _row("requested", DATE, OPTIONAL, "提出日期", "when it was asked",
             headings=("提出日期", "申请日期", "需求提出日期")),
        _row("history", v.DemandEvent, MANY, "办理记录", "what happened so far",
             headings=("答复日期", "答复时间", "回复日期", "办理日期")),
    ),
    Kind.CORRESPONDENCE: _kind(
        _row("correspondence_kind", t.CorrespondenceKind, ONE, "对应类型", "what corresponds to what", graphql="kind",
             headings=("对应类型",), indexed=True),
        _row("method", t.CorrespondenceMethod, ONE, "对应方式", "how it was drawn", headings=("对应方式",),
             indexed=True),
        _row("subject_name", TEXT, ONE, "登记名称", "what is registered, as written", headings=("登记名称",)),
        _row("object_name", TEXT, ONE, "对应名称", "what it corresponds to, as written", headings=("对应名称",)),
        _row("subject_key", TEXT, ONE, "登记名称键", "the registered name as names are compared", indexed=True),
        _row("object_key", TEXT, ONE, "对应名称键", "the other name as names are compared", indexed=True),
        _row("subject_code", TEXT, OPTIONAL, "登记代码", "the resource's or the agency's code", headings=("登记代码",)),
        _row("provider", TEXT, OPTIONAL, "登记部门", "who registered the resource", headings=("登记部门",)),
        _row("resource_name", TEXT, OPTIONAL, "登记资源", "the resource that the field is of", headings=("登记资源",)),
        _row("jurisdiction", v.Jurisdiction, OPTIONAL, "对应行政区划", "the place of what it corresponds to",
             headings=("对应行政区划",)),
        _row("regulation_title", TEXT, OPTIONAL, "对应法规", "the text that assigns it", headings=("对应法规",)),
        _row("score", INTEGER, OPTIONAL, "相似度", "how alike the names are, of a hundred", headings=("相似度",)),
        _row("authority", TEXT, OPTIONAL, "对应依据", "on whose word", headings=("对应依据", "确认人")),
        _row("date", DATE, OPTIONAL, "对应日期", "since when", headings=("对应日期", "确认日期")),
        _row("note", TEXT, OPTIONAL, "对应说明", "a note", headings=("对应说明",)),
        _row("subject", Ref((Kind.AGENCY, Kind.RESOURCE, Kind.FIELD), "MAPS"), OPTIONAL, "登记对象",
             "the registered record, once it is loaded", indexed=True),
        _row("objects", Ref((Kind.AGENCY, Kind.RESOURCE, Kind.DATA_ELEMENT), "MAPS_TO"), MANY, "对应对象",
             "what it corresponds to, once it is loaded"),
    ),
    Kind.GAP: _kind(
        _row("gap_kind", t.GapKind, ONE, "缺口类型", "the kind of gap", graphql="kind", indexed=True),
        _row("severity", t.Severity, ONE, "严重程度", "how bad it is", indexed=True),
        _row("subject", Ref(_SUBJECTS, "ABOUT"), ONE,
             "对象", "what it is about", indexed=True),
        _row("message", TEXT, ONE, "说明", "what is missing"),
        _row("owner", Ref((Kind.AGENCY,), "OWNED_BY"), OPTIONAL, "责任部门", "who has to close it", indexed=True),
        _row("because", TEXT, MANY, "理由", "the steps, one provision each"),
        _CITATION,
        _row("evidence", Ref(_SUBJECTS, "SHOWN_BY"), MANY,
             "证据", "the records that show it"),
        _row("begins", DATE, OPTIONAL, "起始日", "the first day of legal time on which it is a gap", indexed=True),
        _row("ends", DATE, OPTIONAL, "终止日", "the first day of legal time on which it no longer is", indexed=True),
    ),
    Kind.ISSUE: _kind(
        _row("code", TEXT, ONE, "代码", "the stable code", indexed=True),
        _row("severity", t.Severity, ONE, "严重程度", "how bad it is", indexed=True),
        _row("message", TEXT, ONE, "说明", "what is wrong"),
        _row("suggestion", TEXT, OPTIONAL, "建议", "what to do about it"),
        _REGULATION,
        _POSITION,
    ),
}  # fmt: skip
PROPERTIES: Mapping[Kind, tuple[Property, ...]] = {
    kind: tuple(with_further(kind, row) for row in own) for kind, own in _PROPERTIES.items()
}

VALUES: Mapping[type[Any], tuple[Property, ...]] = {
    v.Span: (
        _row("start", INTEGER, ONE, "起", "the first character, from 0"),
        _row("end", INTEGER, ONE, "止", "the character after the last"),
        _row("line", INTEGER, ONE, "行", "the line where it starts, from 1"),
    ),
    v.Place: (
        _row("source", TEXT, ONE, "来源", "the path of the source"),
        _row("line", INTEGER, OPTIONAL, "行", "the line, from 1"),
        _row("span", v.Span, OPTIONAL, "位置", "the characters"),
        _row("sheet", TEXT, OPTIONAL, "工作表", "the sheet"),
        _row("row", INTEGER, OPTIONAL, "行号", "the row, from 1"),
        _row("column", TEXT, OPTIONAL, "列", "the column's letter"),
    ),
    v.Jurisdiction: (
        _row("code", TEXT, OPTIONAL, "行政区划代码", "the code in GB/T 2260"),
        _row("name", TEXT, ONE, "名称", "the name"),
        _row("level", TEXT, OPTIONAL, "层级", "its level: province, city or county"),
    ),
    v.Citation: (
        _row("text", TEXT, ONE, "原文", "the citing text"),
        _row("provision", Ref((Kind.PROVISION,), "CITES"), OPTIONAL, "条款", "the provision, where it is loaded"),
        _row("regulation", Ref((Kind.REGULATION,), "CITES"), OPTIONAL, "法规", "the text, where it is loaded"),
    ),
    v.Reference: (
        _row("text", TEXT, ONE, "原文", "the referring text, verbatim"),
        _row("span", v.Span, ONE, "位置", "the characters of the source"),
        _row("target", Ref((Kind.PROVISION,), "REFERS_TO"), OPTIONAL, "所引条款", "the provision it names"),
        _row("regulation", Ref((Kind.REGULATION,), "REFERS_TO"), OPTIONAL, "所引法规", "the text it names"),
        _row("resolved", BOOLEAN, ONE, "已解析", "whether what it names is loaded"),
    ),
    v.RegulationRelation: (
        _row("kind", t.RegulationRelationKind, ONE, "关系", "the kind of relation"),
        _row("title", TEXT, ONE, "标题", "the other text's title"),
        _row("regulation", Ref((Kind.REGULATION,), "RELATES_TO", carries=("kind",)), OPTIONAL, "法规",
             "the other text, where it is loaded"),
        _CITATION,
    ),
    v.Responsibility: (
        _row("agency", Ref((Kind.AGENCY,), "RESPONSIBLE_FOR", reverse=True,
                           carries=("roles", "allocation", "confidence", "literal")), ONE, "部门", "the agency"),
        _row("roles", t.Role, MANY, "职责", "what it does"),
        _row("allocation", t.Allocation, ONE, "分配方式", "how the text spreads it"),
        _row("confidence", t.Confidence, ONE, "可信度", "how sure the reading is"),
        _row("literal", TEXT, ONE, "原文", "the verbatim text that names the agency"),
        _CITATION,
    ),
    v.Frequency: (
        _row("code", t.FrequencyCode, ONE, "代码", "the code"),
        _row("text", TEXT, ONE, "原文", "the source's own word"),
        _row("amount", INTEGER, OPTIONAL, "数量", "the number, where it is another interval"),
        _row("unit", t.ClockUnit, OPTIONAL, "单位", "its unit"),
    ),
    v.Format: (
        _row("code", TEXT, ONE, "代码", "the code, such as CSV"),
        _row("label", TEXT, ONE, "名称", "the name"),
        _row("media_type", TEXT, OPTIONAL, "媒体类型", "the media type (RFC 6838)"),
        _row("download_url", TEXT, OPTIONAL, "下载地址", "the address of the file itself"),
        _row("byte_size", INTEGER, OPTIONAL, "文件大小", "the size of the file in bytes"),
    ),
    v.Period: (
        _row("start", DATE, OPTIONAL, "起", "the first day"),
        _row("end", DATE, OPTIONAL, "止", "the last day, included"),
    ),
    v.MetadataValue: (
        _row("element", TEXT, ONE, "要素", "the element's name"),
        _row("value", TEXT, ONE, "值", "its value"),
        _row("known", BOOLEAN, ONE, "已识别", "whether it was understood, or is kept as it stands"),
    ),
    v.Constraint: (
        _row("left_operand", TEXT, ONE, "左操作数", "what is constrained"),
        _row("operator", TEXT, ONE, "运算符", "the ODRL operator"),
        _row("right_operand", TEXT, ONE, "右操作数", "the bound"),
        _row("text", TEXT, ONE, "原文", "the text, verbatim"),
        _row("unit", TEXT, OPTIONAL, "单位", "the unit"),
    ),
    v.DemandEvent: (
        _row("at", DATE, ONE, "日期", "when"),
        _row("status", t.DemandStatus, ONE, "状态", "what it became"),
        _row("by", Ref((Kind.AGENCY,), "BY"), OPTIONAL, "办理部门", "by whom"),
        _row("note", TEXT, OPTIONAL, "备注", "a note"),
        _CITATION,
    ),
}  # fmt: skip
