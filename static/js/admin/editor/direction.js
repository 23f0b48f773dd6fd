// `dir` and `lang` on blocks survive editing, and a tool turns the block's direction round.
import { Extension } from "django-prose-editor/editor";

const TYPES = ["paragraph", "heading", "blockquote", "pullQuote", "bulletList", "orderedList", "listItem", "table"];
const allowed = { dir: /^(ltr|rtl|auto)$/, lang: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/ };

export const Direction = Extension.create({
  name: "direction",

  addGlobalAttributes() {
    const attribute = (name) => ({
      default: null,
      parseHTML: (element) => {
        const value = element.getAttribute(name);
        return value && allowed[name].test(value) ? value : null;
      },
      renderHTML: (attributes) => (attributes[name] ? { [name]: attributes[name] } : {}),
    });
    const types = TYPES.filter((name) => this.extensions.some((extension) => extension.name === name));
    return [{ types, attributes: { dir: attribute("dir"), lang: attribute("lang") } }];
  },

  addCommands() {
    return {
      toggleDirection: () => ({ state, tr, dispatch }) => {
        const { $from, from, to } = state.selection;
        if (!$from.depth) return false;
        const turned = $from.node(1).attrs.dir === "rtl" ? "ltr" : "rtl";
        const base = getComputedStyle(this.editor.view.dom).direction;
        state.doc.nodesBetween(from, to, (node, at, parent) => {
          if (parent !== state.doc || !("dir" in node.attrs)) return false;
          if (dispatch) tr.setNodeAttribute(at, "dir", turned === base ? null : turned);
          return false;
        });
        return true;
      },
    };
  },
});
