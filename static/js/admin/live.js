// The posting desk. What is typed is kept in this browser a moment later, until the server says that
// it has arrived: a lost network, a closed window or a dead battery lose nothing. What comes back
// carries the token it was sent with, so that a post which did arrive is not posted twice.
import * as store from "./editor/store.js";

const form = document.querySelector(".live-form");

// The answer to a post names what has arrived.
const url = new URL(location.href);
const arrived = url.searchParams.get("kept");
if (arrived) {
  url.searchParams.delete("kept");
  history.replaceState(null, "", url);
}

if (form) {
  const { keep, person } = form.dataset;
  const id = `${person} ${keep}`;
  const said = document.querySelector(".live-said");
  const fields = () => [...form.querySelectorAll("input[name], textarea, select")].filter(
    ({ name, type }) => !["file", "radio", "search"].includes(type) && name !== "csrfmiddlewaretoken",
  );
  const read = () => Object.fromEntries(
    fields().map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]),
  );
  // As the server sent it, which is not always as it stands: a fast hand types before this runs.
  const sent = (field) => {
    if (field.type === "checkbox") return field.defaultChecked;
    if (field.type === "select-one") return [...field.options].find((o) => o.defaultSelected)?.value ?? field.options[0]?.value;
    return field.defaultValue;
  };
  const begun = JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, sent(field)])));

  let waiting = null;
  const now = () => {
    clearTimeout(waiting);
    waiting = null;
    store.put({ id, key: id, person, at: Date.now(), values: read() }).catch(() => {});
  };
  const flush = () => { if (waiting) now(); };
  const soon = () => { waiting ??= setTimeout(now, 500); };
  form.addEventListener("input", soon);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);

  const offer = ({ at, values }) => {
    for (const field of fields()) {
      if (!(field.name in values)) continue;
      if (field.type === "checkbox") field.checked = values[field.name];
      else field.value = values[field.name];
    }
    for (const more of form.querySelectorAll("details")) {
      if ([...more.querySelectorAll("input:not([type=radio]), select")].some(({ value, type }) => value && type !== "hidden")) more.open = true;
    }
    const note = document.createElement("p");
    note.className = "live-kept";
    const clock = { timeZone: form.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const time = new Date(at).toLocaleTimeString(document.documentElement.lang || [], clock);
    note.append(Object.assign(document.createElement("span"), { textContent: form.dataset.kept.replace("%s", time) }));
    const drop = Object.assign(document.createElement("button"), { type: "button", textContent: form.dataset.drop });
    drop.addEventListener("click", async () => {
      await store.remove(id).catch(() => {});
      location.reload();
    });
    note.append(drop);
    form.prepend(note);
  };

  // After a refusal the form holds what was typed; otherwise what was kept comes back.
  const start = async () => {
    if (arrived) await store.remove(`${person} ${arrived}`);
    const kept = (await store.all()).find((entry) => entry.id === id);
    if (!kept || form.querySelector(".errornote")) return;
    const { token: _token, author: _author, ...words } = kept.values;
    const worth = Object.values(words).some((value) => value && typeof value === "string");
    if (worth && JSON.stringify(read()) === begun && JSON.stringify(kept.values) !== begun) offer(kept);
  };
  start().catch(() => {});
  if (JSON.stringify(read()) !== begun) soon();

  form.addEventListener("submit", (event) => {
    flush();
    if (navigator.onLine !== false || event.submitter?.name === "_find") return;
    event.preventDefault();
    now();
    said.textContent = form.dataset.offline;
  });

  // Pictures of the library, found without leaving the form.
  const find = form.querySelector("[data-find]");
  const results = form.querySelector(".live-results");
  const look = async (event) => {
    event.preventDefault();
    const answer = await fetch(`${find.dataset.find}?q=${encodeURIComponent(form.elements.q.value)}`).catch(() => null);
    if (answer?.ok) results.innerHTML = await answer.text();
  };
  find?.addEventListener("click", look);
  form.elements.q?.addEventListener("keydown", (event) => { if (event.key === "Enter") look(event); });
}
