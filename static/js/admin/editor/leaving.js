// What was typed is not lost by accident: a question before leaving with changes, a word in the bar
// that says there are some, and no second copy of an article from a double click.
import { bar, failed, form, gettext, whenChanged } from "./changes.js";

const sign = bar?.querySelector(".unsaved");

if (bar) {
  // After an error everything on the page is still unsaved.
  let changed = failed;
  let sent = 0;

  const show = () => { if (sign) sign.textContent = changed ? gettext("Unsaved changes.") : ""; };
  whenChanged(() => {
    if (changed) return;
    changed = true;
    show();
  });

  addEventListener("beforeunload", (event) => {
    if (!changed || sent) return;
    event.preventDefault();
    event.returnValue = "";
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (Date.now() - sent < 8000) event.preventDefault();
    else sent = Date.now();
    // If no answer comes (the network is gone), the question is asked again.
    setTimeout(() => { sent = 0; }, 8000);
  });
  addEventListener("pageshow", () => { sent = 0; });

  // Ctrl+S saves, as everywhere.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=_continue]"));
  });

  // The menu of further actions closes when one looks elsewhere.
  const more = bar.querySelector("details");
  document.addEventListener("click", (event) => { if (more && !more.contains(event.target)) more.open = false; });
  more?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    more.open = false;
    more.querySelector("summary").focus();
  });

  // Names for what the stock widgets draw without one (the author's search box).
  const nameAuthors = () => {
    for (const select of form.querySelectorAll("select[aria-label]")) {
      select.nextElementSibling?.querySelector?.("[role=combobox]")?.setAttribute("aria-label", select.getAttribute("aria-label"));
    }
  };
  addEventListener("load", nameAuthors);
  document.addEventListener("formset:added", () => setTimeout(nameAuthors));
  show();
}
