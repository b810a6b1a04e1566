// The API of the server. Every refusal is thrown as a `Refusal` that holds what the server says.

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail);
    this.status = status;
    this.problem = problem;
  }
}

export async function ask(path, options = {}) {
  const answer = await fetch(`api/${path}`, options);
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => null));
  return answer.status === 204 ? null : answer.json();
}

const sending = (method, body) => ({
  method,
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});

const jobPath = (id) => `jobs/${encodeURIComponent(id)}`;

export const getServer = () => ask("server");
export const openSession = (token) => ask("session", sending("POST", { token }));
export const getJob = (id) => ask(jobPath(id));
export const getLines = (id) => ask(`${jobPath(id)}/lines`);
export const deleteJob = (id) => ask(jobPath(id), { method: "DELETE" });
export const correctLine = (id, number, text) => ask(`${jobPath(id)}/lines/${number}`, sending("PUT", { text }));
export const renameSpeaker = (id, speaker, name) =>
  ask(`${jobPath(id)}/speakers/${encodeURIComponent(speaker)}`, sending("PUT", { name }));
export const address = (id, what) => `api/${jobPath(id)}/${what}`;

/** Send a video. `onProgress` gets 0 to 1; `abort` of the result ends it. */
export function upload(file, wish, onProgress) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  for (const [name, value] of Object.entries(wish)) form.append(name, value);
  form.append("file", file);
  const ended = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(request.response.id);
      else reject(new Refusal(request.status, request.response));
    });
    request.addEventListener("error", () => reject(new Refusal(0, null)));
    request.addEventListener("abort", () => resolve(null));
  });
  request.open("POST", "api/jobs");
  request.responseType = "json";
  request.send(form);
  return { ended, abort: () => request.abort() };
}

/** Follow a job; returns a function that ends it. `onJob`, `onLine`, `onSpeaking`, `onDeleted`. */
export function follow(id, watcher) {
  const events = new EventSource(address(id, "events"));
  const listen = (kind, take) => events.addEventListener(kind, (event) => take(JSON.parse(event.data)));
  listen("line", watcher.onLine);
  listen("speaking", watcher.onSpeaking);
  listen("job", (job) => {
    if (job.state === "done" || job.state === "failed") events.close();
    watcher.onJob(job);
  });
  listen("deleted", () => {
    events.close();
    watcher.onDeleted();
  });
  return () => events.close();
}
