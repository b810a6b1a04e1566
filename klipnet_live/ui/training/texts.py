"""What the training dialog says about a training: before it, while it runs, and about its result."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from klipnet_live.assets import is_frozen
from klipnet_live.recording.training import TrainingResult, TrainingState

_MINUTE_S = 60


def about_sentences(count: int) -> str:
    """What to expect from this number of recorded sentences."""
    # Measured by benchmarks.learning_curve: 17.4, 11.7 and 9.3 % WER.
    return QCoreApplication.translate(
        "TrainingTexts",
        "You have recorded {count} sentences. More sentences give better results: on sentences of the "
        "same kind, a model of one speaker got 83 of 100 words right after 203 sentences, 88 after 405 "
        "and 91 after 810. A fifth of yours is held out, to compare the new model with the current "
        "one. Training takes minutes to hours and runs in the background.",
    ).format(count=count)


def about_phrases(count: int) -> str:
    """What is trained on the takes of this number of phrases."""
    return QCoreApplication.translate(
        "TrainingTexts",
        "A model is trained on your takes of {count} phrases, as an alternative to the matching that "
        "reads them now. The newest take of each phrase is held out, to compare the two.",
    ).format(count=count)


def how_to_install() -> str:
    """What to do if the libraries for training are missing."""
    if is_frozen():
        return QCoreApplication.translate(
            "TrainingTexts",
            "This packaged app cannot train models. Install KLipNet Live with Python, as described on "
            "its web page; it will find these recordings.",
        )
    return QCoreApplication.translate(
        "TrainingTexts", "Training needs more libraries. This command installs them; then come back here:"
    )


def state_text(state: TrainingState) -> str:
    """The stage of a training and the time left; empty once it has ended."""
    texts = {
        "starting": QCoreApplication.translate("TrainingTexts", "Getting ready…"),
        "preparing": QCoreApplication.translate(
            "TrainingTexts", "Cropping your mouth from the recordings: {done} of {total}"
        ),
        "training": QCoreApplication.translate("TrainingTexts", "Training: {percent} %"),
        "comparing": QCoreApplication.translate("TrainingTexts", "Comparing both models…"),
        "stopped": QCoreApplication.translate("TrainingTexts", "Stopped. Press “Train now” to continue."),
    }
    percent = round(100 * state.done / max(1, state.total))
    text = texts.get(state.stage, "").format(done=state.done, total=state.total, percent=percent)
    return text if state.seconds_left is None else f"{text}, {_time_left(state.seconds_left)}"


def result_text(result: TrainingResult) -> str:
    """How well the new model reads, compared with what is in use."""
    if result.rival is not None:
        text = QCoreApplication.translate(
            "TrainingTexts",
            "Of {count} held-out takes, the new model reads {after} correctly, and matching {rival}.",
        ).format(count=len(result.readings), after=result.whole, rival=result.rival)
        worse = QCoreApplication.translate("TrainingTexts", "Matching is still at least as good.")
    else:
        text = QCoreApplication.translate(
            "TrainingTexts",
            "Of {words} words in {count} held-out sentences, the new model reads {after} correctly, and "
            "the current model {before}.",
        ).format(words=result.words, count=len(result.readings), after=result.after, before=result.before)
        worse = QCoreApplication.translate(
            "TrainingTexts", "It is not better. Record more sentences and train again."
        )
    return text if result.is_better else f"{text} {worse}"


def _time_left(seconds: float) -> str:
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("TrainingTexts", "less than a minute left")
    minutes = round(seconds / _MINUTE_S)
    if minutes < 2 * _MINUTE_S:
        return QCoreApplication.translate("TrainingTexts", "at most {minutes} minutes left").format(
            minutes=minutes
        )
    return QCoreApplication.translate("TrainingTexts", "at most {hours} hours left").format(
        hours=round(minutes / _MINUTE_S)
    )
