"""The words of the steps, and what the product calls the same things."""

from __future__ import annotations

from checker.explaining.words import PACES, PROBLEMS, REASONS, VERDICTS

NOTHING = "无"
WORDS = {text.zh: word.value for words in (VERDICTS, REASONS, PACES) for word, text in words.items()}
OUTCOMES = {"通过": 0, "不通过": 1, "数据有错，未作判定": 2}
CODES = {words.zh: code for code, words in PROBLEMS.items()}
FILES = {"单位名册": "units", "豁免": "waivers", "报送": "submissions/"}
COLUMNS = {
    "编号": "id", "类型": "type", "上级": "parent", "设立": "opened", "撤销": "closed",
    "规则": "rule", "单位": "unit", "期间": "period", "豁免期间": "periods", "起": "from", "止": "until",
    "理由": "reason",
}  # fmt: skip
UNIT_COLUMNS = {"单位": "name", "类型": "type", "上级": "parent", "设立": "opened", "撤销": "closed"}
KEEPING_GOING, DRAFTS_TOO, UNKNOWN_PASSES = "有错的记录先搁置", "连同草案", "无法判定不算失败"
MANNERS = ("", KEEPING_GOING, DRAFTS_TOO, UNKNOWN_PASSES)
