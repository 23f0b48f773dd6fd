// Reading pasted HTML without the browser's style engine: attributes as text, names compared whole,
// so that `mso-bidi-font-weight:bold` is not taken for bold.

const SHEET = /<style[\s\S]*?(<\/style\s*>|$)/gi;
const TAG = /<[a-z][^>]*>/gi;
const KEPT = new Set(["href", "start", "colspan", "rowspan", "scope", "dir", "lang", "data-picture", "data-article"]);
const CLASSES = new Set(["pull-quote", "link-card"]);

// The body of the HTML without style sheets, every style attribute and handler under a name that the
// policy has no say about (it reports them even in a document that is never shown).
export function parse(html) {
  const renamed = html.replace(SHEET, "").replace(TAG, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  const { body } = new DOMParser().parseFromString(renamed, "text/html");
  const walk = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walk.nextNode()) comments.push(walk.currentNode);
  for (const comment of comments) comment.remove();
  return body;
}

export function styleOf(element) {
  const style = {};
  for (const declaration of (element.dataset.style ?? "").split(";")) {
    const colon = declaration.indexOf(":");
    if (colon < 0) continue;
    style[declaration.slice(0, colon).trim().toLowerCase()] = declaration.slice(colon + 1).trim().toLowerCase();
  }
  return style;
}

// The element gives way to its children; with a name, to an element of that name around them.
export function unwrap(element, name = "") {
  if (!name) {
    element.replaceWith(...element.childNodes);
    return null;
  }
  const plain = element.ownerDocument.createElement(name);
  if (element.dataset.style) plain.dataset.style = element.dataset.style;
  plain.append(...element.childNodes);
  element.replaceWith(plain);
  return plain;
}

// Nothing but the attributes of our vocabulary. Writing programs put dir="ltr" on everything, so
// only "rtl" says something.
export function bare(body) {
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      const kept = name === "class"
        ? [...element.classList].every((one) => CLASSES.has(one)) && element.classList.length > 0
        : KEPT.has(name) && !(name === "dir" && element.dir !== "rtl") && name !== "lang";
      if (!kept) element.removeAttribute(name);
    }
  }
}
