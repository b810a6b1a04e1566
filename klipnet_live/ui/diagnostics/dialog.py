"""The diagnostics dialog: results of the checks, and requirements of virtual cameras."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from klipnet_live.outputs.virtual_camera_help import CameraHelp, virtual_camera_help
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.core.pipeline_port import Finding
from klipnet_live.ui.diagnostics.texts import translated
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.widgets.dialog import Dialog


class DiagnosticsDialog(Dialog):
    """Runs the checks when it is opened, and on request."""

    size_at_full = QSize(720, 640)

    def __init__(
        self,
        diagnose: Callable[[], Sequence[Finding]],
        camera_help: Callable[[], Sequence[CameraHelp]] = virtual_camera_help,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera_help = camera_help
        self._findings: Sequence[Finding] | UserError | None = None
        self._doctor = Background(diagnose, self)
        for signal in (self._doctor.answered, self._doctor.failed):
            signal.connect(self._show_findings)
        self.report = QTextBrowser(openExternalLinks=False)
        self.report.document().setDocumentMargin(12)
        # The bundled font has no bold weight, and synthetic bold makes Hangul unreadable.
        self.report.document().setDefaultStyleSheet("b, h3 { font-weight: 600; }")
        self.again_button = QPushButton()
        self.again_button.clicked.connect(self.check)
        self.close_button = QPushButton()
        self.close_button.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.report, stretch=1)
        layout.addLayout(buttons)
        self.retranslate()

    def check(self) -> None:
        """Run the checks in the background; they take seconds, because devices are opened."""
        self._findings = None
        self._doctor.ask()
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.check()

    def _show_findings(self, findings: Sequence[Finding] | UserError) -> None:
        self._findings = findings
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Diagnostics"))
        self.report.setAccessibleName(self.tr("Results"))
        self.again_button.setText(self.tr("&Check again"))
        self.again_button.setEnabled(self._findings is not None)
        self.close_button.setText(self.tr("Close"))
        parts = [_heading(self.tr("Virtual camera")), *map(self._camera, self._camera_help())]
        parts.append(_heading(self.tr("This computer")))
        if self._findings is None:
            parts.append(_paragraph(self.tr("Checking…")))
        elif isinstance(self._findings, UserError):
            parts.append(_paragraph(message_text(self._findings)))
        else:
            parts += map(self._finding, self._findings)
        self.report.setHtml("".join(parts))

    def _camera(self, kind: CameraHelp) -> str:
        if kind.ready:
            return _entry("✓", kind.name, self.tr("ready"), ", ".join(kind.devices), "")
        return _entry("–", kind.name, self.tr("not available"), "", translated(kind.remedy))

    def _finding(self, finding: Finding) -> str:
        if finding.ok:
            mark, state = "✓", self.tr("OK")
        elif finding.needed:
            mark, state = "✕", self.tr("missing")
        else:
            mark, state = "–", self.tr("not available")
        return _entry(
            mark, translated(finding.name), state, translated(finding.detail), translated(finding.remedy)
        )


def _heading(text: str) -> str:
    return f"<h3>{html.escape(text)}</h3>"


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _entry(mark: str, name: str, state: str, detail: str, remedy: str) -> str:
    """HTML of one result. The state is also given in words, for screen readers."""
    first = f"{mark} <b>{html.escape(name)}</b>: {html.escape(state)}"
    more = "".join(f"<br>{html.escape(text)}" for text in (detail, remedy) if text)
    return f"<p>{first}{more}</p>"
