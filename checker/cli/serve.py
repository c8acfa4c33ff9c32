"""``checker serve``: the service over HTTP."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, key_of, opened
from checker.model.number import normalised, parse_number, shown_percent
from checker.service.ground import BRAKE
from checker.service.serving import Serving, serve


def _share(_: click.Context, __: click.Parameter, typed: str) -> Fraction:
    read = parse_number(normalised(typed))
    if read is None or read[0] > 1 or not (read[1] or read[0] == 0):
        raise click.BadParameter(f"{typed!r} 不是 0% 到 100%  is no share from 0% to 100%")
    return Fraction(read[0])


@click.command("serve")
@database_options
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址  address to listen on")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口  port")
@click.option("--tls-cert", type=PATH, help="TLS 证书  TLS certificate, with --tls-key")
@click.option("--tls-key", type=PATH, help="TLS 私钥  TLS key")
@click.option(
    "--trusted-proxy", metavar="ADDRESS[,…]",
    help="做 TLS 的代理，IP 或网段；只信它说的来处  the proxy that does TLS; it alone says where requests come from",
)  # fmt: skip
@click.option(
    "--drain", type=click.IntRange(0), default=0, show_default=True, metavar="SECONDS",
    help="收到 SIGTERM 后先让 /readyz 答 503 多少秒  how long /readyz says so before no more connections are taken",
)  # fmt: skip
@click.option(
    "--audit-head", type=PATH,
    help="每天导出审计链头到哪里，默认密钥旁（.head）；请再存到别的机器  where its head is exported every day",
)  # fmt: skip
@click.option(
    "--brake", metavar="SHARE", callback=_share, default=shown_percent(BRAKE), show_default=True,
    help="公布后结论会变的超过这个比例，就要填出项数  share of flipped findings above which their number is typed",
)  # fmt: skip
@click.option("--rate-limit", default="600/minute", show_default=True, help="每个账号的请求上限  limit of each account")
@click.option(
    "--sign-in-limit", default="10/minute", show_default=True, help="登录尝试上限  limit of attempts to sign in"
)
def command(
    database: str, audit_key: Path | None, audit_head: Path | None, brake: Fraction, rate_limit: str,
    sign_in_limit: str, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, trusted_proxy: str | None,
    drain: int,
) -> int:  # fmt: skip
    """运行服务。数据库会先升级到本版本；Ctrl-C 或 SIGTERM 会答完手头的请求再退出。

    第一次：checker admin load-rulebook；checker admin load-units units.csv；checker admin create-user …。
    监听非本机地址时必须有 TLS 或指明代理。日志是每行一个 JSON，写到标准错误。
    /healthz 活着，/readyz 可用，/metrics 指标（要令牌），/api/v1/openapi.json 接口说明。

    Runs the service: brings the database to this version, serves until SIGTERM, answers what is running, and ends.
    Begin with `checker admin load-rulebook`, `load-units` and `create-user`. Anything but loopback needs TLS or a named
    proxy. The log is one line of JSON each, on standard error.
    """
    with opened(database, audit_key, migrate=True, brake=brake) as ground:
        key = key_of(ground.database, audit_key)
        head = audit_head or key.with_name(f"{key.name}.head")
        serve(ground, Serving(host, port, head, tls_cert, tls_key, trusted_proxy, rate_limit, sign_in_limit, drain))
    return 0
