// A picture of a slot's own, chosen in the library's window instead of by its number.
import { choose } from "../editor/chooser.js";

export function unhide() {
  if (!window.django?.jQuery) return;
  for (const button of document.querySelectorAll("button[data-picture]")) button.hidden = false;
}

export function equip(form) {
  form.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-picture]");
    if (!button) return;
    const name = button.dataset.picture;
    const id = await choose(form.dataset.pictures);
    const field = form.elements.namedItem(name);
    if (!field) return;
    field.value = id;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  unhide();
}
