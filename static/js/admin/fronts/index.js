// The arrange page: every button sends the whole form and takes the answer's parts in place of its
// own, so that the page stays where it is. Without this script each button loads the page anew.
import { equip as equipDragging } from "./dragging.js";
import { equip as equipPictures, unhide } from "./pictures.js";
import { equip as equipPresence } from "./presence.js";
import { equip as equipSearch } from "./searching.js";

const form = document.getElementById("arrange");
const said = document.getElementById("said");
let busy = Promise.resolve();
let dirty = false;
// The slot for which a story is being chosen: there the focus goes back to.
let target = "";

export function say(words, { wrong = false } = {}) {
  said.classList.toggle("is-wrong", wrong);
  said.textContent = "";
  // Said again even if the words are the same.
  requestAnimationFrame(() => { said.textContent = words; });
}

// The element to which the focus belongs after an act.
function place(act, submitterId, at) {
  const [verb] = act.split(":");
  const candidates = [];
  if (verb === "take") candidates.push("put-to");
  else if (["earlier", "later"].includes(verb)) candidates.push(`${verb}-${at}`, `take-${at}`);
  else if (["put", "move"].includes(verb)) candidates.push(`take-${at}`);
  else if (verb === "place" && target && target === at) candidates.push(`target-${at}`);
  else if (["add", "onto"].includes(verb)) candidates.push(`hide-${at}`);
  candidates.push(submitterId, `target-${at}`, `up-${at}`, `down-${at}`, `hide-${at}`, "save");
  return candidates.map((id) => id && document.getElementById(id)).find(Boolean);
}

function take(fresh) {
  const open = [...document.querySelectorAll("details[open][id]")].map(({ id }) => id);
  for (const part of fresh.querySelectorAll("[data-swap]")) {
    const own = document.querySelector(`[data-swap="${part.dataset.swap}"]`);
    own?.replaceChildren(...part.childNodes);
  }
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  unhide();
  dirty = false;
}

async function send(act, submitter) {
  const body = new FormData(form);
  body.set("do", act);
  form.inert = true;
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const answer = fresh.getElementById("arrange");
    if (!answer) return plainly(act); // two versions, a log-in: a page of its own
    take(fresh);
    const at = answer.querySelector("[data-swap=hidden]").dataset.at;
    const messages = [...fresh.querySelectorAll(".messagelist li")];
    const wrong = messages.some((one) => one.classList.contains("error") || one.classList.contains("warning"));
    form.inert = false;
    place(act, submitter?.id, at)?.focus();
    if (messages.length) say(messages.map((one) => one.textContent.trim()).join(" "), { wrong });
    if (!["place", "find", "target"].includes(act.split(":")[0])) target = "";
    history.replaceState(null, "", new URL(response.url).pathname + new URL(response.url).search);
  } catch {
    say(form.dataset.failed, { wrong: true });
  } finally {
    form.inert = false;
    form.removeAttribute("aria-busy");
  }
  return null;
}

// As the browser does it without a script.
function plainly(act) {
  dirty = false;
  const button = Object.assign(document.createElement("button"), { name: "do", value: act, hidden: true });
  form.append(button);
  form.dataset.plainly = "1";
  form.inert = false;
  form.requestSubmit(button);
}

// One act after the other, each upon the answer to the one before.
export function perform(act, submitter = null) {
  busy = busy.then(() => send(act, submitter));
  return busy;
}

function choose(slot) {
  target = slot;
  const to = document.getElementById("to");
  to.value = slot;
  document.getElementById("q").focus();
  say(form.dataset.choose.replace("%s", to.selectedOptions[0]?.text ?? ""));
}

if (form && said) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.plainly) return;
    event.preventDefault();
    const { submitter } = event;
    const [verb, about] = (submitter?.value ?? "save").split(":");
    if (verb === "target") choose(about);
    else perform(submitter?.value ?? "save", submitter);
  });
  form.addEventListener("input", ({ target: field }) => {
    dirty ||= /^(slot|block|new)-/.test(field.name ?? "");
  });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  equipDragging(form, perform);
  equipSearch(form);
  equipPictures(form);
  equipPresence(form);
}
