"""`klipnet-live serve`: a web server that captions recordings."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

from klipnet_live.commands.caption_folder import open_runner, positive
from klipnet_live.commands.extras import check_extra
from klipnet_live.commands.options import UsageError, path_argument
from klipnet_live.plain_text import say

if TYPE_CHECKING:
    from klipnet_live.batch.runner import Runner
    from klipnet_live.web.access import AccessToken
    from klipnet_live.web.limits import Limits

_NEEDED = ("fastapi", "uvicorn", "python_multipart")

_ALL_ADDRESSES = {"0.0.0.0", "::", ""}

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="start a web page for captioning recordings")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: only this computer)"
    )
    parser.add_argument("--port", type=int, default=8000, help="default 8000; 0 for any free port")
    parser.add_argument(
        "--folder", type=path_argument, metavar="DIR", help="folder for uploads until they are deleted"
    )
    runs = parser.add_mutually_exclusive_group()
    runs.add_argument("--jobs", type=positive, metavar="N", help="recordings processed at once")
    runs.add_argument(
        "--scheduler", metavar="tcp://HOST:8786", help="process them on a Dask cluster (extra: cluster)"
    )
    access = parser.add_argument_group("access")
    access.add_argument("--token", action="store_true", help="require a token on this computer too")
    access.add_argument("--new-token", action="store_true", help="create a new token; the old one expires")
    access.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="additional host name of the server",
    )
    limits = parser.add_argument_group("limits")
    limits.add_argument("--max-gb", type=_amount, default=4, metavar="GB", help="maximum file size (4)")
    limits.add_argument("--max-hours", type=_amount, default=3, metavar="H", help="maximum duration (3)")
    limits.add_argument(
        "--quota-gb", type=_amount, default=20, metavar="GB", help="maximum size of all recordings (20)"
    )
    limits.add_argument(
        "--keep-hours", type=_amount, default=24, metavar="H", help="time to keep results (24)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C; unfinished jobs continue at the next start."""
    check_extra("web", *_NEEDED)
    from klipnet_live.web.app import Service, create_app
    from klipnet_live.web.offer import Offer
    from klipnet_live.web.server import Server
    from klipnet_live.web.store import Store

    folder = _data_folder(options)
    local = options.host in LOOPBACK
    token, shown = _token(options, folder, local)
    with _listening(options.host, options.port) as listener:
        service = Service(
            folder, Store(folder / "jobs.sqlite3"), lambda: _runner(options), _writer, Offer(),
            _limits(options), _hosts(options), token, local,
        )  # fmt: skip
        _say_where(listener, options, token, shown)
        Server(create_app(service)).run(sockets=[listener])
    return 0


def _data_folder(options: argparse.Namespace) -> Path:
    folder = options.folder or user_data_path("klipnet-live", appauthor=False) / "server"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(folder)


def _token(options: argparse.Namespace, folder: Path, local: bool) -> tuple[AccessToken | None, str | None]:
    """A token if other computers can reach the server, and its text if it was created now."""
    from klipnet_live.web.access import AccessToken

    if local and not (options.token or options.new_token):
        return None, None
    return AccessToken.load_or_make(folder / "token.sha256", options.new_token)


def _hosts(options: argparse.Namespace) -> tuple[str, ...]:
    return ("localhost", options.host, socket.gethostname(), *options.allow_host)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        raise UsageError(
            "Cannot listen on {host} port {port} ({reason}). Choose another --host or --port.",
            host=host, port=port, reason=reason,
        ) from problem  # fmt: skip


def _limits(options: argparse.Namespace) -> Limits:
    from klipnet_live.web.limits import Limits

    return Limits(
        upload_bytes=int(options.max_gb * 1e9),
        quota_bytes=int(options.quota_gb * 1e9),
        video_s=options.max_hours * 3600,
        keep_s=options.keep_hours * 3600,
    )


def _runner(options: argparse.Namespace) -> Runner:
    from klipnet_live.web.limits import Limits

    jobs = options.jobs or max(1, (os.cpu_count() or 1) // 2)
    return open_runner(options.scheduler, jobs, Limits().memory_bytes)


def _writer() -> Runner:
    from klipnet_live.batch.processes import ProcessRunner
    from klipnet_live.web.limits import Limits

    return ProcessRunner(1, Limits().memory_bytes)


def _say_where(
    listener: socket.socket, options: argparse.Namespace, token: AccessToken | None, shown: str | None
) -> None:
    port = listener.getsockname()[1]
    # A wildcard address cannot be opened in a browser.
    named = socket.gethostname() if options.host in _ALL_ADDRESSES else options.host
    host = f"[{named}]" if ":" in named else named
    address = f"http://{host}:{port}/"
    if shown is not None:
        say(f"Captions at {address}#token={shown}")
        say("This token is shown only now. --new-token creates a new one.")
    elif token is not None:
        say(f"Captions at {address} with the token shown earlier. --new-token creates a new one.")
    else:
        say(f"Captions at {address} on this computer only. Ctrl+C stops the server.")
    if options.host not in LOOPBACK:
        say("Connections are not encrypted. Use a reverse proxy with HTTPS.", sys.stderr)


def _amount(text: str) -> float:
    number = float(text)
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number
