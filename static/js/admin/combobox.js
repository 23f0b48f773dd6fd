// A text box that suggests while one types. Arrows mark a suggestion, Escape closes the list; what
// Enter does is the caller's: `current()` is the marked option. One way for tags and related stories.
const gettext = window.gettext ?? ((text) => text);

// An element with properties, attributes where the name has a hyphen, and children.
export function make(name, attributes = {}, children = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

// `find(typed)` promises the options; `row(option)` is what stands in its line; `choose(option)`
// takes it; `opened(options, typed)` may say what was found, and answers which to mark (-1: none).
export function combobox({ id, attributes, wait, find, row, choose, opened }) {
  let options = [];
  let at = -1;
  let asked = 0;
  let pause = null;
  const list = make("ul", { className: "tag-options", id: `${id}_options`, role: "listbox", hidden: true, "aria-label": gettext("Suggestions") });
  const box = make("input", {
    type: "text", id, autocomplete: "off", role: "combobox", "aria-expanded": "false",
    "aria-autocomplete": "list", "aria-controls": list.id, ...attributes,
  });

  function close() {
    clearTimeout(pause);
    asked++;
    options = [];
    mark(-1);
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
  }

  function mark(place) {
    at = place;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function open(found, typed) {
    options = found;
    list.replaceChildren(...options.map((option, index) => {
      const line = make("li", { id: `${id}_option_${index}`, role: "option", "aria-selected": "false" }, row(option));
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        choose(option);
      });
      return line;
    }));
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(options.length > 0));
    mark(opened(options, typed));
  }

  function suggest() {
    clearTimeout(pause);
    const typed = box.value.trim();
    if (!typed) return close();
    pause = setTimeout(async () => {
      const turn = ++asked;
      try {
        const found = await find(typed);
        if (found && turn === asked) open(found, typed);
      } catch {
        close(); // without suggestions what is typed is still there
      }
    }, wait);
  }

  // Whether the key was one of the list's.
  function moved({ key }) {
    if (key === "ArrowDown" && options.length) mark((at + 1) % options.length);
    else if (key === "ArrowUp" && options.length) mark((Math.max(at, 0) - 1 + options.length) % options.length);
    else if (key === "Escape" && !list.hidden) close();
    else return false;
    return true;
  }

  return { box, list, close, suggest, moved, current: () => options[at] };
}
