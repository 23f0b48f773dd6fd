// What is typed is kept in this browser a second later, until it is saved: an ended session, a lost
// network, a closed window or a killed browser lose no more than that second. Whoever comes back to
// the form is offered what was kept here, and what the server kept (autosave.js).
import { failed, form, gettext, whenChanged } from "./changes.js";
import { differing, labels, putBack, read } from "./fields.js";
import { place, send } from "./server.js";
import * as store from "./store.js";

const EVERY = 1000;
const own = form?.querySelector("[name=kept_form]");
const key = form?.querySelector("[name=kept_key]");
// Offered and not yet decided, by id.
const open = new Map();
const heldBy = (id) => `newsroom form ${id}`;

export const clock = (at) =>
  new Date(at).toLocaleTimeString(document.documentElement.lang || [], { timeZone: place.dataset.zone, hourCycle: "h23" });
const moment = (at) => {
  const date = (time) => new Date(time).toLocaleDateString(document.documentElement.lang || [], { timeZone: place.dataset.zone });
  return date(at) === date(Date.now()) ? clock(at) : `${date(at)}, ${clock(at)}`;
};

export async function keepHere() {
  await store.put({
    id: own.value, person: place.dataset.person, key: key.value, at: Date.now(), values: read(), labels: labels(),
  });
}

// The server has one place for each form: what it kept and nobody decided on moves to this browser
// before it is written over.
export async function keepOffers() {
  for (const [id, offer] of open) {
    if (!offer.onServer || offer.here) continue;
    await store.put({ ...offer, id, person: place.dataset.person, at: offer.at });
    offer.here = true;
  }
}

async function forget({ id, key: kept, onServer }) {
  open.delete(id);
  await store.remove(id).catch(() => {});
  if (onServer) await send(place.dataset.autosave, { forget: [kept] });
}

function offer(entry) {
  open.set(entry.id, entry);
  const box = document.createElement("div");
  box.className = "kept";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  const differences = document.createElement("small");
  words.textContent = `${gettext("What you typed at")} ${moment(entry.at)} ${gettext("was not saved. It is still here.")}`;
  differences.textContent = `${gettext("Different from what is in the form:")} ${differing(entry.values).join(", ")}`;
  words.append(differences);
  const button = (label, press) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
    made.addEventListener("click", async () => {
      box.remove();
      await press();
    });
    return made;
  };
  box.append(
    words,
    button(gettext("Put it back"), async () => {
      // An article that was never saved goes on under its own key.
      key.value = entry.key;
      putBack(entry.values, entry.labels ?? {});
      await keepHere().then(() => store.remove(entry.id)).catch(() => {});
      open.delete(entry.id);
    }),
    button(gettext("Throw it away"), () => forget(entry)),
  );
  place.append(box);
}

// The answer to a save names the forms that were saved.
async function takeSaved() {
  const [, forms] = document.cookie.match(/(?:^|; )saved-forms=([0-9a-f.]+)/) ?? [];
  if (!forms) return;
  for (const id of forms.split(".")) await store.markSaved(id);
  document.cookie = "saved-forms=; path=/admin/; max-age=0; samesite=lax";
}

// What other windows are being typed into is theirs.
const held = async () => new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));

async function offers() {
  const entries = await takeSaved().then(store.all).catch(() => []);
  const saved = new Set(entries.filter((entry) => entry.saved).map(({ id }) => id));
  const fresh = key.value.startsWith("new-");
  const mine = entries.filter(
    (entry) => !entry.saved && entry.person === place.dataset.person &&
      (fresh ? entry.key.startsWith("new-") : entry.key === key.value),
  );
  const found = new Map(mine.map((entry) => [entry.id, { ...entry, here: true }]));
  for (const text of JSON.parse(document.getElementById("kept-texts").textContent)) {
    const id = text.id || `server ${text.at}`;
    // This browser's own copy of the same form is never older.
    found.set(id, { ...text, at: Date.parse(text.at), ...found.get(id), id, onServer: true });
  }
  const busy = await held();
  return [...found.values()]
    .filter(({ id }) => id !== own.value && !busy.has(heldBy(id)))
    .sort((one, other) => other.at - one.at)
    .filter((entry) => {
      if (!saved.has(entry.id) && differing(entry.values).length) return true;
      forget(entry);
      return false;
    });
}

async function start() {
  place.querySelectorAll(".kept").forEach((box) => box.remove());
  if (!own.value) own.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  navigator.locks?.request(heldBy(own.value), () => new Promise(() => {}));

  let waiting = null;
  const now = () => {
    clearTimeout(waiting);
    waiting = null;
    keepHere().catch(() => {});
  };
  const soon = () => { waiting ??= setTimeout(now, EVERY); };
  const flush = () => { if (waiting) now(); };
  whenChanged(soon);
  if (failed) soon();
  form.addEventListener("submit", flush);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);

  if (!failed) (await offers()).slice(0, 3).forEach(offer);
}

if (place) start();
