// Related stories as a list of headlines: type words of a headline, choose, put in order by dragging
// or with the buttons. The line of numbers in the field stays what is saved; without this script it
// is typed.
import { combobox, make } from "./combobox.js";
import { about } from "./editor/chooser.js";

const gettext = window.gettext ?? ((text) => text);

const split = (line) => [...new Set(line.match(/\d+/g) ?? [])];

function equip(field) {
  const { id, form } = field;
  const own = location.pathname.match(/\/(\d+)\/change\/$/)?.[1] ?? "";
  const most = Number(field.dataset.most);
  const titles = new Map(); // what is known of an article by its number
  let ids = split(field.value);

  const chosen = make("ol", { className: "related-chosen", "aria-label": gettext("Chosen stories") });
  const status = make("p", { className: "visually-hidden", role: "status" });
  const attributes = { className: "related-box", maxLength: 200, dir: "auto", placeholder: gettext("Words of a headline") };
  const { box, list, close, suggest, moved, current } = combobox({ id, attributes, wait: 150, find, row, choose: add, opened });
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

  async function find(typed) {
    const response = await fetch(`${field.dataset.find}?q=${encodeURIComponent(typed)}&not=${own}`);
    if (!response.ok) return null;
    const { articles } = await response.json();
    return articles.map((each) => ({ ...each, id: String(each.id) })).filter((each) => !ids.includes(each.id));
  }

  function row({ headline, state }) {
    return [make("bdi", { textContent: headline }), " ", make("small", { textContent: state })];
  }

  function opened(options) {
    status.textContent = options.length ? `${options.length} ${gettext("suggestions")}` : gettext("Nothing found.");
    return options.length ? 0 : -1;
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

  box.addEventListener("input", suggest);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || moved(event)) {
      if (!event.isComposing) event.preventDefault();
      return;
    }
    // Enter while nothing is chosen would save the article.
    if (event.key !== "Enter" || (!current() && (event.ctrlKey || event.metaKey))) return;
    if (current()) add(current());
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  form.addEventListener("reset", () => setTimeout(() => { ids = split(field.value); draw(); }));
  draw();
  learn();
}

for (const field of document.querySelectorAll("input[data-find]")) equip(field);
