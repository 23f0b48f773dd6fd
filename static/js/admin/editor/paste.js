// Text from Google Docs, Word and the web, brought to the newspaper's vocabulary before the editor
// reads it. It must be done on the attributes as text: under our content security policy the
// browser drops inline styles, and with them what was bold, italic or a list.
import { Extension, Plugin } from "django-prose-editor/editor";
import { bare, parse, styleOf, unwrap } from "./paste-marks.js";
import { listsOfWord, nestLists } from "./paste-lists.js";

const DROPPED = "style, script, meta, link, title, xml, head, img, object, iframe, form, input, button, .mso-hide, [data-style*='mso-element:comment']";
const WEIGHTS = { bold: 700, bolder: 700, normal: 400, lighter: 300 };

export function cleaned(html) {
  const body = parse(html);
  for (const dropped of body.querySelectorAll(DROPPED)) dropped.remove();
  for (const strange of body.querySelectorAll("*")) if (strange.localName.includes(":")) unwrap(strange);
  listsOfWord(body);
  nestLists(body);
  for (const element of [...body.querySelectorAll("[data-style], b, strong, i, em")]) marks(element);
  for (const heading of body.querySelectorAll("h1, h5, h6")) {
    rename(heading, heading.localName === "h1" ? "h2" : "h4");
  }
  for (const wrapped of body.querySelectorAll("h2 strong, h3 strong, h4 strong, h2 b, h3 b, h4 b")) unwrap(wrapped);
  for (const link of body.querySelectorAll("a")) straighten(link);
  for (const wrapper of [...body.querySelectorAll("span, font, center, div, section, article, main")]) {
    if (wrapper.matches("span, font") || wrapper.querySelector("p, h2, h3, h4, ul, ol, table, blockquote, div")) unwrap(wrapper);
    else if (!wrapper.closest("li, td, th, p")) rename(wrapper, "p");
    else unwrap(wrapper);
  }
  tidy(body);
  bare(body);
  return body.innerHTML;
}

// Bold, italic and the like by style become elements; <b style="font-weight:normal"> is not bold.
function marks(element) {
  const style = styleOf(element);
  const weight = WEIGHTS[style["font-weight"]] ?? Number(style["font-weight"] || NaN);
  const isBold = element.matches("b, strong");
  const isItalic = element.matches("i, em");
  if ((isBold && weight < 600) || (isItalic && style["font-style"] === "normal")) {
    element = unwrap(element, "span");
  }
  if (element.matches("p, h1, h2, h3, h4, h5, h6, ul, ol, li, table, tr, td, th, body")) return;
  if (weight >= 600 && !element.closest("b, strong")) wrapInside(element, "strong");
  if (/^(italic|oblique)/.test(style["font-style"] ?? "") && !element.closest("i, em")) wrapInside(element, "em");
  const line = `${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`;
  if (line.includes("line-through") && !element.closest("s, del, strike")) wrapInside(element, "s");
  const raised = style["vertical-align"];
  if (raised === "super" && !element.closest("sup")) wrapInside(element, "sup");
  if (raised === "sub" && !element.closest("sub")) wrapInside(element, "sub");
}

function wrapInside(element, name) {
  if (!element.textContent.trim()) return;
  const wrapper = element.ownerDocument.createElement(name);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  if (element.dir) renamed.dir = element.dir;
  element.replaceWith(renamed);
}

// Links lead where they say, not through Google's counter; a bookmark inside the document is none.
function straighten(link) {
  const href = link.getAttribute("href") ?? "";
  const counted = /^https?:\/\/www\.google\.[a-z.]+\/url\?/.test(href) && new URL(href).searchParams.get("q");
  if (counted) link.setAttribute("href", counted);
  if (!href || href.startsWith("#") || /^file:/i.test(href) || !link.textContent.trim()) unwrap(link);
}

// Blank lines between paragraphs are how writing programs make space; ours is in the style sheet.
function tidy(body) {
  for (const space of body.querySelectorAll(".Apple-converted-space")) space.replaceWith(" ");
  for (const rest of body.querySelectorAll("br.Apple-interchange-newline, body > br")) rest.remove();
  for (const block of [...body.querySelectorAll("p, h2, h3, h4, blockquote, li")]) {
    const own = block.querySelector("table, figure, aside, hr");
    if (!own && !block.textContent.replace(/[\s\u00a0\u200b]/g, "") && !block.closest("td, th")) block.remove();
  }
  for (const mark of [...body.querySelectorAll("strong, em, b, i, s, sup, sub")]) {
    if (!mark.textContent) mark.remove();
  }
}

export const Paste = Extension.create({
  name: "pastedText",
  addProseMirrorPlugins() {
    // What was copied from an editor of ours is clean already and must stay as it is.
    const transformPastedHTML = (html) => (html.includes("data-pm-slice") ? html : cleaned(html));
    return [new Plugin({ props: { transformPastedHTML } })];
  },
});
