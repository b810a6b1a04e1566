// Sending videos, and the list of one's own.

import { announce, confirmed, find, make } from "./parts.js";
import { Refusal, deleteJob, getJob, upload } from "./server.js";
import { counted, currentLanguage, duration, percent, problemText, size, text } from "./texts.js";

const REMEMBERED = "klipnet.jobs";
const UPLOADS_AT_ONCE = 2;
const LOOK_AGAIN_MS = 1500;

const uploads = new Map(); // key -> {name, part, problem, abort, opens}
const jobs = new Map(); // id -> job as the server gave it
let waiting = [];
let sending = 0;
let server = null;
let timer = 0;
let nextKey = 1;

const ownIds = () => JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");

function remember(id) {
  localStorage.setItem(REMEMBERED, JSON.stringify([id, ...ownIds().filter((other) => other !== id)]));
}

export function forget(id) {
  localStorage.setItem(REMEMBERED, JSON.stringify(ownIds().filter((other) => other !== id)));
  jobs.delete(id);
}

export async function showHome(offer) {
  server = offer;
  render();
  await refresh();
}

export function translateHome(offer) {
  server = offer;
  find("limits").textContent = text("limits", { size: size(server.upload_bytes), hours: duration(server.video_s) });
  const kept = text("privacy_kept", { hours: duration(server.keep_s) });
  find("privacy").textContent = `${text(server.local ? "privacy_local" : "privacy_server")} ${kept}`;
  offerLanguages();
  render();
}

function offerLanguages() {
  const languages = [...new Set(server.models.map((model) => model.language))];
  const own = languages.includes(currentLanguage()) ? currentLanguage() : languages[0];
  const chosen = spoken() ?? own;
  find("spoken").replaceChildren(
    ...languages.map((language) => {
      const radio = make("input", { type: "radio", name: "spoken", value: language, checked: language === chosen, change: offerModels });
      return make("label", {}, radio, languageName(language));
    }),
  );
  offerModels();
}

const languageName = (language) => (language === "en" || language === "ko" ? text(language) : language);
const spoken = () => document.querySelector("[name=spoken]:checked")?.value;

function offerModels() {
  const box = find("model");
  const before = box.value;
  const models = server.models.filter((model) => model.language === spoken());
  box.replaceChildren(...models.map((model) => make("option", { value: model.name }, model.name)));
  if (models.some((model) => model.name === before)) box.value = before;
  const heard = server.heard.includes(spoken());
  for (const id of ["sound-title", "sound-choice"]) find(id).hidden = !heard;
  document.querySelector(".lead").textContent = text(heard ? "lead_sound" : "lead");
  sayWords();
}

function sayWords() {
  const model = server.models.find((one) => one.name === find("model").value);
  find("words").textContent = model?.words ? text("words", { count: model.words }) : "";
}

function wish() {
  const phrases = find("phrases").value.trim();
  return {
    language: spoken(),
    model: find("model").value,
    sound: server.heard.includes(spoken()) && find("sound").checked,
    ...(phrases ? { phrases, phrases_only: find("phrases-only").checked } : {}),
  };
}

function take(files) {
  // Several videos are followed in the list.
  const opens = files.length === 1 && !uploads.size;
  for (const file of files) {
    const key = nextKey++;
    const entry = { name: file.name, part: 0, problem: null, abort: null, opens };
    uploads.set(key, entry);
    if (file.size > server.upload_bytes) {
      entry.problem = text("too_large", { name: file.name, size: size(server.upload_bytes) });
    } else {
      waiting.push({ key, file, wish: wish() });
    }
  }
  render();
  sendNext();
}

function sendNext() {
  while (sending < UPLOADS_AT_ONCE && waiting.length) {
    sending += 1;
    send(waiting.shift()).finally(() => {
      sending -= 1;
      sendNext();
    });
  }
}

async function send({ key, file, wish: wanted }) {
  const entry = uploads.get(key);
  if (!entry) return;
  const request = upload(file, wanted, (part) => {
    entry.part = part;
    renderSoon();
  });
  entry.abort = request.abort;
  try {
    const id = await request.ended;
    uploads.delete(key);
    if (id !== null) {
      remember(id);
      await refresh();
      if (entry.opens && !location.hash.match(/^#\/[\w-]/)) location.hash = `#/${id}`;
    }
  } catch (error) {
    entry.problem = error instanceof Refusal && error.problem ? problemText(error.problem) : text("disconnected");
    announce(entry.problem);
  }
  render();
}

async function refresh() {
  clearTimeout(timer);
  for (const id of ownIds()) {
    const known = jobs.get(id);
    if (known && (known.state === "done" || known.state === "failed")) continue;
    try {
      const job = await getJob(id);
      if (known && job.state === "done") announce(text("ready", { name: job.name }));
      jobs.set(id, job);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) forget(id);
    }
  }
  if (find("home-view").hidden) return;
  render();
  const busy = [...jobs.values()].some((job) => job.state === "queued" || job.state === "running");
  if (busy) timer = setTimeout(refresh, LOOK_AGAIN_MS);
}

let due = false;
function renderSoon() {
  if (due) return;
  due = true;
  requestAnimationFrame(() => {
    due = false;
    render();
  });
}

const shownCards = new Map(); // key -> {element, text}: a card that says the same stays, with the focus in it

function render() {
  const cards = [
    ...[...uploads].map(([key, entry]) => [`upload ${key}`, entry, () => uploadCard(key, entry)]),
    ...ownIds().flatMap((id) => (jobs.has(id) ? [[id, jobs.get(id), () => jobCard(jobs.get(id))]] : [])),
  ];
  const list = find("jobs");
  const kept = cards.map(([key, content, build]) => {
    const state = JSON.stringify([content, document.documentElement.lang]);
    const known = shownCards.get(key);
    if (known?.state === state) return [key, known];
    const focused = known?.element.contains(document.activeElement);
    const fresh = { element: build(), state };
    if (focused) queueMicrotask(() => fresh.element.querySelector("a, button")?.focus());
    return [key, fresh];
  });
  shownCards.clear();
  for (const [key, card] of kept) shownCards.set(key, card);
  list.replaceChildren(...kept.map(([, card]) => card.element));
  find("jobs-section").hidden = !cards.length;
}

function uploadCard(key, entry) {
  const cancel = () => {
    entry.abort?.();
    waiting = waiting.filter((item) => item.key !== key);
    uploads.delete(key);
    render();
  };
  const button = make("button", { type: "button", "aria-label": text("cancel_upload", { name: entry.name }), click: cancel }, text("cancel"));
  if (entry.problem) {
    return make("li", {}, make("div", { class: "head" }, make("span", { class: "name" }, entry.name), button),
      make("p", { class: "problem" }, entry.problem));
  }
  const words = text("uploading", { part: percent(entry.part) });
  return make("li", {},
    make("div", { class: "head" }, make("span", { class: "name" }, entry.name), make("span", { class: "muted" }, words)),
    make("div", { class: "row" }, bar(entry.part, `${entry.name}: ${words}`), button));
}

function jobCard(job) {
  const link = make("a", { href: `#/${job.id}` }, job.name);
  const head = make("div", { class: "head" }, link, stateText(job));
  const remove = make("button", { type: "button", "aria-label": `${text("delete")}: ${job.name}`, click: () => removeJob(job) }, text("delete"));
  const middle = job.state === "queued" || job.state === "running"
    ? bar(job.progress, `${job.name}: ${stateWords(job)}`)
    : make("span", { class: job.problem ? "problem" : "muted" }, job.problem ? problemText(job.problem) : counted("lines", job.lines));
  return make("li", {}, head, make("div", { class: "row" }, middle, remove));
}

export function stateWords(job) {
  if (job.state === "queued") return job.before ? text("queued_before", { count: job.before }) : text("queued");
  if (job.state === "running") return text("running", { part: percent(job.progress) });
  return text(job.state);
}

const stateText = (job) =>
  make("span", { class: job.state === "done" ? "done" : job.state === "failed" ? "problem" : "muted" }, stateWords(job));

export const bar = (part, label) => make("progress", { max: 1, value: part, "aria-label": label });

async function removeJob(job) {
  if (!(await confirmed(text("confirm_delete", { name: job.name })))) return;
  await deleteJob(job.id).catch(() => null);
  forget(job.id);
  announce(text("deleted"));
  render();
  find("file").focus();
}

find("model").addEventListener("change", sayWords);
find("file").addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = "";
});
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    find("drop").classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    if (kind === "drop" || event.relatedTarget === null) find("drop").classList.remove("over");
  });
}
document.addEventListener("drop", (event) => {
  if (server !== null && !find("home-view").hidden) take([...event.dataTransfer.files]);
});
find("wish").addEventListener("submit", (event) => event.preventDefault());
