// What was sent and never answered is kept in this tab: after a log-in in between, a lost network or
// an error of ours, the form offers it again. A message of success or a form with errors (which has
// the words in it) ends the keeping.
const KEY = "article not saved";
const gettext = window.gettext ?? ((text) => text);
const form = document.getElementById("article_form");
const WORDS = "textarea[name], input[type=text][name], input[name=tags]";

const fields = () => [...form.querySelectorAll(WORDS)].filter(({ name }) => !/^bylines-|^_/.test(name));

function keep() {
  const values = Object.fromEntries(fields().map(({ name, value }) => [name, value]));
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, at: Date.now(), values }));
  } catch {
    // No room in the tab's store: then the browser's own question before leaving is all there is.
  }
}

function putBack(values) {
  for (const field of fields()) {
    if (!(field.name in values)) continue;
    field.value = values[field.name];
    field.parentElement.querySelector(".ProseMirror")?.editor.commands.setContent(field.value);
    field.dispatchEvent(new Event("restored"));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function offer({ at, values }) {
  const time = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const box = document.createElement("div");
  box.className = "kept";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = `${gettext("What you sent at")} ${time} ${gettext("was not saved. It is still here.")}`;
  const button = (label, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", () => {
      sessionStorage.removeItem(KEY);
      box.remove();
      press();
    });
    return made;
  };
  box.append(words, button(gettext("Put it back"), () => putBack(values)), button(gettext("Throw it away"), () => {}));
  form.prepend(box);
}

if (form?.querySelector(".article-bar")) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (kept && (form.querySelector(".errornote") || document.querySelector(".messagelist .success"))) {
    sessionStorage.removeItem(KEY);
  } else if (kept?.path === location.pathname) {
    if (fields().some(({ name, value }) => name in kept.values && kept.values[name] !== value)) offer(kept);
  }
  form.addEventListener("submit", keep);
}
