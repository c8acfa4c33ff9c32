# language: zh-CN
功能: 有错的输入：文件和表头
  读不懂的文件整份不采用，先说清楚是哪一份、哪一行；其余照常。

  背景:
    假如按“平罗县”的规划检查

  场景大纲: 输入“<输入>”：<缘由>
    假如输入是“<输入>”
    当截至“2023-01-31”检查
    那么总的结论是“数据有错，未作判定”
    并且指出了下列问题
      | 文件   | 行   | 列   | 意思   |
      | <文件> | <行> | <列> | <意思> |
    例子:
      | 输入                   | 缘由               | 文件     | 行 | 列   | 意思           |
      | missing-file           | 没有单位名册       | 单位名册 | 无 | 无   | 缺少文件       |
      | unsupported-file       | 报来一份不读的文件 | 报送     | 无 | 无   | 不读这一种文件 |
      | malformed-cells        | 一行的格子比表头多 | 报送     | 2  | 无   | 文件读不懂     |
      | malformed-quote        | 引号没有成对       | 报送     | 2  | 无   | 文件读不懂     |
      | malformed-encoding     | 不是认得的编码     | 报送     | 2  | 无   | 文件读不懂     |
      | malformed-yaml-twice   | 同一个键写了两遍   | 报送     | 5  | 无   | 文件读不懂     |
      | malformed-yaml-alias   | 用了别名           | 报送     | 3  | 无   | 文件读不懂     |
      | malformed-yaml-tag     | 用了类型标记       | 报送     | 4  | 无   | 文件读不懂     |
      | malformed-json-twice   | 同一个键写了两遍   | 报送     | 6  | 无   | 文件读不懂     |
      | malformed-json-cut     | 只有半份           | 报送     | 1  | 无   | 文件读不懂     |
      | unknown-column         | 报送多了“状态”列   | 报送     | 1  | 状态 | 表头多了一列   |
      | unknown-column-waivers | 豁免多了一列       | 豁免     | 1  | note | 表头多了一列   |
      | missing-column         | 报送没有“数值”列   | 报送     | 1  | 无   | 表头少了一列   |
      | missing-column-units   | 名册没有类型       | 单位名册 | 1  | 无   | 表头少了一列   |
      | missing-column-waivers | 豁免没有批准单位   | 豁免     | 1  | 无   | 表头少了一列   |

  @C03
  场景大纲: 先搁置“<输入>”的错：平罗中学<平罗中学>
    假如输入是“<输入>”
    当截至“2023-01-31”检查，有错的记录先搁置
    那么“平罗中学”在“2022-2023-1”的“每学期举办科普讲座不少于2次”是“<平罗中学>”
    但是“回民中学”在“2022-2023-1”的“每学期举办科普讲座不少于2次”是“达标”
    例子: 平罗中学的那份就当没有交；没有交的豁免不算豁免
      | 输入                   | 平罗中学 |
      | unsupported-file       | 无法判定 |
      | malformed-cells        | 无法判定 |
      | malformed-quote        | 无法判定 |
      | malformed-encoding     | 无法判定 |
      | malformed-yaml-twice   | 无法判定 |
      | malformed-yaml-alias   | 无法判定 |
      | malformed-yaml-tag     | 无法判定 |
      | malformed-json-twice   | 无法判定 |
      | malformed-json-cut     | 无法判定 |
      | unknown-column         | 无法判定 |
      | unknown-column-waivers | 未达标   |
      | missing-column         | 无法判定 |
      | missing-column-waivers | 未达标   |
