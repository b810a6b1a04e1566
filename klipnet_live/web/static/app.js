// The page: which view is shown, in which language.

import { showHome, translateHome } from "./home.js";
import { showJob, translateJob, leaveJob } from "./job.js";
import { find } from "./parts.js";
import { Refusal, getServer, openSession } from "./server.js";
import { currentLanguage, problemText, text, useLanguage } from "./texts.js";

let server = null;

function translate() {
  document.documentElement.lang = currentLanguage();
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === currentLanguage()));
  }
  if (server !== null) {
    find("version").textContent = `KLipNet Live ${server.version}`;
    translateHome(server);
    translateJob();
  }
}

function show(view) {
  for (const id of ["token-view", "home-view", "job-view"]) find(id).hidden = id !== view;
}

async function route({ moveFocus = true } = {}) {
  const id = location.hash.match(/^#\/([\w-]+)$/)?.[1];
  leaveJob();
  if (id) {
    show("job-view");
    await showJob(id);
  } else {
    show("home-view");
    showHome(server);
  }
  if (moveFocus) find("main").focus();
}

/** A token in the address is used once and taken out of it. */
async function takeToken() {
  const token = location.hash.match(/^#token=(.+)$/)?.[1];
  if (!token) return;
  history.replaceState(null, "", "#/");
  await openSession(decodeURIComponent(token)).catch(() => null);
}

async function start() {
  try {
    server = await getServer();
  } catch (error) {
    show("token-view");
    const wrong = error instanceof Refusal && error.problem;
    if (!wrong) find("token-problem").textContent = text("disconnected");
    return;
  }
  translate();
  await route({ moveFocus: false });
}

find("token-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await openSession(find("token").value.trim());
    await start();
  } catch (error) {
    find("token-problem").textContent = error.problem ? problemText(error.problem) : text("disconnected");
  }
});

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", async () => {
    await useLanguage(button.dataset.language);
    translate();
  });
}

window.addEventListener("hashchange", () => {
  if (server !== null) route();
});

await useLanguage(currentLanguage());
translate();
await takeToken();
await start();
