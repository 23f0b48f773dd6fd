// Tags as chips with suggestions. The line of names in the field stays what is saved; without this
// script it is typed. Arrows choose, Enter or a comma adds, Backspace in the empty box takes the
// last one away. Near-twins of a new name are offered before it: "Did you mean …". A name that was
// split adds all it stands for; one that is no longer offered says so.
const gettext = window.gettext ?? ((text) => text);

function make(name, attributes = {}, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

const split = (line) =>
  [...line.matchAll(/"([^"]*)"|([^,"]+)/g)].map(([, quoted, plain]) => (quoted ?? plain).trim()).filter(Boolean);
const join = (names) => names.map((name) => (name.includes(",") ? `"${name}"` : name)).join(", ");
const same = (one, other) => one.normalize("NFKC").toLowerCase() === other.normalize("NFKC").toLowerCase();

function equip(field) {
  let names = split(field.value);
  let options = [];
  let at = -1;
  let asked = 0;
  const id = field.id;
  const chips = make("ul", { className: "tag-chips", "aria-label": gettext("Chosen tags") });
  const list = make("ul", { className: "tag-options", id: `${id}_options`, role: "listbox", hidden: true, "aria-label": gettext("Suggestions") });
  const status = make("p", { className: "visually-hidden", role: "status" });
  const box = make("input", {
    type: "text", id, autocomplete: "off", className: "tag-box", maxLength: 100,
    role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id,
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

  function close() {
    asked++;
    options = [];
    at = -1;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    at = place;
    [...list.querySelectorAll("[role=option]")].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === at));
      if (index === at) {
        box.setAttribute("aria-activedescendant", row.id);
        row.scrollIntoView({ block: "nearest" });
      }
    });
    if (at < 0) box.removeAttribute("aria-activedescendant");
  }

  function open(typed, { exact, topics = [], near = [], retired = [], split: parts = [] }) {
    const free = (name) => !names.some((other) => same(other, name));
    options = [
      ...(parts.some(free) ? [{ name: parts.join(" + "), note: "", parts: parts.filter(free) }] : []),
      ...topics.filter(free).map((name) => ({ name, note: retired.includes(name) ? gettext("No longer offered:") : "" })),
      ...near.filter(free).map((name) => ({ name, note: gettext("Did you mean") })),
    ];
    if (!exact && free(typed)) options.push({ name: typed, note: gettext("New tag") });
    list.replaceChildren(
      ...options.map(({ name, note }, index) => {
        const row = make("li", { id: `${id}_option_${index}`, role: "option", "aria-selected": "false" }, [
          ...(note ? [make("small", { textContent: `${note} ` })] : []),
          make("bdi", { textContent: name }),
        ]);
        row.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(options[index]);
        });
        return row;
      }),
    );
    at = -1;
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(options.length > 0));
    const twin = options.find((option) => option.note === gettext("Did you mean"));
    status.textContent = twin && !exact ? `${twin.note} ${twin.name}?` : `${options.length} ${gettext("suggestions")}`;
    // A tag that begins like what is typed is at hand with Enter; a new one is added as typed.
    if (exact) mark(0);
  }

  field.addEventListener("restored", () => {
    names = split(field.value);
    draw();
  });

  let pause = null;
  box.addEventListener("input", () => {
    if (/[,،]/.test(box.value)) {
      const parts = box.value.split(/[,،]/);
      const rest = parts.pop();
      parts.forEach(add);
      box.value = rest.trimStart();
    }
    clearTimeout(pause);
    const typed = box.value.trim();
    if (!typed) return close();
    pause = setTimeout(async () => {
      const turn = ++asked;
      try {
        const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        if (response.ok && turn === asked) open(typed, await response.json());
      } catch {
        close(); // without suggestions the tag is still added as typed
      }
    }, 120);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" && options.length) mark((at + 1) % options.length);
    else if (key === "ArrowUp" && options.length) mark((at - 1 + options.length) % options.length);
    else if (key === "Enter") {
      if (!box.value.trim() && at < 0 && (event.ctrlKey || event.metaKey)) return;
      clearTimeout(pause);
      if (at >= 0) choose(options[at]);
      else add(box.value);
    } else if (key === "Escape" && !list.hidden) close();
    else if (key === "Backspace" && !box.value && names.length) {
      status.textContent = `${names.at(-1)}: ${gettext("removed")}`;
      put(names.slice(0, -1));
    } else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => {
    clearTimeout(pause);
    add(box.value); // what was typed is never lost
  });
  field.form.addEventListener("submit", () => add(box.value), { capture: true });
  draw();
}

for (const field of document.querySelectorAll("input[data-suggest]")) equip(field);
