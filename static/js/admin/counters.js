// How long a headline, a standfirst and the text are. A field with data-count says how long it
// should be at most; nothing is cut or refused. data-one-line: Enter moves on instead of breaking.
const gettext = window.gettext ?? ((text) => text);

function count(field) {
  const good = Number(field.dataset.count);
  const line = document.createElement("p");
  line.className = "count";
  line.id = `${field.id}_count`;
  field.after(line);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
  const show = () => {
    const length = [...field.value.trim()].length;
    line.textContent = length > good ? `${length} / ${good}, ${gettext("long for a card")}` : `${length} / ${good}`;
    line.classList.toggle("count-over", length > good);
  };
  field.addEventListener("input", show);
  show();
}

for (const field of document.querySelectorAll("[data-count]")) count(field);

for (const field of document.querySelectorAll("[data-one-line]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault();
  });
  field.addEventListener("input", () => {
    if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
  });
}

// The editor says when it is ready; words are counted as the published page will count them.
document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
  const line = document.createElement("p");
  line.className = "count";
  editor.options.element.after(line);
  const show = () => {
    const words = editor.getText().split(/\s+/).filter(Boolean).length;
    const minutes = Math.max(1, Math.round(words / 230));
    line.textContent = words
      ? `${words} ${words === 1 ? gettext("word") : gettext("words")}, ${minutes} ${gettext("min")}`
      : "";
  };
  editor.on("update", show);
  show();
});
