"""Whether an explanation explains something: long enough, and not made of phrases that fit every finding."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from checker.model.language import Text

LEAST = 10
"""How many characters an explanation has at least, without punctuation, spaces and repetition."""
_LEAST_OF_ITS_OWN = 5
PHRASES = (
    "情况属实", "情况真实", "数据属实", "数据真实", "数据无误", "数据准确", "数据真实有效", "真实有效", "经核实无误",
    "核实无误", "确认无误", "核对无误", "没有问题", "无异议", "没有异议", "无说明", "没有说明", "暂无说明", "无需说明",
    "已知悉", "已知晓", "已收到", "收到", "知道了", "已阅", "已了解", "同意", "确认", "属实", "正确",
    "正在整改", "正在整改中", "积极整改", "立即整改", "马上整改", "尽快整改", "认真整改", "抓紧整改", "限期整改",
    "落实整改", "整改中", "将整改", "已整改", "会整改", "整改到位", "正在处理", "正在落实", "正在推进", "正在核实",
    "积极落实", "认真落实", "抓紧落实", "尽快落实", "尽快完成", "尽快处理", "尽快核实", "争取完成", "加快推进",
    "高度重视", "加强管理", "加强领导", "加大力度", "下一步将", "下一步", "今后将", "我们将", "进一步加强", "予以说明",
    "特此说明", "情况说明", "情况如下", "如上所述", "见附件", "详见附件", "同上", "同前", "如题", "按要求完成",
    "按照要求", "根据要求", "特殊情况", "客观原因", "工作原因", "历史原因", "其他原因", "实际情况", "感谢理解",
    "望理解", "请予理解", "请批准", "测试",
    "noted", "acknowledged", "confirmed", "asabove", "seeattachment", "seeattached", "tobedone", "inprogress",
    "workingonit", "underrectification", "wewillrectify", "willrectify", "noexplanation", "nothingtoadd", "nocomment",
    "dataiscorrect", "thedataiscorrect", "iscorrect", "itiscorrect", "verified", "test", "tbd", "na",
)  # fmt: skip
"""Phrases that fit any finding, as they read without punctuation and spaces."""
_FILLERS = (
    "我们", "我校", "我村", "我乡", "我镇", "我县", "本单位", "我单位", "本校", "本村", "学校", "单位", "该项", "此项",
    "目前", "现在", "现已", "已经", "正在", "情况", "工作", "相关", "有关", "请", "将", "会", "已", "的", "了", "吧",
    "啊", "呢", "哦", "嗯", "及", "并", "和", "也",
)  # fmt: skip
_REPEATED = re.compile(r"(.{1,30}?)\1+")


class Emptiness(StrEnum):
    """What is wrong with an explanation."""

    TOO_SHORT = "too_short"
    STOCK = "stock_phrase"


REFUSALS = {
    Emptiness.TOO_SHORT: Text(f"说明至少 {LEAST} 个字，标点、空格和重复的不算",
                              f"explain in at least {LEAST} characters, without punctuation, spaces and repetition"),
    Emptiness.STOCK: Text("这是套话：请写明发生了什么、何时、怎样补",
                          "that fits any finding: say what happened, when, and how it will be made good"),
}  # fmt: skip


def emptiness(explanation: str) -> Emptiness | None:
    """Give what is wrong with an explanation, or None where it explains something."""
    bare = _bare(explanation)
    if len(bare) < LEAST:
        return Emptiness.STOCK if bare and not _own_words(bare) else Emptiness.TOO_SHORT
    return Emptiness.STOCK if len(_own_words(bare)) < _LEAST_OF_ITS_OWN else None


def _bare(text: str) -> str:
    """Give what is left without punctuation, spaces, case and repetition."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(c for c in folded if unicodedata.category(c)[0] in "LN")
    while (shorter := _REPEATED.sub(r"\1", kept)) != kept:
        kept = shorter
    return kept


def _own_words(bare: str) -> str:
    """Give what is left without phrases, fillers and numerals: only that can tell one finding from another."""
    for phrase in _LONGEST_FIRST:
        bare = bare.replace(phrase, "")
    letters = "".join(c for c in bare if unicodedata.category(c)[0] == "L")
    return "".join(dict.fromkeys(letters))


_LONGEST_FIRST = sorted({_bare(phrase) for phrase in (*PHRASES, *_FILLERS)}, key=lambda phrase: (-len(phrase), phrase))
