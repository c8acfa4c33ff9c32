"""A tiny plan and features about it, in a folder of their own, as another county would keep them."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

TINY = Path(__file__).parents[2] / "fixtures" / "tiny-plan"
EVENTS = """# language: zh-CN
@没见过的标签 @_T01
功能: 图书馆 <b>的</b> 活动
  背景:
    假如有下列单位
      | 单位 | 类型   | 上级 | 规模 |
      | 北片 | 片区   |      |      |
      | 北馆 | 图书馆 | 北片 | 大   |

  规则: 每季度3至5次
    场景大纲: 一季度办<次数>次
      假如“北馆”报送“2023-Q1”的“读书活动次数”为“<次数>”
      当截至“2023-04-10”检查
      那么“北馆”在“2023-Q1”的“每季度举办3至5次读书活动”是“<结论>”
      例子:
        | 次数 | 结论   |
        | 2    | 未达标 |
        | 3    | 达标   |
"""


def county(folder: Path, **features: str) -> tuple[Path, Path]:
    """Give the folder of the plan and that of the features, each feature by its file's name."""
    plan, told = folder / "plan", folder / "features"
    copytree(TINY, plan)
    told.mkdir()
    for name, text in features.items():
        (told / f"{name}.feature").write_text(text, encoding="utf-8")
    return plan, told


def changed(plan: Path, file: str, old: str, new: str) -> None:
    """Replace what stands once in a file of the plan."""
    text = (plan / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (plan / file).write_text(text.replace(old, new), encoding="utf-8")
