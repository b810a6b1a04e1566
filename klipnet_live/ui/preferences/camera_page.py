"""The settings page of the virtual camera."""

from __future__ import annotations

from klipnet_live.outputs.virtual_camera_help import virtual_camera_help
from klipnet_live.ui.preferences.form_page import FormPage


class CameraPage(FormPage):
    """Turns the virtual camera on and sets its device and image size."""

    part = "virtual_camera"

    def build(self) -> None:
        self.add_check("on", lambda: self.tr("Send video and captions to a &virtual camera"))
        self.add_choice("device", lambda: self.tr("Virtual camera"), self._devices)
        self.add_choice(
            "size",
            lambda: self.tr("Image size"),
            lambda: [("640x360", "640 × 360"), ("1280x720", "1280 × 720"), ("1920x1080", "1920 × 1080")],
        )
        self.add_note(
            lambda: self.tr(
                "Choose the virtual camera in your meeting app. If there is none on this computer, see "
                "Help > Diagnostics."
            )
        )

    def _devices(self) -> list[tuple[str | None, str]]:
        found = [device for kind in virtual_camera_help() for device in kind.devices]
        chosen = self._settings_store.settings.virtual_camera.device
        if chosen is not None and chosen not in found:
            found.append(chosen)
        return [
            (None, self.tr("Automatic (first available)")),
            *((device, device) for device in found),
        ]
