// Where a picture, a box or a card goes: in place of an empty paragraph, else after the block that
// holds the cursor, so that no sentence is cut in two. The cursor goes on in the paragraph after it.
export function place(editor, node) {
  const { $to } = editor.state.selection;
  const block = $to.depth ? $to.node(1) : null;
  const to = block ? $to.after(1) : $to.pos;
  const empty = block?.type.name === "paragraph" && block.content.size === 0;
  const from = empty ? $to.before(1) : to;
  const next = editor.state.doc.nodeAt(to);
  const content = next?.isTextblock ? [node] : [node, { type: "paragraph" }];
  const after = from + editor.schema.nodeFromJSON(node).nodeSize;
  editor.chain().focus().insertContentAt({ from, to }, content).setTextSelection(after + 1).run();
}

// The tools that stand on a picture, box or card inside the text.
export function tools(crel, buttons) {
  return crel(
    "span",
    { className: "piece-tools", contentEditable: "false" },
    buttons.map(([label, press]) => {
      const button = crel("button", { type: "button", textContent: label });
      button.addEventListener("click", press);
      return button;
    }),
  );
}

// Take the piece out, with the cursor where it stood.
export function removePiece(editor, getPos) {
  const at = getPos();
  const node = editor.state.doc.nodeAt(at);
  if (node) editor.chain().focus().deleteRange({ from: at, to: at + node.nodeSize }).run();
}
