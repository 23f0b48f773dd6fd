// Gives a name to what the stock widgets leave without one: the two halves of a date and time, the
// search box that select2 draws, the ticks of an inline that delete a row.
const nameOf = (field) =>
  field.closest(".form-row, td, .fieldBox")?.querySelector("label, legend")?.textContent.trim().replace(/:$/, "") ?? "";

function nameDates(root) {
  for (const box of root.querySelectorAll("p.datetime")) {
    const whole = nameOf(box);
    for (const input of box.querySelectorAll("input")) {
      if (input.labels?.length || input.ariaLabel) continue;
      const half = input.previousSibling?.textContent?.trim().replace(/:$/, "") || "";
      input.setAttribute("aria-label", [whole, half].filter(Boolean).join(", "));
    }
  }
}

function nameSearches(root) {
  for (const field of root.querySelectorAll(".select2-search__field:not([aria-label])")) {
    const select = field.closest(".select2-container")?.previousElementSibling;
    const label = select?.labels?.[0]?.textContent.trim().replace(/:$/, "");
    const open = document.querySelector(".select2-container--open")?.previousElementSibling;
    field.setAttribute("aria-label", label || open?.labels?.[0]?.textContent.trim().replace(/:$/, "") || document.title);
  }
  for (const box of root.querySelectorAll(".select2-selection--single[role=combobox], .select2-selection--multiple[role=combobox]")) {
    if (box.hasAttribute("aria-label")) continue;
    const select = box.closest(".select2-container")?.previousElementSibling;
    const label = select?.labels?.[0]?.textContent.trim().replace(/:$/, "") || nameOf(box);
    if (label) box.setAttribute("aria-label", label);
  }
}

function nameAll() {
  nameDates(document);
  nameSearches(document);
}

nameAll();
addEventListener("load", nameAll);
document.addEventListener("formset:added", () => setTimeout(nameAll));
document.addEventListener("focusin", () => setTimeout(nameAll));
