"""The settings page of captions for other programs."""

from __future__ import annotations

from pydantic import BaseModel
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from klipnet_live.settings import OutputSettings
from klipnet_live.ui.preferences.form_page import FormPage
from klipnet_live.ui.widgets.form_rows import with_button

_HOST = "127.0.0.1"


class OutputsPage(FormPage):
    """Text file, WebSocket, Zoom and typing. All are off by default."""

    part = "outputs"

    def build(self) -> None:
        self._add_text_file()
        self._add_websocket()
        self._add_zoom()
        self.add_heading(lambda: self.tr("Typing"))
        self.add_check("typing", lambda: self.tr("T&ype completed lines into the focused window"))
        self.add_note(
            lambda: self.tr(
                "For people who speak without voice. Ctrl+Shift+Y and `klipnet-live toggle typing` "
                "turn it on and off. It is off whenever the app starts."
            )
        )

    def _add_text_file(self) -> None:
        self.add_heading(lambda: self.tr("Text file, for OBS"))
        path = self.add_text("text_file", lambda: self.tr("Text file"), browse=self._ask_for_text_file)
        self.add_check(
            "text_file_on", lambda: self.tr("Write the current captions to the text &file"), needs=path
        )
        self.add_note(lambda: self.tr("In OBS, add a text source and turn on “Read from file”."))

    def _add_websocket(self) -> None:
        self.add_heading(lambda: self.tr("WebSocket, for other programs"))
        self.add_check(
            "websocket", lambda: self.tr("Offer captions to programs on this computer (&WebSocket)")
        )
        self.add_number("websocket_port", lambda: self.tr("Port"), 1024, 65535)
        self.address = QLineEdit(readOnly=True)
        self.copy_button = QPushButton(autoDefault=False)
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.address.text()))
        row = with_button(self.address, self.copy_button)
        self._add_row(self.address, lambda: self.tr("Address with secret token"), row)
        self._texts.append(lambda: self.copy_button.setText(self.tr("&Copy")))
        self._texts.append(
            lambda: self.address.setPlaceholderText(self.tr("Created when you turn on the WebSocket"))
        )
        self._readers.append(self._show_address)

    def _show_address(self, values: BaseModel) -> None:
        assert isinstance(values, OutputSettings)
        on = values.websocket and values.websocket_token
        self.address.setText(
            f"ws://{_HOST}:{values.websocket_port}/?token={values.websocket_token}" if on else ""
        )
        self.address.setCursorPosition(0)
        self.copy_button.setEnabled(bool(on))

    def _ask_for_text_file(self) -> str:
        title, kind = self.tr("Text file for the captions"), self.tr("Text")
        return QFileDialog.getSaveFileName(self, title, "captions.txt", f"{kind} (*.txt)")[0]

    def _add_zoom(self) -> None:
        self.add_heading(lambda: self.tr("Zoom meeting"))
        url = self.add_text("zoom_url", lambda: self.tr("API token of the Zoom meeting"))
        self.add_check("zoom", lambda: self.tr("Send completed lines to this &Zoom meeting"), needs=url)
        self.add_note(
            lambda: self.tr(
                "The captions are sent to Zoom over the network; nothing else in captioning uses it. In the "
                "meeting, the host copies the token from Captions > Set up manual captioner. It is not "
                "stored."
            )
        )
