// Lists in pasted text. Word writes them as paragraphs with the bullet typed into them; Google Docs
// and old web pages put a list inside a list instead of inside an item.
import { styleOf } from "./paste-marks.js";

const PLACE = /(?:^|\s)l\d+\s+level(\d+)/;
const NUMBERED = /^\s*\(?(?:\d+|[a-z]|[ivxlcdm]+)[.)]/i;

// Consecutive `mso-list` paragraphs become ul and ol, nested by their level.
export function listsOfWord(body) {
  for (const first of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    if (!first.isConnected || !level(first)) continue;
    const run = [first];
    while (run.at(-1).nextElementSibling && level(run.at(-1).nextElementSibling)) {
      run.push(run.at(-1).nextElementSibling);
    }
    build(run);
  }
}

function level(paragraph) {
  if (!/^(p|h[1-6])$/.test(paragraph.localName)) return 0;
  const place = PLACE.exec(styleOf(paragraph)["mso-list"] ?? "");
  return place ? Number(place[1]) : 0;
}

function build(run) {
  const document = run[0].ownerDocument;
  const open = []; // the lists we are inside, outermost first: {list, level}
  for (const paragraph of run) {
    const depth = level(paragraph);
    const { kind, start } = marker(paragraph);
    while (open.length && open.at(-1).level > depth) open.pop();
    if (open.length && open.at(-1).level === depth && open.at(-1).list.localName !== kind) open.pop();
    if (!open.length || open.at(-1).level < depth) {
      const list = document.createElement(kind);
      if (kind === "ol" && start > 1) list.setAttribute("start", String(start));
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else run[0].before(list);
      open.push({ list, level: depth });
    }
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1).list.append(item);
  }
  for (const paragraph of run) paragraph.remove();
}

// Word's bullet or number, taken out of the paragraph.
function marker(paragraph) {
  const sign = [...paragraph.querySelectorAll("[data-style]")].find(
    (span) => styleOf(span)["mso-list"] === "ignore",
  );
  const text = sign?.textContent ?? "";
  const holder = sign?.parentElement !== paragraph && sign?.parentElement?.textContent === text ? sign.parentElement : sign;
  holder?.remove();
  if (!NUMBERED.test(text) || /^\s*o\s*$/.test(text)) return { kind: "ul", start: 1 };
  return { kind: "ol", start: Number.parseInt(text.replace(/\D+/, ""), 10) || 1 };
}

export function nestLists(body) {
  for (const list of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    const item = list.previousElementSibling;
    if (item?.localName === "li") item.append(list);
    else {
      const made = list.ownerDocument.createElement("li");
      list.before(made);
      made.append(list);
    }
  }
}
