// Tags as chips with suggestions. The line of names in the field stays what is saved; without this
// script it is typed. Arrows choose, Enter or a comma adds, Backspace in the empty box takes the
// last one away. Near-twins of a new name are offered before it: "Did you mean …". A name that was
// split adds all it stands for; one that is no longer offered says so.
import { combobox, make } from "./combobox.js";

const gettext = window.gettext ?? ((text) => text);

const split = (line) =>
  [...line.matchAll(/"([^"]*)"|([^,"]+)/g)].map(([, quoted, plain]) => (quoted ?? plain).trim()).filter(Boolean);
const join = (names) => names.map((name) => (name.includes(",") ? `"${name}"` : name)).join(", ");
const same = (one, other) => one.normalize("NFKC").toLowerCase() === other.normalize("NFKC").toLowerCase();

function equip(field) {
  let names = split(field.value);
  const chips = make("ul", { className: "tag-chips", "aria-label": gettext("Chosen tags") });
  const status = make("p", { className: "visually-hidden", role: "status" });
  const { box, list, close, suggest, moved, current } = combobox({
    id: field.id, attributes: { className: "tag-box", maxLength: 100 }, wait: 120, find, row, choose, opened,
  });
  const described = field.getAttribute("aria-describedby");
  if (described) box.setAttribute("aria-describedby", described);
  const frame = make("div", { className: "tag-frame" }, [chips, box]);
  field.removeAttribute("id");
  field.type = "hidden";
  field.after(make("div", { className: "tags-field" }, [frame, list, status]));
  frame.addEventListener("click", () => box.focus());

  function draw() {
    chips.hidden = !names.length;
    chips.replaceChildren(
      ...names.map((name) => {
        const remove = make("button", { type: "button", textContent: "×", "aria-label": `${gettext("Remove")} ${name}` });
        remove.addEventListener("click", (event) => {
          event.stopPropagation();
          put(names.filter((other) => other !== name));
          status.textContent = `${name}: ${gettext("removed")}`;
          box.focus();
        });
        return make("li", { dir: "auto" }, [make("span", { textContent: name }), remove]);
      }),
    );
  }

  function put(next) {
    names = next;
    field.value = join(names);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  }

  function add(name) {
    const clean = name.replaceAll('"', "").replace(/\s+/g, " ").trim();
    close();
    box.value = "";
    if (!clean) return;
    if (names.some((other) => same(other, clean))) status.textContent = `${clean}: ${gettext("already there")}`;
    else {
      put([...names, clean]);
      status.textContent = `${clean}: ${gettext("added")}`;
    }
  }

  function choose(option) {
    (option.parts ?? [option.name]).forEach(add);
  }

  async function find(typed) {
    const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
    if (!response.ok) return null;
    const { exact, topics = [], near = [], retired = [], split: parts = [] } = await response.json();
    const free = (name) => !names.some((other) => same(other, name));
    const found = [
      ...(parts.some(free) ? [{ name: parts.join(" + "), note: "", parts: parts.filter(free) }] : []),
      ...topics.filter(free).map((name) => ({ name, note: retired.includes(name) ? gettext("No longer offered:") : "" })),
      ...near.filter(free).map((name) => ({ name, note: gettext("Did you mean"), near: true })),
    ];
    if (!exact && free(typed)) found.push({ name: typed, note: gettext("New tag") });
    return found.map((option) => ({ ...option, exact }));
  }

  function row({ name, note }) {
    return [...(note ? [make("small", { textContent: `${note} ` })] : []), make("bdi", { textContent: name })];
  }

  function opened(options) {
    const exact = options[0]?.exact;
    const twin = options.find((option) => option.near);
    status.textContent = twin && !exact ? `${twin.note} ${twin.name}?` : `${options.length} ${gettext("suggestions")}`;
    // A tag that begins like what is typed is at hand with Enter; a new one is added as typed.
    return exact ? 0 : -1;
  }

  field.addEventListener("restored", () => {
    names = split(field.value);
    draw();
  });

  box.addEventListener("input", () => {
    if (/[,،]/.test(box.value)) {
      const parts = box.value.split(/[,،]/);
      const rest = parts.pop();
      parts.forEach(add);
      box.value = rest.trimStart();
    }
    suggest();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      if (!box.value.trim() && !current() && (event.ctrlKey || event.metaKey)) return;
      if (current()) choose(current());
      else add(box.value);
    } else if (event.key === "Backspace" && !box.value && names.length) {
      status.textContent = `${names.at(-1)}: ${gettext("removed")}`;
      put(names.slice(0, -1));
    } else if (!moved(event)) return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => add(box.value)); // what was typed is never lost
  field.form.addEventListener("submit", () => add(box.value), { capture: true });
  draw();
}

for (const field of document.querySelectorAll("input[data-suggest]")) equip(field);
