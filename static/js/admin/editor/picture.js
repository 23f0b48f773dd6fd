// A picture of the library inside the text: <figure data-picture="12"><figcaption>…</figcaption>.
// The text keeps the number and, if one is typed, a caption of its own; everything else stays in
// the library and is shown as it is there.
import { crel, gettext, Node } from "django-prose-editor/editor";
import { about, choose } from "./chooser.js";
import { place, removePiece, tools } from "./place.js";

export async function insertPicture(editor) {
  const { library } = editor.extensionManager.extensions.find(({ name }) => name === "pictureFigure").options;
  const picture = await choose(library);
  place(editor, { type: "pictureFigure", attrs: { picture } });
}

export const PictureFigure = Node.create({
  name: "pictureFigure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,

  addOptions() {
    return { library: "", about: "" };
  },
  addAttributes() {
    return {
      picture: {
        parseHTML: (element) => element.dataset.picture,
        renderHTML: ({ picture }) => ({ "data-picture": picture }),
      },
    };
  },
  parseHTML() {
    return [
      {
        tag: "figure[data-picture]",
        contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
      },
    ];
  },
  renderHTML({ node, HTMLAttributes }) {
    return node.content.size ? ["figure", HTMLAttributes, ["figcaption", 0]] : ["figure", HTMLAttributes];
  },

  addKeyboardShortcuts() {
    const inside = (editor) => editor.state.selection.$from.parent.type.name === this.name;
    return {
      // A caption is one line: Enter goes on below the picture.
      Enter: ({ editor }) => {
        if (!inside(editor)) return false;
        const after = editor.state.selection.$from.after();
        return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run();
      },
      // In an empty caption it takes hold of the picture; once more removes it.
      Backspace: ({ editor }) => {
        const { $from, empty } = editor.state.selection;
        if (!inside(editor) || !empty || $from.parent.content.size) return false;
        return editor.commands.setNodeSelection($from.before());
      },
    };
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      const { library, about: source } = this.options;
      const image = crel("img", { alt: "", hidden: true });
      const caption = crel("figcaption", { "data-placeholder": gettext("Caption") });
      const credit = crel("small", { contentEditable: "false" });
      const change = async () => {
        const picture = await choose(library);
        editor.commands.command(({ tr }) => !!tr.setNodeAttribute(getPos(), "picture", picture));
      };
      const dom = crel("figure", { className: "piece piece-picture" }, [
        crel("span", { className: "piece-picture-frame", contentEditable: "false", "data-drag-handle": "" }, [image]),
        caption,
        credit,
        tools(crel, [[gettext("Change picture"), change], [gettext("Remove"), () => removePiece(editor, getPos)]]),
      ]);
      let shown = null;
      const show = async ({ attrs: { picture }, content }) => {
        caption.classList.toggle("is-empty", !content.size);
        if (shown === picture) return;
        shown = picture;
        const known = await about(source, picture);
        if (shown !== picture) return;
        if (known) image.src = known.picture;
        image.hidden = !known;
        image.alt = known?.alt ?? "";
        caption.dataset.placeholder = known?.caption || gettext("Caption");
        const lacks = known && !known.alt ? gettext("No alternative text yet") : "";
        credit.textContent = known
          ? [known.credit, lacks].filter(Boolean).join(" · ")
          : gettext("This picture is not in the library any more; readers see nothing here.");
        credit.classList.toggle("piece-lacks", !known || !known.alt);
      };
      show(node);
      return {
        dom,
        contentDOM: caption,
        update(updated) {
          if (updated.type !== node.type) return false;
          node = updated;
          show(updated);
          return true;
        },
        // What we show ourselves is no edit; only typing in the caption is.
        ignoreMutation: ({ type, target }) =>
          type === "attributes" || (type !== "selection" && !caption.contains(target)),
        stopEvent: (event) => event.target.closest?.(".piece-tools") != null,
      };
    };
  },
});
