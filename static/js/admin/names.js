// Gives a name to what the stock widgets leave without one: the halves of a date and time, the cells
// of a table of rows, the boxes that select2 draws in place of a select, the search above a list.

let made = 0;
const textOf = (element) => element?.textContent.trim().replace(/:$/, "") ?? "";
const idOf = (element) => (element.id ||= `name-${++made}`);

// The element that names a field: its label, or the head of its column.
function namer(field) {
  if (field.labels?.length) return field.labels[0];
  const cell = field.closest("td");
  const head = cell?.closest("table")?.tHead?.rows[0].cells[cell.cellIndex];
  if (textOf(head)) return head;
  return field.closest(".form-row, .fieldBox")?.querySelector("label, legend") ?? null;
}

function nameField(field) {
  if (field.labels?.length || field.ariaLabel || field.hasAttribute("aria-labelledby")) return;
  const half = field.closest("p.datetime") ? textOf(field.previousSibling) : "";
  const name = [textOf(namer(field)), half].filter(Boolean).join(", ");
  if (name) field.setAttribute("aria-label", name);
}

function nameSelect2(container) {
  const select = container.previousElementSibling;
  const label = select && namer(select);
  if (!label) return;
  const shown = container.querySelector(".select2-selection__rendered");
  const box = container.querySelector(".select2-selection");
  if (shown?.id) shown.setAttribute("aria-labelledby", idOf(label));
  box?.setAttribute("aria-labelledby", shown?.id ? `${idOf(label)} ${shown.id}` : idOf(label));
  for (const search of container.querySelectorAll(".select2-search__field")) search.setAttribute("aria-label", textOf(label));
}

function nameOpenSearch() {
  const open = document.querySelector(".select2-container--open:has(.select2-selection)");
  const label = open?.previousElementSibling && namer(open.previousElementSibling);
  const name = textOf(label) || document.title;
  for (const part of document.querySelectorAll(".select2-dropdown :is(.select2-search__field, .select2-results__options)")) part.setAttribute("aria-label", name);
}

function nameAll() {
  // An empty head names nothing; a plain cell promises nothing.
  for (const head of document.querySelectorAll("thead th.original:empty")) {
    head.replaceWith(Object.assign(document.createElement("td"), { className: "original" }));
  }
  document.querySelectorAll("p.datetime input, .inline-related td :is(input:not([type=hidden]), select, textarea)").forEach(nameField);
  document.querySelectorAll(".select2-container:has(.select2-selection)").forEach(nameSelect2);
  const search = document.getElementById("searchbar");
  search?.setAttribute("aria-label", search.labels?.[0]?.querySelector("img")?.alt || search.placeholder || document.title);
}

nameAll();
addEventListener("load", () => setTimeout(nameAll));
document.addEventListener("formset:added", () => setTimeout(nameAll));
document.addEventListener("focusin", () => setTimeout(nameOpenSearch));
