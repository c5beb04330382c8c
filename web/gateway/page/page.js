// The plain page: the gateway's contract with one input, a log and buttons.
// Every string comes from /page/strings.json; everything shown is set as text, never as HTML.
import { thumbs } from "/page/thumbs.js";

const TOKEN = "traces.token";
// Where answers may lead: the Commission's sites and the few others that the texts name.
const LINKED_HOSTS =
  /(^|\.)europa\.eu$|^skal\.nl$|^help\.interu\.io$|^traces\.fli\.de$|^lmtvet\.bremen\.de$/;
const log = document.getElementById("log");
const form = document.getElementById("form");
const input = document.getElementById("input");
const strings = await (await fetch("/page/strings.json")).json();

let language = document.documentElement.lang;
let latestOfMine;
let queue = Promise.resolve(); // one message at a time, in the order they were sent

const say = (key) => strings[key][language];

// --- the gateway ---------------------------------------------------------------------------

class Refused extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
  }
}

// The answer's body; throws Refused for an error answer, TypeError when nothing answered.
async function call(method, path, body) {
  const token = sessionStorage.getItem(TOKEN);
  const headers = { "Accept-Language": language };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const options = { method, headers, body: body && JSON.stringify(body) };
  const response = await fetch(path, options);
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => { throw new TypeError("not the gateway"); });
  if (!response.ok) throw new Refused(response.status, answer.error);
  return answer;
}

async function open() {
  sessionStorage.removeItem(TOKEN);
  log.replaceChildren();
  latestOfMine = undefined;
  await attempt(async () => {
    const opened = await call("POST", "/api/session", { lang: language });
    sessionStorage.setItem(TOKEN, opened.token);
    opened.messages.forEach(show);
  });
}

async function restore() {
  await attempt(async () => {
    const history = await call("GET", "/api/history");
    log.replaceChildren();
    history.messages.forEach(show);
  }, open);
}

async function startOver() {
  await attempt(async () => {
    await call("DELETE", "/api/session");
    await open();
  }, open);
}

// What the user says, once; a failed sending keeps its message_id, so that it counts once.
function send(said, shown) {
  const body = { message_id: newId(), ...said };
  show({ from: "user", text: shown, lang: language, buttons: [] });
  enqueue(() => attempt(async () => {
    const answer = await call("POST", "/api/messages", body);
    answer.messages.forEach(show);
    const give = (opinion) => opine({ message_id: body.message_id, ...opinion });
    log.lastChild.append(thumbs({ element, say, give }));
  }));
}

// What is thought of an answer; whether it was kept is told in the status line.
async function opine(opinion) {
  try {
    await call("POST", "/api/feedback", opinion);
    status(say("opinion_kept"));
  } catch (error) {
    status(error instanceof Refused ? error.message : say("offline"));
  }
}

// The file of one's own data: fetched with the token, then handed to the browser to be saved.
async function download(name) {
  const data = await call("GET", `/api/${name}`);
  const file = new Blob([JSON.stringify(data, null, 2)], { type: "application/json" });
  const link = element("a", { href: URL.createObjectURL(file), download: `${name}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href)); // once the browser has taken it
}

// A UUID in plain hex; crypto.randomUUID is missing where the page is not on https.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function enqueue(work) {
  queue = queue.then(work);
}

// Runs `work`; what fails is told, with a button to try the very same again or to begin anew,
// and one to a person.
// A session that is over goes to `whenOver` instead, where there is one.
async function attempt(work, whenOver) {
  status(say("waiting"));
  try {
    await work();
  } catch (error) {
    const refused = error instanceof Refused;
    if (!refused && !(error instanceof TypeError)) throw error;
    if (refused && error.status === 401) {
      if (whenOver) return await whenOver();
      showError(error.message, [say("new_conversation"), open]);
    } else if (refused && error.status !== 503 && error.status !== 429) {
      showError(error.message, toAPerson());
    } else {
      const why = refused ? error.message : say("offline");
      showError(why, [say("send_again"), () => attempt(work, whenOver)], toAPerson());
    }
  } finally {
    status("");
  }
}

// --- what is shown -------------------------------------------------------------------------

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function status(text) {
  document.getElementById("status").textContent = text;
}

function show(message) {
  const mine = message.from === "user";
  if (!mine) setLanguage(message.lang);
  const who = element("span", { className: "who", textContent: mine ? say("you") : say("assistant") });
  const content = mine ? [element("p", { textContent: message.text })] : blocks(message.text);
  const article = element("div", { className: mine ? "message user" : "message", lang: message.lang }, who, ...content);
  const choices = (message.buttons ?? []).map((button) => element("button", {
    type: "button",
    textContent: button.title,
    onclick: () => send({ payload: button.payload }, button.title),
  }));
  if (message.custom?.download) {
    choices.unshift(element("button", {
      type: "button",
      textContent: say("download"),
      onclick: () => enqueue(() => attempt(() => download(message.custom.download))),
    }));
  }
  if (choices.length) article.append(element("div", { className: "choices" }, ...choices));
  if (mine) latestOfMine = article;
  append(article);
}

function showError(text, ...choices) {
  const article = element("div", { className: "message error", lang: language }, element("p", { textContent: text }));
  const buttons = choices.map(([label, action]) => element("button", {
    type: "button",
    textContent: label,
    onclick: () => {
      article.remove();
      input.focus();
      enqueue(action);
    },
  }));
  article.append(element("div", { className: "choices" }, ...buttons));
  append(article);
}

function toAPerson() {
  const label = say("talk_to_a_person");
  return [label, () => send({ payload: "/talk_to_human" }, label)];
}

// A long answer is read from its beginning: what was said last by the user stays at the top.
function append(article) {
  log.append(article);
  log.scrollTop = (latestOfMine ?? log.lastChild).offsetTop - log.offsetTop;
}

// Paragraphs and "- " lists.
function blocks(text) {
  const made = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("- ")) {
      if (made.at(-1)?.tagName !== "UL") made.push(element("ul"));
      made.at(-1).append(element("li", {}, ...inline(line.slice(2))));
    } else if (line.trim()) {
      made.push(element("p", {}, ...inline(line)));
    }
  }
  return made;
}

// **bold** and [links](https://…) to the hosts above; whatever else looks like markup stays text.
function inline(text) {
  const made = [];
  let end = 0;
  for (const found of text.matchAll(/\*\*(.+?)\*\*|\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g)) {
    const [markup, bold, title, href] = found;
    if (href && !LINKED_HOSTS.test(hostOf(href))) continue;
    made.push(text.slice(end, found.index));
    made.push(bold
      ? element("strong", { textContent: bold })
      : element("a", { textContent: title, href, target: "_blank", rel: "noopener noreferrer" }));
    end = found.index + markup.length;
  }
  made.push(text.slice(end));
  return made;
}

function hostOf(href) {
  return href.match(/^https:\/\/([a-z0-9.-]+)(?:\/|$)/i)?.[1] ?? "";
}

function setLanguage(lang) {
  language = lang;
  document.documentElement.lang = lang;
  document.title = say("title");
  document.getElementById("title").textContent = say("title");
  document.getElementById("mail-link").textContent = say("mail_link");
  document.getElementById("start-over").textContent = say("start_over");
  document.getElementById("send").textContent = say("send");
  document.querySelector('label[for="input"]').textContent = say("input_label");
  log.setAttribute("aria-label", say("log_label"));
  const other = document.getElementById("other-language");
  other.textContent = say("other_language");
  other.lang = lang === "fr" ? "en" : "fr";
}

// --- what the user does --------------------------------------------------------------------

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  input.value = "";
  if (text) send({ text }, text);
});

document.getElementById("other-language").addEventListener("click", () => {
  const payload = language === "fr" ? "/switch_to_english" : "/switch_to_french";
  send({ payload }, say("other_language"));
});

document.getElementById("start-over").addEventListener("click", () => enqueue(startOver));

setLanguage(language);
enqueue(sessionStorage.getItem(TOKEN) ? restore : open);
input.focus();
