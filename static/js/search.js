// While one types into the search box, pages of such a name are offered below it: a section, a topic,
// an author. Arrows mark one, Enter opens it, Escape closes the list; Enter alone searches, as without
// this file.

const ask = document.querySelector("[data-suggest]");

if (ask) {
  const box = ask.querySelector("input");
  const list = document.createElement("ul");
  let pages = [];
  let at = -1;
  let turn = 0;
  let pause;

  Object.assign(list, { id: "search-offers", className: "search__offers", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", ask.dataset.label);
  ask.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) box.setAttribute(name, value);

  const mark = (place) => {
    at = place;
    [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[at].id);
  };

  const show = (found) => {
    pages = found;
    list.replaceChildren(...pages.map(({ name, kind, url }, index) => {
      const line = Object.assign(document.createElement("li"), { id: `search-offer-${index}` });
      const words = document.createElement("bdi");
      const what = Object.assign(document.createElement("span"), { className: "search__label", textContent: kind });
      words.textContent = name;
      line.setAttribute("role", "option");
      line.append(words, " ", what);
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.href = url;
      });
      return line;
    }));
    list.hidden = !pages.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };

  const close = () => {
    clearTimeout(pause);
    turn++;
    show([]);
  };

  box.addEventListener("input", () => {
    clearTimeout(pause);
    const typed = box.value.trim();
    if (typed.length < 2) return close();
    pause = setTimeout(async () => {
      const mine = ++turn;
      try {
        const answer = await fetch(`${ask.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        const found = (await answer.json()).pages;
        if (mine === turn) show(found);
      } catch {
        close(); // the box searches without suggestions
      }
    }, 150);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && pages.length) mark((at + 1) % pages.length);
    else if (event.key === "ArrowUp" && pages.length) mark(at < 0 ? pages.length - 1 : at - 1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && at >= 0) location.href = pages[at].url;
    else return;
    event.preventDefault();
  });

  box.addEventListener("blur", close);
}
