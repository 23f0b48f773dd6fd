// What was typed is not lost by accident: a question before leaving with changes, a word in the bar
// that says there are some, and no second copy of an article from a double click.
const gettext = window.gettext ?? ((text) => text);
const form = document.getElementById("article_form");
const bar = form?.querySelector(".article-bar");
const sign = bar?.querySelector(".unsaved");

if (form && bar) {
  // After an error everything on the page is still unsaved.
  let changed = Boolean(form.querySelector(".errornote"));
  let sent = 0;

  const show = () => { if (sign) sign.textContent = changed ? gettext("Unsaved changes.") : ""; };
  const touch = (event) => {
    if (changed || (event?.target?.closest && !form.contains(event.target))) return;
    changed = true;
    show();
  };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  // The admin's widgets (select2) tell jQuery alone; they also do so once while the page is set up.
  addEventListener("load", () => setTimeout(() => window.django?.jQuery(form).on("change", touch)));
  document.addEventListener("formset:removed", touch);

  addEventListener("beforeunload", (event) => {
    if (!changed || sent) return;
    event.preventDefault();
    event.returnValue = "";
  });
  form.addEventListener("submit", (event) => {
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
