"""States, events and codes of reviews in words."""

from __future__ import annotations

from checker.model.language import Text
from checker.model.review import DismissalCode, ReviewEvent, ReviewState, WaiverState

STATES = {
    ReviewState.OPEN: Text("待复核", "to be reviewed"),
    ReviewState.EXPLAINED: Text("已说明", "explained"),
    ReviewState.CONFIRMED: Text("已确认", "confirmed"),
    ReviewState.RECTIFYING: Text("整改中", "being put right"),
    ReviewState.VERIFYING: Text("待验收", "to be verified"),
    ReviewState.RESOLVED: Text("已销号", "resolved"),
    ReviewState.DISMISSED: Text("不成立", "dismissed"),
    ReviewState.WAIVED: Text("豁免中", "waived"),
    ReviewState.OBSOLETE: Text("已失效", "obsolete"),
}
EVENTS = {
    ReviewEvent.EXPLAIN: Text("说明", "explained"),
    ReviewEvent.CONFIRM: Text("确认", "confirmed"),
    ReviewEvent.PROPOSE_DISMISSAL: Text("提议不成立", "dismissal proposed"),
    ReviewEvent.DISMISS: Text("认定不成立", "dismissed"),
    ReviewEvent.ORDER: Text("责令整改", "rectification ordered"),
    ReviewEvent.CLAIM: Text("报告整改完成", "said to be done"),
    ReviewEvent.ACCEPT: Text("验收通过", "accepted"),
    ReviewEvent.REJECT: Text("验收不通过", "rejected"),
    ReviewEvent.REQUEST_WAIVER: Text("申请豁免", "waiver asked for"),
    ReviewEvent.APPROVE_WAIVER: Text("批准豁免", "waiver approved"),
    ReviewEvent.REFUSE_WAIVER: Text("不予豁免", "waiver refused"),
    ReviewEvent.RETRACT_WAIVER: Text("撤回豁免申请", "request for a waiver retracted"),
    ReviewEvent.ASSIGN: Text("指派", "assigned"),
    ReviewEvent.COMMENT: Text("留言", "comment"),
    ReviewEvent.FLAG: Text("发现问题", "flagged"),
    ReviewEvent.RELAPSE: Text("销号后再次不达标", "failing again"),
    ReviewEvent.REOPEN: Text("数据变了，重新复核", "failing on changed facts"),
    ReviewEvent.MEET: Text("按已验收的数达标", "met on accepted figures"),
    ReviewEvent.MEET_PROVISIONALLY: Text("按未验收的数达标", "met on figures not accepted yet"),
    ReviewEvent.BEAR_OUT: Text("达标的数已验收", "its figures were accepted"),
    ReviewEvent.FALTER: Text("又不达标，恢复原状态", "no longer met: as before"),
    ReviewEvent.WAIVE: Text("已有豁免", "covered by a waiver"),
    ReviewEvent.END_WAIVER: Text("豁免到期", "the waiver ended"),
    ReviewEvent.OUTDATE: Text("规则或单位已不适用", "no longer asked"),
    ReviewEvent.RESTORE: Text("重新适用", "asked again"),
}
DISMISSALS = {
    DismissalCode.WRONG_DATA: Text("数据有误", "wrong data"),
    DismissalCode.WRONG_RULE: Text("规则误判", "wrongly judged by the rule"),
    DismissalCode.NOT_APPLICABLE: Text("不适用", "not applicable"),
    DismissalCode.DUPLICATE: Text("重复", "duplicate"),
}
WAIVERS = {
    WaiverState.REQUESTED: Text("待批", "asked for"),
    WaiverState.APPROVED: Text("已批准", "approved"),
    WaiverState.REFUSED: Text("未批准", "refused"),
    WaiverState.RETRACTED: Text("已撤回", "retracted"),
}
