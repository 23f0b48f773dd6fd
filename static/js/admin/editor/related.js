// A box that points at another article: <aside data-article="7"></aside>. What it says is looked up
// when a page is served, so a new headline or a withdrawal is never frozen into this text.
import { crel, gettext, Node } from "django-prose-editor/editor";
import { about, choose } from "./chooser.js";
import { place, removePiece, tools } from "./place.js";

export async function insertRelated(editor) {
  const { articles } = editor.extensionManager.extensions.find(({ name }) => name === "relatedArticle").options;
  const article = await choose(articles, { status: "live" });
  place(editor, { type: "relatedArticle", attrs: { article } });
}

export const RelatedArticle = Node.create({
  name: "relatedArticle",
  group: "block",
  atom: true,
  draggable: true,

  addOptions() {
    return { articles: "", about: "" };
  },
  addAttributes() {
    return {
      article: {
        parseHTML: (element) => element.dataset.article,
        renderHTML: ({ article }) => ({ "data-article": article }),
      },
    };
  },
  parseHTML() {
    return [{ tag: "aside[data-article]" }];
  },
  renderHTML({ HTMLAttributes }) {
    return ["aside", HTMLAttributes];
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { articles, about: source } = this.options;
      const headline = crel("strong", { dir: "auto", textContent: "…" });
      const note = crel("small");
      const change = async () => {
        const article = await choose(articles, { status: "live" });
        editor.commands.command(({ tr }) => !!tr.setNodeAttribute(getPos(), "article", article));
      };
      const dom = crel("aside", { className: "piece piece-related", contentEditable: "false" }, [
        crel("span", { className: "piece-label", textContent: gettext("Read also") }),
        headline,
        note,
        tools(crel, [[gettext("Change article"), change], [gettext("Remove"), () => removePiece(editor, getPos)]]),
      ]);
      const show = async ({ attrs: { article } }) => {
        const known = await about(source, article);
        headline.textContent = known?.headline ?? `${gettext("Article")} ${article}`;
        note.textContent = known?.live ? "" : gettext("Not live: readers see nothing here until it is.");
        note.classList.toggle("piece-lacks", !known?.live);
      };
      show(node);
      return {
        dom,
        update(updated) {
          if (updated.type !== node.type) return false;
          show(updated);
          return true;
        },
        ignoreMutation: () => true,
        stopEvent: (event) => event.target.closest?.(".piece-tools") != null,
      };
    };
  },
});
