// Every tool of the toolbar, in the order a journalist reaches for them. Each says when it is there
// at all (`there`: the field has it), whether it is pressed, and what it does.
import { gettext } from "django-prose-editor/editor";
import { editLink } from "./link.js";
import { insertLinkCard } from "./link-card.js";
import { insertPicture } from "./picture.js";
import { insertRelated } from "./related.js";

const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
const keys = (letter) => (mac ? `⌘${letter}` : `Ctrl+${letter}`);

export const HEADINGS = { 2: gettext("Heading"), 3: gettext("Subheading"), 4: gettext("Small heading") };

const has = (name) => (editor) => name in editor.schema.nodes || name in editor.schema.marks;

const mark = (name, label, sign, letter) => ({
  label, sign, keys: letter && keys(letter),
  there: has(name),
  active: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
});

const block = (name, label, command, more = {}) => ({
  label, ...more,
  there: has(name),
  active: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus()[command]().run(),
});

const insert = (name, label, run) => ({ label, there: has(name), run });

const history = (name, label, icon) => ({
  label, icon,
  there: (editor) => name in editor.commands,
  enabled: (editor) => editor.can()[name](),
  run: (editor) => editor.chain().focus()[name]().run(),
});

const inTable = (command, label) => ({
  label,
  there: has("table"),
  shown: (editor) => editor.isActive("table"),
  run: (editor) => editor.chain().focus()[command]().run(),
});

const bullets = '<path d="M6 4h8M6 8h8M6 12h8"/><path d="M2.5 4h.01M2.5 8h.01M2.5 12h.01" stroke-width="2.2" stroke-linecap="round"/>';
const numbers = '<path d="M7 4h7M7 8h7M7 12h7M2 3l1-.6v3.2M1.8 9.2c.3-.8 2-.9 2 .1 0 .7-1.9 1.6-2 2.3h2.1" stroke-width="1.2"/>';

export const TOOLS = [
  [mark("bold", gettext("Bold"), "B", "B"), mark("italic", gettext("Italic"), "I", "I")],
  [{
    label: gettext("Link"), keys: keys("K"), there: has("link"),
    active: (editor) => editor.isActive("link"), run: editLink,
  }],
  [
    block("bulletList", gettext("Bulleted list"), "toggleBulletList", { icon: bullets }),
    block("orderedList", gettext("Numbered list"), "toggleOrderedList", { icon: numbers }),
  ],
  [
    block("blockquote", gettext("Quote"), "toggleBlockquote"),
    block("pullQuote", gettext("Pull quote"), "togglePullQuote"),
  ],
  [
    insert("pictureFigure", gettext("Picture"), insertPicture),
    insert("relatedArticle", gettext("Related"), insertRelated),
    insert("linkCard", gettext("Link card"), insertLinkCard),
    insert("table", gettext("Table"), (editor) =>
      editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run()),
  ],
  [
    mark("strike", gettext("Struck through"), "S"),
    mark("subscript", gettext("Subscript"), "x₂"),
    mark("superscript", gettext("Superscript"), "x²"),
    { ...insert("horizontalRule", gettext("Dividing line"), (editor) =>
      editor.chain().focus().setHorizontalRule().run()), icon: '<path d="M1 8h14"/>' },
    {
      label: gettext("Right to left"), sign: "¶⇄",
      there: (editor) => "toggleDirection" in editor.commands,
      active: (editor) => {
        const { $from } = editor.state.selection;
        return $from.depth > 0 && $from.node(1).attrs.dir === "rtl";
      },
      run: (editor) => editor.chain().focus().toggleDirection().run(),
    },
  ],
  [
    history("undo", gettext("Undo"), '<path d="M3 6h6.5a3.5 3.5 0 0 1 0 7H6M6 2.5 2.5 6 6 9.5"/>'),
    history("redo", gettext("Redo"), '<path d="M13 6H6.5a3.5 3.5 0 0 0 0 7H10M10 2.5 13.5 6 10 9.5"/>'),
  ],
  [
    inTable("addRowAfter", gettext("Add row")),
    inTable("deleteRow", gettext("Remove row")),
    inTable("addColumnAfter", gettext("Add column")),
    inTable("deleteColumn", gettext("Remove column")),
    inTable("toggleHeaderRow", gettext("Head row")),
    inTable("toggleHeaderColumn", gettext("Head column")),
    inTable("mergeOrSplit", gettext("Join or split cells")),
    inTable("deleteTable", gettext("Remove table")),
  ],
];
