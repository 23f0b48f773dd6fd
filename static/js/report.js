// Text selected in an article can be reported at once: the link to the form then carries the passage.
// Without this file the same link opens the same form, and the reader copies the passage.

const LONGEST = 500;
const link = document.querySelector(".report-link a");
const article = document.querySelector(".article");

if (link && article) {
  const plain = link.href;
  const here = document.createElement("a");
  here.className = "report-here";
  here.rel = "nofollow";
  here.textContent = link.dataset.here;
  here.hidden = true;
  article.closest("main").append(here);

  // The selected words if all of them stand in the headline, the standfirst or the text.
  const selected = () => {
    const selection = document.getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const ends = [range.startContainer, range.endContainer];
    const inside = ends.every((node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      return article.contains(element) && !element.closest("form, .article__end");
    });
    const words = selection.toString().replace(/\s+/g, " ").trim();
    return inside && words.length > 1 ? { range, words } : null;
  };

  const show = () => {
    const found = selected();
    here.hidden = !found;
    if (!found) return;
    // Cut between characters, and without halves of them, which no address can carry.
    const passage = [...found.words.replace(/\p{Cs}/gu, "")].slice(0, LONGEST).join("");
    here.href = link.href = `${plain}&passage=${encodeURIComponent(passage)}`;
    const box = [...found.range.getClientRects()].at(-1) ?? found.range.getBoundingClientRect();
    here.style.setProperty("--top", `${box.bottom + scrollY}px`);
    here.style.setProperty("--left", `${box.left + box.width / 2 + scrollX}px`);
  };

  let soon;
  document.addEventListener("selectionchange", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 200);
  });
}
