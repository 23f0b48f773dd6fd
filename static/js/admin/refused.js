// A form that was refused opens at the first field that is wrong, with the sentence about it in sight.
// After everything is loaded: some fields are drawn anew by the stock scripts.
const FIELDS = "input, select:not(.select2-hidden-accessible), textarea, [contenteditable=true], .select2-selection";

addEventListener("load", () => {
  const said = document.querySelector("#content-main .errorlist");
  if (!said || said.matches(".nonfield")) return;
  const fields = [...said.parentElement.querySelectorAll(FIELDS)];
  fields.find((field) => field.offsetParent)?.focus({ preventScroll: true });
  said.scrollIntoView({ block: "center" });
});
