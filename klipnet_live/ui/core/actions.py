"""The window's actions with their shortcuts, and the menus."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


class Actions(QObject):
    """All actions and menus; the window connects them."""

    def __init__(self, menu_bar: QMenuBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.start_page = self._action("Ctrl+N")
        self.open_video = self._action(QKeySequence.StandardKey.Open)
        self.pick_region = self._action("Ctrl+R")
        self.caption_file = self._action("Ctrl+E")
        self.transcripts = self._action("Ctrl+T")
        self.my_phrases = self._action("Ctrl+Shift+M")
        self.record_sentences = self._action("Ctrl+Shift+S")
        self.settings = self._action(QKeySequence.StandardKey.Preferences, "Ctrl+,")
        self.quit = self._action(QKeySequence.StandardKey.Quit, "Ctrl+Q")
        self.toggle = self._action("Ctrl+Return")
        self.clear = self._action("Ctrl+Shift+K")
        self.jump = self._action("Ctrl+End")
        self.overlay = self._action("Ctrl+Shift+O", checkable=True)
        self.click_through = self._action("Ctrl+Shift+T", checkable=True)
        self.reading_mode = self._action("Ctrl+Shift+R", checkable=True)
        self.virtual_camera = self._action("Ctrl+Shift+V", checkable=True)
        self.typing = self._action("Ctrl+Shift+Y", checkable=True)
        self.picture = self._action("Ctrl+Shift+P", checkable=True)
        self.people = self._action("Ctrl+Shift+N")
        self.dock_below = self._action("Ctrl+Shift+D", checkable=True)
        self.dock_above = self._action("Ctrl+Shift+U", checkable=True)
        self.captions_only = self._action("Ctrl+Shift+C", checkable=True)
        self.larger = self._action(QKeySequence.StandardKey.ZoomIn, "Ctrl+=")
        self.smaller = self._action(QKeySequence.StandardKey.ZoomOut, "Ctrl+-")
        self.diagnostics = self._action()
        self.guide = self._action(QKeySequence.StandardKey.HelpContents, "F1")
        self.about = self._action()
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self._menus = self._make_menus(menu_bar)
        self.retranslate(running=False)

    def _make_menus(self, menu_bar: QMenuBar) -> list[QMenu]:
        return [
            self._menu(
                menu_bar, self.start_page, self.open_video, self.pick_region, None, self.caption_file,
                self.transcripts, self.my_phrases, self.record_sentences, None, self.settings, None,
                self.quit,
            ),
            self._menu(
                menu_bar, self.toggle, None, self.people, None, self.virtual_camera, self.typing, None,
                self.jump, self.clear,
            ),
            self._menu(
                menu_bar, self.overlay, self.click_through, self.reading_mode, None,
                self.picture, self.captions_only, self.dock_below, self.dock_above, None,
                self.larger, self.smaller,
            ),
            self._menu(menu_bar, self.guide, self.diagnostics, None, self.about),
        ]  # fmt: skip

    @property
    def shortcuts(self) -> list[QAction]:
        """All actions with shortcuts, to make them work in other windows too."""
        return [action for action in self.findChildren(QAction) if action.shortcuts()]

    @property
    def of_overlay(self) -> list[QAction | None]:
        """Actions of the overlay's menu; None is a separator."""
        return [self.toggle, None, self.reading_mode, self.larger, self.smaller, None, self.settings]

    def retranslate(self, *, running: bool) -> None:
        titles = (self.tr("&File"), self.tr("&Captions"), self.tr("&View"), self.tr("&Help"))
        for menu, title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)
        self.start_page.setText(self.tr("&New captions…"))
        self.open_video.setText(self.tr("&Open video…"))
        self.pick_region.setText(self.tr("Choose a &region of the screen…"))
        self.caption_file.setText(self.tr("Caption a video to a &file…"))
        self.transcripts.setText(self.tr("&Transcripts…"))
        self.my_phrases.setText(self.tr("&My phrases…"))
        self.record_sentences.setText(self.tr("Record training se&ntences…"))
        self.settings.setText(self.tr("&Settings…"))
        self.quit.setText(self.tr("&Quit"))
        self.toggle.setText(self.tr("&Stop") if running else self.tr("&Start"))
        self.clear.setText(self.tr("&Clear captions"))
        self.jump.setText(self.tr("&Jump to newest"))
        self.overlay.setText(self.tr("Caption &overlay"))
        self.click_through.setText(self.tr("Let clicks pass &through the overlay"))
        self.reading_mode.setText(self.tr("Show only &final words in the overlay"))
        self.virtual_camera.setText(self.tr("&Virtual camera"))
        self.typing.setText(self.tr("T&ype lines into other windows"))
        self.picture.setText(self.tr("&Preview and source"))
        self.people.setText(self.tr("&People…"))
        self.dock_below.setText(self.tr("Dock at the &bottom of the screen"))
        self.dock_above.setText(self.tr("Dock at the top of the &screen"))
        self.captions_only.setText(self.tr("Captions &only"))
        self.larger.setText(self.tr("&Larger text"))
        self.smaller.setText(self.tr("S&maller text"))
        self.guide.setText(self.tr("First &steps…"))
        self.diagnostics.setText(self.tr("&Diagnostics…"))
        self.about.setText(self.tr("&About KLipNet Live"))

    def _action(self, *keys: str | QKeySequence.StandardKey, checkable: bool = False) -> QAction:
        action = QAction(self)
        action.setCheckable(checkable)
        # A standard key may be undefined on a desktop, or equal to another given key.
        sequences = [sequence for key in keys if not (sequence := QKeySequence(key)).isEmpty()]
        action.setShortcuts(list(dict.fromkeys(sequences)))
        return action

    def _menu(self, menu_bar: QMenuBar, *entries: QAction | None) -> QMenu:
        menu = menu_bar.addMenu("")
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry)
        return menu
