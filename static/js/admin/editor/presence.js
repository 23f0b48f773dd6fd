// Says every twenty seconds that this form is open, and shows who else has it open and what was
// saved since. Nothing is locked.
import { form } from "./changes.js";
import { place, send } from "./server.js";

const EVERY = 20_000;
const address = place?.dataset.presence;
const box = place?.querySelector(".present");
const base = () => form.querySelector("[name=base_revision]")?.value ?? "";
let sent = false;

function show({ others, newer }) {
  const lines = [...others.map((text) => ({ text })), ...(newer ? [{ text: newer, className: "newer" }] : [])];
  const words = lines.map(({ text }) => text).join("\n");
  if ([...box.children].map((line) => line.textContent).join("\n") === words) return;
  box.replaceChildren(
    ...lines.map(({ text, className = "" }) =>
      Object.assign(document.createElement("p"), { textContent: text, className, dir: "auto" })),
  );
}

async function beat() {
  const { state, answer } = await send(address, { base_revision: [base()] });
  if (state === "well") show(answer);
}

if (address) {
  beat();
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  form.addEventListener("submit", (event) => { sent ||= !event.defaultPrevented; });
  // After a save the form comes back, and with it the next sign.
  addEventListener("pagehide", () => {
    if (sent) return;
    const body = new FormData();
    body.set("gone", "1");
    body.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(address, body);
  });
}
