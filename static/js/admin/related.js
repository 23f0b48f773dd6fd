// Related stories as a list of headlines: type words of a headline, choose, put in order by dragging
// or with the buttons. The line of numbers in the field stays what is saved; without this script it
// is typed.
import { about } from "./editor/chooser.js";

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

const split = (line) => [...new Set(line.match(/\d+/g) ?? [])];

function equip(field) {
  const { id, form } = field;
  const own = location.pathname.match(/\/(\d+)\/change\/$/)?.[1] ?? "";
  const most = Number(field.dataset.most);
  const titles = new Map(); // what is known of an article by its number
  let ids = split(field.value);
  let options = [];
  let at = -1;
  let asked = 0;

  const chosen = make("ol", { className: "related-chosen", "aria-label": gettext("Chosen stories") });
  const list = make("ul", { className: "tag-options", id: `${id}_options`, role: "listbox", hidden: true, "aria-label": gettext("Suggestions") });
  const status = make("p", { className: "visually-hidden", role: "status" });
  const box = make("input", {
    type: "text", id, autocomplete: "off", className: "related-box", maxLength: 200, dir: "auto",
    placeholder: gettext("Words of a headline"),
    role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id,
  });
  const described = field.getAttribute("aria-describedby");
  if (described) box.setAttribute("aria-describedby", described);
  field.removeAttribute("id");
  field.type = "hidden";
  field.after(make("div", { className: "related-field" }, [chosen, make("div", { className: "tags-field" }, [box, list]), status]));
  for (const help of field.closest(".form-row").querySelectorAll(".help")) help.hidden = true;
  const folded = field.closest("details");
  if (folded && (ids.length || field.closest(".form-row").querySelector(".finding, .errorlist"))) folded.open = true;

  const titleOf = (one) => titles.get(one)?.headline ?? `${gettext("Article")} ${one}`;

  function put(next, words) {
    ids = next;
    field.value = ids.join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    status.textContent = words;
    draw();
  }

  function move(one, step) {
    const from = ids.indexOf(one);
    const to = from + step;
    if (to < 0 || to >= ids.length) return;
    const next = ids.toSpliced(from, 1).toSpliced(to, 0, one);
    put(next, `${titleOf(one)}: ${to + 1} / ${ids.length}`);
    // The row is a new one: the key stays on the button that was pressed.
    chosen.children[to].querySelector(step < 0 ? ".up" : ".down").focus();
  }

  function remove(one) {
    const from = ids.indexOf(one);
    put(ids.toSpliced(from, 1), `${titleOf(one)}: ${gettext("removed")}`);
    (chosen.children[Math.min(from, ids.length - 1)]?.querySelector(".remove") ?? box).focus();
  }

  function button(kind, sign, label, press) {
    const made = make("button", { type: "button", className: `ordered__button ${kind}`, textContent: sign, title: label, "aria-label": label });
    made.addEventListener("click", press);
    return made;
  }

  function draw() {
    chosen.hidden = !ids.length;
    chosen.replaceChildren(...ids.map((one) => {
      const title = titleOf(one);
      const handle = make("span", { className: "ordered__handle", textContent: "⠿", "aria-hidden": "true" });
      const known = titles.get(one);
      const note = known && !known.live ? [make("small", { textContent: known.state ?? gettext("not live: readers do not see it yet") })] : [];
      const row = make("li", {}, [
        handle,
        make("span", { className: "related-title" }, [make("bdi", { textContent: title }), " ", ...note]),
        make("span", { className: "ordered__tools" }, [
          button("up", "↑", `${gettext("Move up")}: ${title}`, () => move(one, -1)),
          button("down", "↓", `${gettext("Move down")}: ${title}`, () => move(one, 1)),
          button("remove", "×", `${gettext("Remove")}: ${title}`, () => remove(one)),
        ]),
      ]);
      row.dataset.id = one;
      handle.addEventListener("pointerdown", (event) => drag(row, event));
      return row;
    }));
  }

  function drag(row, event) {
    event.preventDefault();
    row.classList.add("ordered__moving");
    const heard = new AbortController();
    const follow = ({ clientY }) => {
      for (const other of chosen.children) {
        const { top, bottom, height } = other.getBoundingClientRect();
        if (other === row || clientY < top || clientY > bottom) continue;
        if (clientY < top + height / 2) other.before(row);
        else other.after(row);
        break;
      }
    };
    const drop = () => {
      heard.abort();
      const next = [...chosen.children].map((each) => each.dataset.id);
      put(next, `${titleOf(row.dataset.id)}: ${next.indexOf(row.dataset.id) + 1} / ${next.length}`);
    };
    for (const [name, deed] of [["pointermove", follow], ["pointerup", drop], ["pointercancel", drop]]) {
      document.addEventListener(name, deed, { signal: heard.signal });
    }
  }

  function add(option) {
    titles.set(option.id, option);
    close();
    box.value = "";
    if (ids.includes(option.id)) status.textContent = `${option.headline}: ${gettext("already there")}`;
    else if (ids.length >= most) status.textContent = gettext("No more fit.");
    else put([...ids, option.id], `${option.headline}: ${gettext("added")}`);
    box.focus();
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
    [...list.children].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === at));
      if (index !== at) return;
      box.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    });
  }

  function open(articles) {
    options = articles.map((each) => ({ ...each, id: String(each.id) })).filter((each) => !ids.includes(each.id));
    list.replaceChildren(...options.map((option, index) => {
      const row = make("li", { id: `${id}_option_${index}`, role: "option", "aria-selected": "false" }, [
        make("bdi", { textContent: option.headline }), " ", make("small", { textContent: option.state }),
      ]);
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        add(option);
      });
      return row;
    }));
    at = -1;
    list.hidden = !options.length;
    box.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? `${options.length} ${gettext("suggestions")}` : gettext("Nothing found.");
    if (options.length) mark(0);
  }

  async function learn() {
    const unknown = ids.filter((one) => !titles.has(one));
    const found = await Promise.all(unknown.map((one) => about(field.dataset.headlines, one)));
    unknown.forEach((one, index) => { if (found[index]) titles.set(one, found[index]); });
    draw();
  }

  field.addEventListener("restored", () => {
    ids = split(field.value);
    learn();
  });

  let pause = null;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    const typed = box.value.trim();
    if (!typed) return close();
    pause = setTimeout(async () => {
      const turn = ++asked;
      try {
        const response = await fetch(`${field.dataset.find}?q=${encodeURIComponent(typed)}&not=${own}`);
        if (response.ok && turn === asked) open((await response.json()).articles);
      } catch {
        close();
      }
    }, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown" && options.length) mark((at + 1) % options.length);
    else if (key === "ArrowUp" && options.length) mark((at - 1 + options.length) % options.length);
    else if (key === "Enter" && at >= 0) add(options[at]);
    else if (key === "Escape" && !list.hidden) close();
    // Enter while nothing is chosen would save the article.
    else if (key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => { clearTimeout(pause); close(); });
  form.addEventListener("reset", () => setTimeout(() => { ids = split(field.value); draw(); }));
  draw();
  learn();
}

for (const field of document.querySelectorAll("input[data-find]")) equip(field);
