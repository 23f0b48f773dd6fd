// Links in running text: Ctrl+K or the toolbar asks for the address, with or without a selection.
import { gettext, Link as StockLink } from "django-prose-editor/editor";
import { address, ask } from "./dialog.js";

export async function editLink(editor) {
  const active = editor.isActive("link");
  if (active) editor.commands.extendMarkRange("link");
  const { from, to, empty } = editor.state.selection;
  const fields = [
    { name: "href", label: gettext("Address"), required: true, value: editor.getAttributes("link").href ?? "",
      inputMode: "url", help: gettext("Empty it to remove the link.") },
  ];
  if (active) fields[0].required = false;
  else delete fields[0].help;
  if (empty) fields.push({ name: "text", label: gettext("Words that carry the link") });
  const answer = await ask({ title: gettext("Link"), fields, submit: active ? gettext("Change") : gettext("Insert") });
  if (!answer) return;
  const chain = editor.chain().focus().setTextSelection({ from, to });
  const href = address(answer.href);
  if (!href) chain.unsetLink().run();
  else if (empty) {
    const mark = { type: "link", attrs: { href } };
    chain.insertContent([{ type: "text", text: answer.text || answer.href, marks: [mark] }]).unsetMark("link").run();
  } else chain.setLink({ href }).setTextSelection(to).run();
}

export const Link = StockLink.extend({
  addKeyboardShortcuts() {
    return {
      "Mod-k": ({ editor }) => {
        editLink(editor);
        return true; // keeps the browser from going to its search bar
      },
    };
  },
});
