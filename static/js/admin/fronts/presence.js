// Says every twenty seconds that this page is open, and shows who else has it open and what was
// saved since. Nothing is locked.
const EVERY = 20_000;

export function equip(form) {
  const address = form.dataset.presence;
  const box = document.getElementById("present");
  const value = (name) => form.querySelector(`input[name=${name}]`)?.value ?? "";
  const body = (fields) => {
    const data = new FormData();
    const all = { csrfmiddlewaretoken: value("csrfmiddlewaretoken"), ...fields };
    for (const [name, words] of Object.entries(all)) data.set(name, words);
    return data;
  };
  const show = ({ others, newer }) => {
    const lines = [...others, ...(newer ? [newer] : [])];
    if ([...box.children].map((line) => line.textContent).join("\n") === lines.join("\n")) return;
    box.replaceChildren(...lines.map((textContent) =>
      Object.assign(document.createElement("p"), { textContent, dir: "auto" })));
  };
  const beat = async () => {
    try {
      const sent = { base_number: value("base_number") };
      const response = await fetch(address, { method: "POST", body: body(sent), redirect: "manual" });
      if (response.ok) show(await response.json());
    } catch {
      // Told again in twenty seconds.
    }
  };
  beat();
  setInterval(beat, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
  addEventListener("pagehide", () => navigator.sendBeacon(address, body({ gone: "1" })));
}
