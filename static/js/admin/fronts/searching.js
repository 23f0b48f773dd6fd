// The list of stories follows what is typed.
const AFTER = 250;

export function equip(form) {
  const field = document.getElementById("q");
  let timer = 0;
  let asked = 0;
  const look = async () => {
    clearTimeout(timer);
    const number = ++asked;
    const address = new URL(form.dataset.stories, location.href);
    address.searchParams.set("q", field.value);
    try {
      const response = await fetch(address);
      if (!response.ok || response.redirected) return;
      const text = await response.text();
      if (number !== asked) return; // a later question was answered first
      const fresh = new DOMParser().parseFromString(text, "text/html");
      document.querySelector("[data-swap=stories]").replaceChildren(...fresh.body.childNodes);
    } catch {
      // The button still asks.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, AFTER);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    look();
  });
}
