// Where a picture, a box or a card goes: in place of an empty paragraph, else after the block that
// holds the cursor, so that no sentence is cut in two. There is always a paragraph to go on in.
export function place(editor, node) {
  const { $to } = editor.state.selection;
  let range = $to.pos;
  let last = true;
  if ($to.depth) {
    const block = $to.node(1);
    const empty = block.type.name === "paragraph" && block.content.size === 0;
    range = empty ? { from: $to.before(1), to: $to.after(1) } : $to.after(1);
    last = $to.after(1) === editor.state.doc.content.size;
  }
  editor.chain().focus().insertContentAt(range, last ? [node, { type: "paragraph" }] : node).run();
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
