"""The "About" box of the help menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from klipnet_live import __version__
from klipnet_live.ui.widgets.plain import message_box


def show_about(parent: QWidget) -> QMessageBox:
    """Show version and licence in a non-blocking message box."""
    text = QCoreApplication.translate(
        "About",
        "KLipNet Live {version}\n\nLive captions from lips and sound, computed on this computer only.\n\n"
        "Free software under the GNU General Public License, version 2 or later (GPL-2.0-or-later), without "
        "any warranty. Included software and its licences are listed in assets/NOTICE.md.",
    )
    title = QCoreApplication.translate("About", "About KLipNet Live")
    box = message_box(parent, title, text.format(version=__version__), QMessageBox.Icon.NoIcon)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(QCoreApplication.translate("About", "Close"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box
