"""The words that agency names are made of. A maintainer adds a stem here when a rule names an office by a new one."""

from __future__ import annotations

import re

from catalog.vocabulary import AgencyKind

HEADS = tuple(
    sorted(
        "部门 机关 机构 委员会 联合会 中心 办公室 办公厅 局 厅 人民政府 政府 街道办事处 办事处".split(),
        key=len,
        reverse=True,
    )
)
"""What the name of an office ends with in running text, longest first."""

PHRASE_HEADS = re.compile(
    "(?:部门|机关|机构|单位|政府|办事处|委员会|管委会|联合会|协会|学会|中心|办公室|办公厅|学校|院校|学院|医院|法院|检察院"
    "|研究院|研究所|事务所|监管所|派出所|支队|总队|公司|企业|组织|团体|银行|[局厅委办站])$"
)
"""What a name ends with where a heading has already set the phrase apart."""

MODIFIERS = tuple("行政主管 行政管理 监督管理 服务管理 行政 主管 管理 监督 服务 工作 技术 牵头 有关 相关".split())
"""What may stand between the stem and the head: 民政|行政主管|部门."""

STEMS = frozenset(
    "公安 民政 司法 财政 税务 地方税务 国家税务 工商 市场 质量 质量监督 教育 科技 科学 卫生 卫生健康 "
    "卫生和计划生育 计划生育 人力资源和社会保障 人力资源社会保障 劳动 劳动保障 劳动和社会保障 社会保障 社会保险 "
    "国土资源 自然资源 规划和自然资源 自然资源和规划 规划 城乡规划 城市规划 住房和城乡建设 住房城乡建设 城乡建设 建设 "
    "交通 交通运输 水利 水务 农业 农业农村 林业 海洋 渔业 气象 地震 环境保护 环保 生态环境 商务 文化 文化和旅游 "
    "文化广电和旅游 文化广电旅游 旅游 教育和体育 民族和宗教 民族和宗教事务 城市管理和综合执法 政务服务和数据 "
    "统计 审计 监察 档案 保密 信息化 工业和信息化 经济和信息化 经济 经济贸易 发展改革 发展和改革 发展计划 物价 "
    "价格 机构编制 应急 安全生产 食品药品 药品 知识产权 人民防空 外事 侨务 民族宗教 民族 宗教 体育 广播电视 "
    "新闻出版 城市 综合执法 城市管理综合执法 政务 大数据 政务数据 电子政务 营商环境建设 节能 邮政 电力 海关 "
    "检验检疫 金融 国有资产 退役军人 退役军人事务 医疗保障 医保 信访 消防 法制 政府法制 来穗人员 流动人口 "
    "政务信息资源 政务信息 政府信息资源共享 政府信息共享平台 信息共享平台 共享平台 平台 政务公开 政府信息公开 "
    "信息公开 绩效考核 行业 业务 房产 房屋 住房公积金 公积金 残疾人 土地 血液 园林 供销 粮食 烟草专卖 口岸 港务 "
    "节能监测 节能监察 审批 建设工程 交通警察 海事 民航 政府 人事 技术监督 不动产登记 社会组织".split()
)
"""What an office is about, without modifiers and head. Names with 和 in them are whole stems: they never fall apart."""

LONGEST_STEM = max(map(len, STEMS))

LEVELS = tuple("县级市 自治区 自治县 区级 市级 省级 县级 镇级 乡镇 乡 省 市 县 区 镇 街道".split())
"""Levels that are part of a name: the 市 of 市信息化主管部门."""

CLASS_CLAUSE = re.compile(
    "(?:(?:依法)?有权|(?:依法)?具有|(?:依法)?从事|(?:依法)?承担|(?:依法)?行使|(?:法律|法律、法规|法律法规|法律、法规、规章)授权)"
    "[^，。；：]{0,40}?的(?:其他)?(?:行政机关|国家机关|机关|行政部门|部门|机构|事业单位|单位|社会组织|组织)"
    "(?:(?:、|和|以及|及|或者|或)(?:其他)?(?:社会组织|组织|事业单位|单位|机构))?"
)
"""An open class of agencies, told by what its members may or must do."""

ROLE_NAME = re.compile(
    "(?:责任信息采集|信息责任采集|责任采集|责任提供|信息采集|信息提供|信息使用|信息需求|主题信息资源牵头|采集|提供|使用|共享|牵头|需求|责任)"
    "(?:行政)?(?:部门|机关|单位)"
)
"""A role that a text gives to whoever holds it."""

FIXED: dict[str, AgencyKind] = {
    **dict.fromkeys(
        "行政机关 政府机关 国家机关 政务部门 行政部门 政府部门 普通高等学校 科学研究机构".split(), AgencyKind.CLASS
    ),
    **dict.fromkeys(
        "公用企事业单位 公用事业单位 企事业单位 重点用能单位 用能单位 用能产品生产单位 申请人 公民 当事人".split(),
        AgencyKind.PARTY,
    ),
}
"""Names that are whole words of their own."""

CLASS_HEADS = re.compile("(?:学校|院校|研究机构|事业单位|社会团体|社会组织|医疗机构|卫生机构|行政机关)$")
PARTY_HEADS = re.compile(
    "(?:企业|公司|用能单位|企事业单位|建设单位|生产单位|公民|法人|个人|其他组织|经营者|申请人|当事人)$"
)
BODY_NAME = re.compile(
    "^(?!县级|自治)[\u4e00-\u9fff]{2,7}?(?:省|市|县|区|州|盟|旗).+(?:局|厅|委员会|委|办公室|中心|院|办)$"
)
NOBODY = re.compile("^(?:其他|其它|各|有关|相关|等|主管|行政|的)*(?:部门|机关|机构|单位|组织|人员)?$")
"""Words that name nobody in particular: 有关部门, 其他单位."""
