// One video: how far it is, its lines, watching and downloading.

import { bar, forget, stateWords } from "./home.js";
import { announce, confirmed, editInPlace, find, make } from "./parts.js";
import { Refusal, address, correctLine, deleteJob, follow, getJob, getLines, renameSpeaker } from "./server.js";
import { clock, counted, dateTime, percent, problemText, text } from "./texts.js";

const TEXT_FORMS = ["srt", "vtt", "txt", "json"];
const UNSURE = 0.5;

let job = null;
let lines = [];
let opened = [];
let stopFollowing = () => null;
let triedCopy = false;
let trackVersion = 0;

export async function showJob(id) {
  job = null;
  lines = [];
  opened = [];
  find("video-problem").hidden = true;
  try {
    job = await getJob(id);
  } catch (error) {
    showMissing(error);
    return;
  }
  const video = find("video");
  triedCopy = false;
  video.hidden = false;
  video.src = address(id, "video");
  translateJob();
  renderLines();
  if (ended()) await finish();
  else stopFollowing = follow(id, { onJob, onLine, onSpeaking, onDeleted: () => showMissing(null) });
}

export function leaveJob() {
  stopFollowing();
  const video = find("video");
  video.pause();
  video.removeAttribute("src");
  video.replaceChildren();
  video.load();
  job = null;
  // Until the next job is known, a click would be lost.
  find("delete").hidden = true;
}

export function translateJob() {
  if (job === null) return;
  renderState();
  renderDownloads();
  renderLines();
}

const ended = () => job.state === "done" || job.state === "failed";

function showMissing(error) {
  job = null;
  find("job-name").textContent = "";
  const words = error instanceof Refusal && error.problem ? problemText(error.problem) : text("deleted");
  find("job-state").replaceChildren(make("p", { class: "problem" }, words));
  find("video").hidden = true;
  for (const id of ["downloads", "delete", "edit-help"]) find(id).hidden = true;
  for (const id of ["lines", "opened"]) find(id).replaceChildren();
  for (const id of ["kept", "no-lines"]) find(id).textContent = "";
}

async function onJob(fresh) {
  job = fresh;
  renderState();
  if (!ended()) return;
  if (job.state === "done") announce(text("ready", { name: job.name }));
  await finish();
}

function onLine(line) {
  if (lines.some((known) => known.number === line.number)) return;
  lines.push(line);
  const list = find("lines");
  list.append(lineElement(line));
  find("no-lines").textContent = "";
  const near = window.innerHeight - list.getBoundingClientRect().bottom > -200;
  if (near) list.lastElementChild.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

function onSpeaking(fresh) {
  opened = fresh;
  find("opened").replaceChildren(
    ...opened.map((line) =>
      make("div", { class: speakerClass(line.speaker) }, make("span", { class: "badge" }, badge(line.speaker)), " ", line.committed,
        make("span", { class: "tentative" }, line.committed || line.tentative ? line.tentative : "…"))),
  );
}

async function finish() {
  onSpeaking([]);
  lines = await getLines(job.id).catch(() => []);
  lines.sort((one, other) => one.start_s - other.start_s);
  if (job === null) return;
  renderState();
  renderDownloads();
  renderLines();
  if (job.state === "done" && find("video").hidden && !triedCopy) playCopy();
  showTrack();
}

function renderState() {
  find("job-name").textContent = job.name;
  document.title = `${job.name} · KLipNet Live`;
  const state = find("job-state");
  const parts = [];
  // The reason why it failed says enough.
  if (job.state === "failed") find("video-problem").hidden = true;
  if (job.state === "failed") parts.push(make("p", { class: "problem", role: "alert" }, problemText(job.problem)));
  else if (job.state === "done") parts.push(make("p", { class: "done" }, `${text("done")} · ${counted("lines", job.lines)}`));
  else parts.push(make("p", { class: "muted" }, stateWords(job)), bar(job.progress, stateWords(job)));
  parts.push(...job.notes.map((note) => make("p", { class: "note" }, problemText(note))));
  state.replaceChildren(...parts);
  find("kept").textContent = ended() ? text("kept_until", { time: dateTime(job.expires) }) : "";
  find("delete").hidden = false;
}

function renderDownloads() {
  const nothing = job.state === "failed" && !lines.length;
  find("read").hidden = nothing;
  find("columns").classList.toggle("alone", nothing);
  find("downloads").hidden = job.state !== "done";
  find("edit-help").hidden = job.state !== "done" || !lines.length;
  if (job.state !== "done") return;
  find("text-files").replaceChildren(
    ...TEXT_FORMS.map((form) =>
      make("a", { class: "button", href: address(job.id, `captions.${form}`), download: true }, form.toUpperCase())),
  );
  find("video-files").replaceChildren(
    make("button", { type: "button", click: (event) => fetchVideo(event.target, "captions.mp4") }, text("track")),
    make("button", { type: "button", click: (event) => fetchVideo(event.target, "captions.mp4?burn_in=true") }, text("burnt_in")),
  );
}

/** The server makes the video when it is first asked for; the download begins when it is there. */
async function fetchVideo(button, what) {
  const making = find("making");
  button.disabled = true;
  making.textContent = text("making");
  try {
    const answer = await fetch(address(job.id, what), { method: "HEAD" });
    if (answer.ok) {
      making.textContent = "";
      make("a", { href: address(job.id, what), download: true }).click();
    } else {
      const reason = await fetch(address(job.id, what)).then((full) => full.json());
      making.textContent = problemText(reason);
    }
  } catch {
    making.textContent = text("disconnected");
  }
  button.disabled = false;
  button.focus();
}

function renderLines() {
  const focused = find("lines").contains(document.activeElement) ? document.activeElement : null;
  const place = focused && `[data-number="${focused.closest("li").dataset.number}"] .${focused.className || "said"}`;
  find("lines").replaceChildren(...lines.map(lineElement));
  if (place) find("lines").querySelector(place)?.focus();
  // While lines come they are read out one by one; later the list is only looked through.
  find("lines").setAttribute("aria-live", ended() ? "off" : "polite");
  find("no-lines").textContent = lines.length || job.state === "failed" ? "" : text(ended() ? "no_lines" : "no_lines_yet");
}

const speakerClass = (speaker) => `speaker-${(Number.parseInt(speaker, 10) || 0) % 8}`;

/** Faces have numbers; who is heard only has none. */
const badge = (speaker) => (/^\d+$/.test(speaker) ? speaker : "♪");

function lineElement(line) {
  const editable = job.state === "done";
  const readable = line.readable !== false;
  const words = line.text;
  const said = make("button", { type: "button", class: "said", disabled: !editable, "aria-label": editable ? text("correct", { text: words }) : undefined }, words);
  said.addEventListener("click", () => editInPlace(said, line.text, text("new_text"), (changed) => save(correctLine(job.id, line.number, changed))));
  const who = make("button", { type: "button", class: "who", disabled: !editable, "aria-label": editable ? text("rename", { name: line.name }) : undefined }, line.name);
  who.addEventListener("click", () => editInPlace(who, line.name, text("new_name"), (name) => name && save(renameSpeaker(job.id, line.speaker, name))));
  const dots = Math.max(1, Math.ceil(line.confidence * 4));
  const element = make("li", { class: `line ${speakerClass(line.speaker)}` },
    make("header", {},
      make("span", { class: "badge", "aria-hidden": "true" }, badge(line.speaker)), who,
      make("span", { class: "dots", role: "img", "aria-label": text("confidence", { part: percent(line.confidence) }) }, "●".repeat(dots) + "○".repeat(4 - dots)),
      make("button", { type: "button", class: "time", "aria-label": text("go_to", { time: clock(line.start_s) }), click: () => goTo(line) }, clock(line.start_s))),
    said);
  if (line.confidence < UNSURE || !readable) element.classList.add("unsure");
  element.dataset.number = line.number;
  element.dataset.start = line.start_s;
  element.dataset.end = line.end_s;
  return element;
}

async function save(change) {
  try {
    await change;
    await finish();
  } catch (error) {
    announce(error.problem ? problemText(error.problem) : text("disconnected"));
    find("making").textContent = find("announcer").textContent;
  }
}

function goTo(line) {
  const video = find("video");
  video.currentTime = line.start_s;
  video.play().catch(() => null);
}

function showTrack() {
  if (job.state !== "done") return;
  trackVersion += 1;
  const track = make("track", { kind: "captions", srclang: job.language, label: text("captions"), default: true, src: address(job.id, `captions.vtt?v=${trackVersion}`) });
  find("video").replaceChildren(track);
  track.track.mode = "showing";
}

find("video").addEventListener("timeupdate", (event) => {
  const now = event.target.currentTime;
  for (const element of find("lines").children) {
    const current = Number(element.dataset.start) <= now && now <= Number(element.dataset.end);
    element.classList.toggle("now", current);
  }
});

/** A copy in MP4 may play where the recording as it came does not. */
function playCopy() {
  triedCopy = true;
  find("video-problem").hidden = true;
  find("video").hidden = false;
  find("video").src = address(job.id, "captions.mp4");
}

find("video").addEventListener("error", () => {
  if (job === null) return;
  const problem = find("video-problem");
  if (job.state === "done" && !triedCopy) {
    playCopy();
    return;
  }
  find("video").hidden = true;
  problem.hidden = job.state === "failed";
  problem.textContent = text(ended() ? "cannot_play" : "cannot_play_yet");
});

find("delete").addEventListener("click", async () => {
  if (job === null || !(await confirmed(text("confirm_delete", { name: job.name })))) return;
  const { id } = job;
  stopFollowing();
  await deleteJob(id).catch(() => null);
  forget(id);
  announce(text("deleted"));
  location.hash = "#/";
});
