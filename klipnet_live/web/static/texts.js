// The words of the page in both languages. What the server says comes from its own table.

const ENGLISH = {
  skip: "Skip to the content",
  interface_language: "Language of this page",
  title: "Captions for your video, read from the lips",
  lead: "No sound is needed. A face should be seen from the front, at least 60 pixels wide.",
  lead_sound: "A face should be seen from the front, at least 60 pixels wide. Sound helps.",
  spoken: "Language spoken in the video",
  en: "English",
  ko: "Korean",
  drop: "Drop videos here, or",
  choose: "Choose videos",
  limits: "MP4, MKV, WebM, AVI …  Up to {size} and {hours} each.",
  options: "Options",
  model: "Model",
  words: "Knows {count} words only; other words come out as these.",
  sound: "Sound",
  use_sound: "Listen too, where the video has sound",
  phrases: "Phrases",
  phrases_help: "Sentences that are likely, one a line. Others are still read.",
  phrases_only: "Read nothing but these phrases",
  privacy_local: "Videos stay on this computer.",
  privacy_server: "Videos are kept on this server, and whoever knows the address of a video's page can see it.",
  privacy_kept: "A video and its captions are deleted {hours} after reading, and at once when you delete them. Your browser remembers which ones are yours.",
  your_videos: "Your videos",
  uploading: "Sending, {part}",
  queued: "Waiting",
  queued_before: "Waiting, {count} before it",
  running: "Reading lips, {part}",
  done: "Done",
  failed: "Failed",
  lines_one: "{count} line",
  lines_other: "{count} lines",
  cancel: "Cancel",
  cancel_upload: "Cancel {name}",
  back: "← All videos",
  captions: "Captions",
  edit_help: "Click a line to correct it, a name to change it, a time to go there.",
  no_lines_yet: "Lines appear here as they are read.",
  no_lines: "Nobody spoke, or nothing could be read.",
  download: "Download",
  subtitles: "Captions",
  video_with_captions: "Video with captions",
  track: "As a track (MP4)",
  burnt_in: "Burned in (MP4)",
  making: "The video is being made. The download starts when it is ready …",
  delete: "Delete",
  keep: "Keep",
  confirm_delete: "Delete “{name}” and its captions? This cannot be undone.",
  kept_until: "Deleted automatically on {time}.",
  deleted: "Deleted.",
  cannot_play: "Your browser cannot play this format. Download the video with captions instead.",
  cannot_play_yet: "Your browser cannot play this format; the lines are read all the same.",
  go_to: "Go to {time}",
  rename: "Change the name {name}",
  correct: "Correct: {text}",
  new_name: "Name of the speaker",
  new_text: "Text of the line; empty removes it",
  confidence: "{part} sure",
  ready: "The captions of {name} are ready.",
  too_large: "{name} is larger than {size}: cut it into parts, or make a smaller copy.",
  disconnected: "The server does not answer. Is it running?",
  token_title: "Token",
  token_text: "This server asks for the token that it showed when it was started.",
  token: "Token",
  token_send: "Open",
  api: "API (OpenAPI)",
  hours_one: "{count} hour",
  hours_other: "{count} hours",
  minutes_one: "{count} minute",
  minutes_other: "{count} minutes",
};

const KOREAN = {
  skip: "본문으로 건너뛰기",
  interface_language: "페이지 언어",
  title: "입 모양을 읽어 영상에 자막을 답니다",
  lead: "소리가 없어도 됩니다. 얼굴이 정면으로, 너비 60픽셀 이상으로 보여야 합니다.",
  lead_sound: "얼굴이 정면으로, 너비 60픽셀 이상으로 보여야 합니다. 소리가 있으면 더 정확합니다.",
  spoken: "영상에서 쓰는 언어",
  en: "영어",
  ko: "한국어",
  drop: "영상을 여기에 끌어다 놓거나",
  choose: "영상 고르기",
  limits: "MP4, MKV, WebM, AVI 등. 하나에 {size}, {hours}까지.",
  options: "옵션",
  model: "모델",
  words: "단어 {count}개만 압니다. 다른 말은 이 단어들로 나옵니다.",
  sound: "소리",
  use_sound: "영상에 소리가 있으면 함께 듣기",
  phrases: "문장 목록",
  phrases_help: "나올 법한 문장을 한 줄에 하나씩 적으세요. 다른 말도 읽습니다.",
  phrases_only: "이 문장들만 읽기",
  privacy_local: "영상은 이 컴퓨터를 벗어나지 않습니다.",
  privacy_server: "영상은 이 서버에 보관되며, 영상 페이지의 주소를 아는 사람은 볼 수 있습니다.",
  privacy_kept: "영상과 자막은 다 읽고 {hours} 뒤에 지워지며, 직접 지우면 바로 사라집니다. 어떤 영상이 내 것인지는 이 브라우저가 기억합니다.",
  your_videos: "내 영상",
  uploading: "올리는 중, {part}",
  queued: "대기 중",
  queued_before: "대기 중, 앞에 {count}개",
  running: "입 모양을 읽는 중, {part}",
  done: "완료",
  failed: "실패",
  lines_other: "{count}줄",
  cancel: "취소",
  cancel_upload: "{name} 취소",
  back: "← 모든 영상",
  captions: "자막",
  edit_help: "줄을 누르면 고치고, 이름을 누르면 바꾸고, 시각을 누르면 그 자리로 갑니다.",
  no_lines_yet: "읽는 대로 여기에 자막이 나타납니다.",
  no_lines: "말한 사람이 없거나 읽을 수 있는 말이 없었습니다.",
  download: "내려받기",
  subtitles: "자막 파일",
  video_with_captions: "자막이 든 영상",
  track: "자막 트랙 (MP4)",
  burnt_in: "화면에 새김 (MP4)",
  making: "영상을 만들고 있습니다. 다 되면 내려받기가 시작됩니다 …",
  delete: "삭제",
  keep: "그대로 두기",
  confirm_delete: "‘{name}’ 영상과 자막을 지울까요? 되돌릴 수 없습니다.",
  kept_until: "{time}에 자동으로 지워집니다.",
  deleted: "지웠습니다.",
  cannot_play: "이 브라우저는 이 형식을 재생하지 못합니다. 자막이 든 영상을 내려받으세요.",
  cannot_play_yet: "이 브라우저는 이 형식을 재생하지 못하지만 자막은 그대로 읽습니다.",
  go_to: "{time}(으)로 가기",
  rename: "이름 바꾸기: {name}",
  correct: "고치기: {text}",
  new_name: "말하는 사람의 이름",
  new_text: "자막 내용. 비우면 줄을 지웁니다",
  confidence: "확신 {part}",
  ready: "{name}의 자막이 다 됐습니다.",
  too_large: "{name}: {size}보다 큽니다. 나누거나 더 작게 만들어 올리세요.",
  disconnected: "서버가 응답하지 않습니다. 서버가 실행 중인지 확인하세요.",
  token_title: "토큰",
  token_text: "서버를 시작할 때 표시된 토큰을 넣으세요.",
  token: "토큰",
  token_send: "열기",
  api: "API (OpenAPI)",
  hours_other: "{count}시간",
  minutes_other: "{count}분",
};

const TABLES = { en: ENGLISH, ko: KOREAN };
const REMEMBERED = "klipnet.language";

let language = localStorage.getItem(REMEMBERED) ?? (navigator.language.startsWith("ko") ? "ko" : "en");
let serverMessages = {};

export const currentLanguage = () => language;

export async function useLanguage(wanted) {
  language = wanted in TABLES ? wanted : "en";
  localStorage.setItem(REMEMBERED, language);
  if (language === "ko" && !Object.keys(serverMessages).length) {
    const answer = await fetch("messages/ko.json").catch(() => null);
    serverMessages = answer?.ok ? await answer.json() : {};
  }
}

/** A text of the page, with `{name}` replaced by the value of that name. */
export function text(key, values = {}) {
  return TABLES[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The form of a text that fits the number. */
export function counted(key, count) {
  const form = `${key}_${new Intl.PluralRules(language).select(count)}`;
  return text(form in TABLES[language] ? form : `${key}_other`, { count });
}

/** What the server says, in the language of the page: its templates are those of Python's format(). */
export function problemText(problem) {
  if (language !== "ko") return problem.detail;
  // Which file an error is in stands before the error's own words.
  const [, file, own] = problem.template.match(/^(\{path\}: )?(.*)$/s);
  if (!(own in serverMessages)) return problem.detail;
  const template = (file ?? "") + serverMessages[own];
  return template.replace(/\{(\w+)(!r)?(?::\.(\d+)f)?\}/g, (_, name, quoted, digits) => {
    const value = problem.values[name];
    if (digits !== undefined) return Number(value).toFixed(Number(digits));
    return quoted ? `'${value}'` : String(value);
  });
}

export const percent = (part) => new Intl.NumberFormat(language, { style: "percent" }).format(part);

export const dateTime = (seconds) =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(seconds * 1000));

export function duration(seconds) {
  return seconds < 3600 ? counted("minutes", Math.round(seconds / 60)) : counted("hours", Math.round(seconds / 360) / 10);
}

export function size(bytes) {
  const unit = bytes >= 1e9 ? "gigabyte" : "megabyte";
  const amount = bytes / (unit === "gigabyte" ? 1e9 : 1e6);
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const pad = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${pad(whole % 60)}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`;
}
