// A video, post or document somewhere else, as a card with a title the journalist types; nothing is
// fetched from there, by the server or the page: <p class="link-card"><a href="…">Title</a></p>.
import { crel, gettext, Node } from "django-prose-editor/editor";
import { address, ask } from "./dialog.js";
import { place, removePiece, tools } from "./place.js";

async function details(known = {}) {
  const answer = await ask({
    title: gettext("Link card"),
    submit: known.href ? gettext("Change") : gettext("Insert"),
    fields: [
      { name: "href", label: gettext("Address"), required: true, value: known.href ?? "", inputMode: "url",
        help: gettext("A video, a post, a document. Nothing is fetched from there.") },
      { name: "title", label: gettext("Title"), required: true, value: known.title ?? "",
        help: gettext("What readers see on the card.") },
    ],
  });
  const href = answer && address(answer.href);
  return href ? { href, title: answer.title } : null;
}

export async function insertLinkCard(editor) {
  const attrs = await details();
  if (attrs) place(editor, { type: "linkCard", attrs });
}

export const LinkCard = Node.create({
  name: "linkCard",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return { href: { default: "", rendered: false }, title: { default: "", rendered: false } };
  },
  parseHTML() {
    return [
      {
        tag: "p.link-card",
        priority: 70,
        getAttrs: (element) => {
          const link = element.querySelector("a[href]");
          return link ? { href: link.getAttribute("href"), title: link.textContent.trim() } : false;
        },
      },
    ];
  },
  renderHTML({ node: { attrs } }) {
    return ["p", { class: "link-card" }, ["a", { href: attrs.href }, attrs.title]];
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const title = crel("strong", { dir: "auto" });
      const host = crel("small", { dir: "ltr" });
      const change = async () => {
        const attrs = await details(node.attrs);
        if (attrs) editor.chain().focus().setNodeSelection(getPos()).updateAttributes("linkCard", attrs).run();
      };
      const dom = crel("div", { className: "piece piece-card", contentEditable: "false" }, [
        crel("span", { className: "piece-label", textContent: gettext("Link card") }),
        title,
        host,
        tools(crel, [[gettext("Edit"), change], [gettext("Remove"), () => removePiece(editor, getPos)]]),
      ]);
      const show = ({ attrs }) => {
        title.textContent = attrs.title;
        host.textContent = attrs.href;
      };
      show(node);
      return {
        dom,
        update(updated) {
          if (updated.type !== node.type) return false;
          node = updated;
          show(updated);
          return true;
        },
        ignoreMutation: () => true,
        stopEvent: (event) => event.target.closest?.(".piece-tools") != null,
      };
    };
  },
});
