"""Checks uploaded recordings: only known containers, of limited size and duration.

Runs in the task's own process, because a damaged file may crash the decoder.
"""

from __future__ import annotations

from pathlib import Path

import av

from klipnet_live.media.container import moving_pictures, opened
from klipnet_live.types import UserError

DEMUXERS = "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,asf,flv,ogg,mxf,dv,ivf,nut,rm"
"""FFmpeg's names of video containers; no playlists, images or text."""


def check_video(path: Path, max_seconds: float, max_pixels: int) -> None:
    """UserError if the file is not a video, too long, or its frames are too large."""
    try:
        container = opened(path, format_whitelist=DEMUXERS)
    except (av.FFmpegError, OSError, ValueError) as problem:
        raise _no_video(path) from problem
    with container:
        streams = moving_pictures(container)
        if not streams:
            raise _no_video(path)
        for stream in streams:
            if stream.codec_context.width * stream.codec_context.height > max_pixels:
                raise UserError(
                    "The frames of {path} are too large ({width} x {height}). Make a copy with at most "
                    "{megapixels:.0f} megapixels.",
                    path=path,
                    width=stream.codec_context.width,
                    height=stream.codec_context.height,
                    megapixels=max_pixels / 1e6,
                )
        length_s = container.duration / av.time_base if container.duration else 0.0
        if length_s > max_seconds:
            raise UserError(
                "{path} is {minutes:.0f} minutes long; at most {most:.0f} minutes are allowed. Cut it into "
                "parts.",
                path=path,
                minutes=length_s / 60,
                most=max_seconds / 60,
            )


def _no_video(path: Path) -> UserError:
    return UserError(
        "{path} is not a readable video. Choose a video file, for example MP4, MKV or WebM.",
        path=path,
    )
