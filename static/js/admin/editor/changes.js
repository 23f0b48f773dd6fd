// The article's form and the moment something in it changes; what leaves, keeps and warns asks here.
export const gettext = window.gettext ?? ((text) => text);
export const form = document.getElementById("article_form");
export const bar = form?.querySelector(".article-bar");
// A form that came back with errors: all in it is still unsaved.
export const failed = Boolean(form?.querySelector(".errornote"));

export function whenChanged(listener) {
  const hear = (event) => {
    if (!event?.target?.closest || form.contains(event.target)) listener();
  };
  form.addEventListener("input", hear);
  form.addEventListener("change", hear);
  // The admin's widgets (select2) tell jQuery alone; they also do so once while the page is set up.
  const jQuery = () => setTimeout(() => window.django?.jQuery(form).on("change", hear));
  if (document.readyState === "complete") jQuery();
  else addEventListener("load", jQuery);
  document.addEventListener("formset:removed", hear);
}
