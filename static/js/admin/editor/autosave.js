// What is typed is kept on the server every five seconds, and a line in the bar says how it stands.
import { bar, failed, form, gettext, whenChanged } from "./changes.js";
import { read } from "./fields.js";
import { clock, keepHere, keepOffers } from "./safekeeping.js";
import { onState, place, send } from "./server.js";

const EVERY = 5000;
const TROUBLE = {
  offline: gettext("Offline: what you type is kept in this browser."),
  out: gettext("Logged out. Your text is kept here: log in in another tab, then save."),
  other: gettext("Somebody else is logged in now. Your text is kept here: log in again in another tab, then save."),
  refused: gettext("The server does not take this text. It is kept in this browser."),
  down: gettext("The server has a fault. Your text is kept in this browser."),
};

function start() {
  const time = Object.assign(document.createElement("span"), { className: "kept-time" });
  const trouble = Object.assign(document.createElement("span"), { className: "kept-trouble" });
  trouble.setAttribute("role", "status");
  bar.querySelector(".unsaved").after(" ", time, " ", trouble);

  let waiting = null;
  let sending = false;
  let unsent = false;

  onState((state) => {
    const words = TROUBLE[state] ?? "";
    if (trouble.textContent !== words) trouble.textContent = words;
    if (state === "out" && words) {
      const link = Object.assign(document.createElement("a"), {
        href: "/admin/", target: "_blank", rel: "noopener", textContent: gettext("Log in"),
      });
      trouble.append(" ", link);
    }
  });

  async function keep() {
    clearTimeout(waiting);
    waiting = null;
    if (sending) return soon();
    sending = true;
    unsent = false;
    await keepOffers().catch(() => {});
    const fields = (name) => [form.querySelector(`[name=${name}]`).value];
    const { state, answer } = await send(place.dataset.autosave, {
      ...read(), kept_key: fields("kept_key"), kept_form: fields("kept_form"),
    });
    sending = false;
    if (state === "well") {
      time.textContent = `${gettext("Kept")} ${clock(answer.at)}.`;
      return;
    }
    unsent = true;
    const here = await keepHere().then(() => Date.now(), () => null);
    time.textContent = here ? `${gettext("Kept in this browser")} ${clock(here)}.` : gettext("Not kept: this browser has no room.");
    if (state !== "refused") soon();
  }
  function soon() { waiting ??= setTimeout(keep, EVERY); }

  whenChanged(() => { unsent = true; soon(); });
  if (failed) soon();
  // Back from the log-in in another tab, back on the network: at once.
  const again = () => { if (unsent && !document.hidden) keep(); };
  document.addEventListener("visibilitychange", again);
  addEventListener("focus", again);
  addEventListener("online", again);
  addEventListener("offline", again);
  // Without a network the browser would put its own page in place of the form.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (navigator.onLine) return;
    event.preventDefault();
    keep();
  }, { capture: true });
}

if (place && bar) start();
