"""The virtual camera."""

from __future__ import annotations

from klipnet_live.outputs.virtual_camera_help import virtual_camera_help
from klipnet_live.ui.preferences.form_page import FormPage


class CameraPage(FormPage):
    """Whether captions are shown on a virtual camera, on which, and how large."""

    part = "virtual_camera"

    def build(self) -> None:
        self.add_check("on", lambda: self.tr("Show picture and captions on a &virtual camera"))
        self.add_choice("device", lambda: self.tr("Virtual camera"), self._devices)
        self.add_choice(
            "size",
            lambda: self.tr("Size of the picture"),
            lambda: [("640x360", "640 × 360"), ("1280x720", "1280 × 720"), ("1920x1080", "1920 × 1080")],
        )
        self.add_note(
            lambda: self.tr(
                "Choose the virtual camera in your meeting program. What is missing for one on this computer "
                "is said under Help > Diagnostics."
            )
        )

    def _devices(self) -> list[tuple[str | None, str]]:
        found = [device for kind in virtual_camera_help() for device in kind.devices]
        chosen = self._keeper.settings.virtual_camera.device
        if chosen is not None and chosen not in found:
            found.append(chosen)
        return [
            (None, self.tr("Automatic: the first that is there")),
            *((device, device) for device in found),
        ]
