// What is in the form, as names and lists of strings; what differs from a kept text; putting it back.
import { form, gettext } from "./changes.js";

const OF_THE_PAGE = /^(csrfmiddlewaretoken$|_|kept_)|__prefix__/;
const LINE = /^bylines-(\d+)-(author|text|role|order|DELETE)$/;
const UNSEEN = /^(bylines-|initial-|base_revision$)/;

export function read() {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !OF_THE_PAGE.test(name)) (values[name] ??= []).push(value.replaceAll("\r\n", "\n"));
  }
  return values;
}

// The words in search boxes, which hold only a number themselves.
export function labels() {
  const found = {};
  for (const select of form.querySelectorAll("select")) {
    if (select.value && !OF_THE_PAGE.test(select.name)) found[select.name] = select.selectedOptions[0]?.textContent ?? "";
  }
  return found;
}

// The byline as it is meant: in order, without lines to be removed and empty ones.
function lines(values) {
  const rows = {};
  for (const [name, [value]] of Object.entries(values)) {
    const [, number, part] = name.match(LINE) ?? [];
    if (part) (rows[number] ??= { number })[part] = value;
  }
  return Object.values(rows)
    .filter((row) => row.DELETE === undefined && (row.author || row.text || row.role))
    .sort((one, other) => Number(one.order) - Number(other.order));
}
const told = (values) => JSON.stringify(lines(values).map(({ author = "", text = "", role = "" }) => [author, text, role]));

const plain = (list) => JSON.stringify((list ?? []).filter((value) => value !== ""));

// The labels of the fields in which a kept text differs from the form.
export function differing(values) {
  const present = read();
  const names = new Set([...form.elements].map(({ name }) => name));
  const labelled = new Set();
  for (const name of new Set([...Object.keys(present), ...Object.keys(values)])) {
    if (OF_THE_PAGE.test(name) || UNSEEN.test(name) || !names.has(name)) continue;
    if (plain(values[name]) === plain(present[name])) continue;
    const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    const label = field.closest(".form-row, .submit-row")?.querySelector("label, legend");
    labelled.add(label?.textContent.trim().replace(/:$/, "") || name);
  }
  if (told(values) !== told(present)) labelled.add(gettext("Byline"));
  return [...labelled];
}

function set(field, value, label) {
  if (field.value === value) return;
  if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
    field.append(new Option(label ?? value, value));
  }
  field.value = value;
  field.parentElement.querySelector(".ProseMirror")?.editor?.commands.setContent(value);
  field.dispatchEvent(new Event("restored"));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

// Rows of the byline keep the ids that are valid now; only what they say is put back.
function setLines(values, words) {
  const wanted = lines(values);
  const rows = () => [...form.querySelectorAll(".bylines tr.form-row:not(.empty-form)")];
  const more = form.querySelector(".bylines .add-row a");
  while (rows().length < wanted.length && more) {
    const before = rows().length;
    more.click();
    if (rows().length === before) break;
  }
  rows().forEach((row, place) => {
    const line = wanted[place];
    const part = (name) => row.querySelector(`[name$="-${name}"]`);
    const removal = part("DELETE");
    if (removal) removal.checked = !line;
    for (const name of ["author", "text", "role"]) {
      if (part(name) && (line || !removal)) set(part(name), line?.[name] ?? "", words[`bylines-${line?.number}-author`]);
    }
    if (line && part("order")) part("order").value = String(place + 1);
  });
}

export function putBack(values, words) {
  const names = new Set([...form.elements].map(({ name }) => name).filter((name) => name && !OF_THE_PAGE.test(name)));
  for (const name of names) {
    if (name.startsWith("bylines-")) continue;
    const fields = [...form.elements].filter((field) => field.name === name);
    const list = values[name] ?? [];
    if (fields[0].type === "checkbox" || fields[0].type === "radio") {
      for (const field of fields) field.checked = list.includes(field.value);
    } else if (name in values) {
      set(fields[0], list[0] ?? "", words[name]);
    }
  }
  if (told(values) !== told(read())) setLines(values, words);
  form.dispatchEvent(new Event("change"));
}
