// The toolbar, in place of the editor's own: real buttons with names, pressed or not, one stop of
// the Tab key, arrows between them; Alt+F10 comes here from the text and Escape goes back.
import { crel, Extension, gettext } from "django-prose-editor/editor";
import { HEADINGS, TOOLS } from "./tools.js";

export const Menu = Extension.create({
  name: "menu",

  addKeyboardShortcuts() {
    return {
      "Alt-F10": () => {
        this.storage.bar?.querySelector("[tabindex='0']")?.focus();
        return true;
      },
    };
  },

  addStorage() {
    return { bar: null };
  },

  onCreate() {
    const { editor } = this;
    name(editor);
    const bar = crel("div", { className: "editor-bar", role: "toolbar", "aria-label": gettext("Formatting") });
    const refreshers = [];
    const headings = blockMenu(editor);
    if (headings) {
      bar.append(headings.select);
      refreshers.push(headings.refresh);
    }
    for (const group of TOOLS) {
      const buttons = group.filter((tool) => tool.there(editor)).map((tool) => button(editor, tool));
      if (!buttons.length) continue;
      bar.append(crel("span", { className: "editor-group" }, buttons.map((made) => made.dom)));
      refreshers.push(...buttons.map((made) => made.refresh));
    }
    travel(bar, editor);
    // After the text in the document, above it on the screen: Tab leads from the standfirst into the
    // text, and the tools come next.
    editor.view.dom.after(bar);
    this.storage.bar = bar;
    const refresh = () => refreshers.forEach((again) => again());
    editor.on("transaction", refresh);
    refresh();
  },

  onDestroy() {
    this.storage.bar?.remove();
  },
});

// The editable area takes its name, its help and its errors from the text field it stands for.
function name(editor) {
  const textarea = editor.options.element.querySelector("textarea");
  const label = textarea?.labels?.[0];
  const attributes = { role: "textbox", "aria-multiline": "true", spellcheck: "true", dir: "auto" };
  attributes["aria-label"] = label?.textContent.trim().replace(/:$/, "") || gettext("Text");
  for (const copied of ["aria-describedby", "aria-invalid"]) {
    if (textarea?.hasAttribute(copied)) attributes[copied] = textarea.getAttribute(copied);
  }
  editor.setOptions({ editorProps: { ...editor.options.editorProps, attributes } });
  label?.addEventListener("click", () => editor.commands.focus());
}

function button(editor, { label, sign, icon, keys, run, active, enabled, shown }) {
  const title = keys ? `${label} (${keys})` : label;
  const dom = crel("button", { type: "button", title, "aria-label": label, tabIndex: -1 });
  if (icon) dom.innerHTML = `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">${icon}</svg>`;
  else dom.textContent = sign ?? label;
  if (sign) dom.dataset.sign = sign;
  if (active) dom.setAttribute("aria-pressed", "false");
  dom.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps its selection
  dom.addEventListener("click", () => {
    if (dom.getAttribute("aria-disabled") !== "true") run(editor);
  });
  const refresh = () => {
    if (active) dom.setAttribute("aria-pressed", String(active(editor)));
    if (enabled) dom.setAttribute("aria-disabled", String(!enabled(editor)));
    if (shown) dom.hidden = !shown(editor);
  };
  return { dom, refresh };
}

function blockMenu(editor) {
  const levels = editor.extensionManager.extensions.find((one) => one.name === "heading")?.options.levels;
  if (!levels) return null;
  const option = (value, text) => crel("option", { value: String(value), textContent: text });
  const select = crel("select", { "aria-label": gettext("Kind of paragraph"), tabIndex: 0 }, [
    option(0, gettext("Text")),
    ...levels.map((level) => option(level, HEADINGS[level] ?? `${gettext("Heading")} ${level}`)),
  ]);
  select.addEventListener("change", () => {
    const level = Number(select.value);
    const chain = editor.chain().focus();
    (level ? chain.setHeading({ level }) : chain.setParagraph()).run();
  });
  const refresh = () => {
    select.value = String(levels.find((level) => editor.isActive("heading", { level })) ?? 0);
  };
  return { select, refresh };
}

// One stop for Tab; left and right, Home and End inside (up and down stay the select's own).
function travel(bar, editor) {
  const stops = () => [...bar.querySelectorAll("select, button:not([hidden])")];
  if (!bar.querySelector("select")) stops()[0]?.setAttribute("tabindex", "0");
  bar.addEventListener("focusin", (event) => {
    for (const stop of stops()) stop.tabIndex = stop === event.target ? 0 : -1;
  });
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const at = all.indexOf(event.target);
    const turned = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const to = {
      ArrowRight: at + turned, ArrowLeft: at - turned, Home: 0, End: all.length - 1,
    }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    else if (to === undefined) return;
    else all[(to + all.length) % all.length].focus();
    event.preventDefault();
  });
}
