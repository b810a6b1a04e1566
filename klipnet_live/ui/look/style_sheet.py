"""The app's style sheet, generated from a theme."""

from __future__ import annotations

from klipnet_live.assets import ASSETS
from klipnet_live.ui.look.contrast import luminance
from klipnet_live.ui.look.tokens import (
    CORNER_L,
    CORNER_M,
    CORNER_S,
    DARK,
    HEADING,
    PLATE,
    PROMPT,
    TITLE,
    Theme,
)

_ICONS = ASSETS / "icons"

_SHEET = """
QWidget {{ color: {text}; }}
QMainWindow, QDialog, QWizard, QWizardPage {{ background: {window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QInputDialog QLineEdit {{ min-width: {narrow}px; }}
QFileDialog {{ min-width: {wide}px; min-height: {narrow}px; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {control_border}; padding: 4px; }}
QMenuBar, QMenu {{ background: {surface}; }}
QMenu {{ border: 1px solid {control_border}; padding: 4px; }}
QMenu::item {{ padding: 5px {wide_pad}px; border-radius: {corner_s}px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="warning"] {{ color: {on_warning}; font-weight: 600; }}
QLabel[role="prompt"] {{ font-weight: 600; font-size: {prompt_pt}pt; }}
QLabel[role="heading"] {{ font-weight: 600; padding-top: {wide_pad}px; }}
QLabel[role="title"] {{ font-weight: 600; font-size: {title_pt}pt; }}
QPushButton, QToolButton, QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit, QProgressBar {{
    background: {surface}; border: 1px solid {control_border}; border-radius: {corner}px;
    padding: {pad}px {wide_pad}px; min-height: {line}px;
}}
QPushButton {{ font-weight: 600; }}
/* The border shows the focus; Fusion would also tint the inside. */
QPushButton, QToolButton {{ outline: none; }}
QPushButton:hover, QToolButton:hover, QComboBox:hover {{ border-color: {accent}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus,
QLineEdit:focus {{ border: 2px solid {accent}; padding: {focus_pad}px {focus_wide_pad}px; }}
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled {{ color: {muted}; border-color: {border}; }}
QPushButton[role="primary"] {{
    background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600;
}}
QPushButton[role="primary"]:disabled {{ background: {surface}; color: {muted}; border-color: {border}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{ border-color: transparent; background: transparent; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{ background: {gap}; }}
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked {{ background: {gap}; }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{ border-color: {accent}; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton::menu-indicator {{
    image: url("{icons}/chevron-{ink}.svg"); width: {arrow}px; height: {arrow}px;
    subcontrol-origin: padding; subcontrol-position: center right; right: {focus_pad}px;
}}
QPushButton[role="link"] {{
    border-color: transparent; background: transparent; color: {accent}; text-decoration: underline;
    padding: 2px {pad}px; min-height: 0;
}}
QPushButton[role="link"]:focus {{ border: 2px solid {accent}; padding: 1px {focus_pad}px; }}
QCheckBox:disabled {{ color: {muted}; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{
    background: {accent_hover}; border-color: {text};
}}
/* Without this, Qt measures the popup list too early and cuts off the last entry. */
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {row}px; padding: 0 {pad}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {accent}; color: {on_accent}; }}
QSpinBox, QDoubleSpinBox {{ min-width: {number}px; }}
QLineEdit {{ placeholder-text-color: {muted}; }}
QLineEdit QToolButton {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox QLineEdit {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: {line}px; }}
QComboBox::down-arrow, QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{
    image: url("{icons}/chevron-{ink}.svg"); width: {arrow}px; height: {arrow}px;
}}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{
    image: url("{icons}/chevron-up-{ink}.svg"); width: {arrow}px; height: {arrow}px;
}}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    border: 0; width: {line}px;
}}
QComboBox QAbstractItemView {{
    background: {surface}; border: 1px solid {control_border};
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QCheckBox, QRadioButton {{
    spacing: 8px; padding: 3px 3px 3px 0; border: 2px solid transparent; border-radius: {corner_s}px;
}}
QCheckBox::indicator {{
    width: {box}px; height: {box}px; border: 2px solid {control_border}; border-radius: {corner_s}px;
    background: {surface};
}}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{icons}/check-{accent_ink}.svg");
}}
QCheckBox:focus, QRadioButton:focus, QSlider:focus {{
    border: 2px solid {accent}; border-radius: {corner_s}px;
}}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QScrollArea {{ border: 2px solid transparent; border-radius: {corner}px; }}
QScrollArea:focus {{ border-color: {accent}; }}
QScrollBar:vertical {{ background: transparent; width: {scroll}px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {control_border}; border-radius: 4px; min-height: 40px; }}
QScrollBar:horizontal {{ background: transparent; height: {scroll}px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {control_border}; border-radius: 4px; min-width: 40px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QSplitter::handle {{ background: transparent; }}
QTabWidget::pane {{ border: 1px solid {border}; border-radius: {corner}px; background: {surface}; }}
QTabBar::tab {{ padding: {pad}px {wide_pad}px; border-bottom: 3px solid transparent; color: {muted}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {accent}; }}
QAbstractItemView QLineEdit {{ padding: 0 2px; min-height: 0; border-radius: 0; }}
QTableView, QTreeView, QTextBrowser, QListWidget {{
    background: {surface}; border: 1px solid {border}; border-radius: {corner}px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QTableView:focus, QTreeView:focus, QTextBrowser:focus, QListWidget:focus {{ border: 2px solid {accent}; }}
QTableView::item, QTreeView::item, QListWidget::item {{ padding: {pad}px; }}
QListWidget::item:selected {{ background: {accent}; color: {on_accent}; border-radius: {corner_s}px; }}
QHeaderView::section {{
    background: {window}; color: {muted}; padding: {pad}px;
    border: 0; border-bottom: 1px solid {control_border};
}}
QProgressBar {{ padding: 0; min-height: {box}px; max-height: {box}px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {corner_s}px; }}
QTabBar QToolButton {{ padding: 0; min-height: 0; border-radius: 0; }}
QTabBar QToolButton::left-arrow {{ image: url("{icons}/chevron-left-{ink}.svg"); }}
QTabBar QToolButton::right-arrow {{ image: url("{icons}/chevron-right-{ink}.svg"); }}
#captionList {{ background: transparent; border: 2px solid transparent; border-radius: {corner}px; }}
#captionList:focus {{ border-color: {accent}; }}
#captionList QTextEdit {{ background: {surface}; border: 0; }}
#sessionBar, #startHead {{ background: {surface}; border-bottom: 1px solid {border}; }}
#sourceName {{ font-weight: 600; }}
#choiceCard {{ background: {surface}; border: 1px solid {card_border}; border-radius: {corner_l}px; }}
#choiceCard:hover {{ border-color: {accent}; }}
#choiceCard:focus, #choiceCard[dropping="true"] {{ border: 2px solid {accent}; }}
#choiceTitle {{ font-weight: 600; font-size: {heading_pt}pt; }}
#overlayControls QToolButton {{
    background: {plate}; border: 1px solid {plate_border}; padding: 4px 8px; min-height: 0;
}}
#overlayControls QToolButton:hover, #overlayControls QToolButton:focus {{ border: 2px solid {plate_accent}; }}
#noteBar {{ background: {note}; border: 1px solid {note_border}; border-radius: {corner}px; }}
#messageBar {{ background: {surface}; border: 1px solid {control_border}; border-radius: {corner}px; }}
#messageBar[role="warning"] {{ background: {warning}; border-color: {on_warning}; }}
#messageBar[role="warning"] QLabel {{ color: {on_warning}; }}
"""


def style_sheet(theme: Theme, points: float) -> str:
    """The Qt style sheet; `points`: size of body text, with which spacing scales."""
    pad = round(points * 0.45)
    return _SHEET.format(
        **{
            name: getattr(theme, name).name()
            for name in (
                "text", "window", "surface", "muted", "accent", "on_accent", "accent_hover",
                "border", "control_border", "warning", "on_warning", "gap", "note", "note_border",
            )
        },
        card_border=(theme.control_border if theme.name == "contrast" else theme.border).name(),
        title_pt=round(points * TITLE, 1),
        prompt_pt=round(points * PROMPT, 1),
        heading_pt=round(points * HEADING, 1),
        plate=PLATE.name(),
        plate_border=DARK.border.name(),
        plate_accent=DARK.accent.name(),
        corner=CORNER_M,
        corner_s=CORNER_S,
        corner_l=CORNER_L,
        pad=pad,
        wide_pad=pad * 2,
        focus_pad=pad - 1,
        focus_wide_pad=pad * 2 - 1,
        line=round(points * 1.9),
        row=round(points * 2.3),
        number=round(points * 8),
        narrow=round(points * 30),
        wide=round(points * 48),
        scroll=round(6 + points),
        arrow=round(points * 1.2),
        box=round(points * 1.3),
        accent_ink="light" if luminance(theme.on_accent) > 0.5 else "dark",
        icons=_ICONS.as_posix(),
        ink="dark" if luminance(theme.surface) > 0.5 else "light",
    )  # fmt: skip
