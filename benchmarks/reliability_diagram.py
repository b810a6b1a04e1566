"""A reliability diagram as SVG: the share of correct words by their displayed confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_SIZE, _LEFT, _TOP = 300, 52, 34
_PANELS = (("stranger", "Strangers who say GRID"), ("other", "Other languages and words"))
_STYLES = ((" before", "#b0b7c3", "before"), ("", "#1f6feb", "now"))


def reliability_diagram(bins: Mapping[str, Sequence[Mapping[str, float]]]) -> str:
    """Draw one panel per kind of people; the size of a point grows with its number of words."""
    width = len(_PANELS) * (_SIZE + _LEFT + 18)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_SIZE + _TOP + 48}" width="{width}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{_SIZE + _TOP + 48}" fill="#ffffff"/>',
    ]
    for number, (kind, title) in enumerate(_PANELS):
        parts += _panel(number * (_SIZE + _LEFT + 18) + _LEFT, title, kind, bins)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(left: int, title: str, kind: str, bins: Mapping[str, Sequence[Mapping[str, float]]]) -> list[str]:
    bottom = _TOP + _SIZE
    parts = [
        f'<text x="{left}" y="{_TOP - 14}" font-size="15" font-weight="600">{title}</text>',
        f'<rect x="{left}" y="{_TOP}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#8c959f"/>',
        f'<line x1="{left}" y1="{bottom}" x2="{left + _SIZE}" y2="{_TOP}" stroke="#8c959f" '
        'stroke-dasharray="4 4"/>',
        f'<text x="{left + _SIZE / 2}" y="{bottom + 36}" text-anchor="middle">confidence</text>',
        f'<text transform="translate({left - 38} {_TOP + _SIZE / 2}) rotate(-90)" text-anchor="middle">'
        "share of words that are right</text>",
    ]
    for tick in (0.0, 0.5, 1.0):
        x, y = left + tick * _SIZE, bottom - tick * _SIZE
        parts.append(f'<text x="{x}" y="{bottom + 17}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{tick:g}</text>')
    for row, (suffix, colour, label) in enumerate(_STYLES):
        points = bins.get(kind + suffix, ())
        places = [(left + b["confidence"] * _SIZE, bottom - b["correct"] * _SIZE, b["count"]) for b in points]
        words = sum(int(b["count"]) for b in points)
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y, count in places:
            radius = 3 + 9 * (count / max(words, 1)) ** 0.5
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" opacity="0.8"/>'
            )
        text = f"{label} ({words} words)"
        parts.append(f'<circle cx="{left + 16}" cy="{_TOP + 18 + 20 * row}" r="6" fill="{colour}"/>')
        parts.append(f'<text x="{left + 28}" y="{_TOP + 23 + 20 * row}">{text}</text>')
    return parts
