// Stories are dragged from slot to slot and from the list into a slot, blocks onto each other's
// place. Pointer events, so that a finger does what a mouse does; keys have the buttons.
const EDGE = 70;

export function equip(form, perform) {
  form.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest?.(".handle");
    if (!handle || event.button > 0) return;
    const carried = handle.closest("[data-story]") ?? handle.closest("[data-part]");
    if (!carried) return;
    event.preventDefault();
    carry(form, perform, carried, event);
  });
}

function carry(form, perform, carried, { clientX, clientY, pointerId }) {
  const { story, slot, part } = carried.dataset;
  const wanted = story ? "[data-slot]" : "[data-part][data-moves]";
  const words = carried.querySelector(".slot__story, .story__headline, h2")?.textContent ?? "";
  const ghost = Object.assign(document.createElement("div"), { className: "drag-ghost", textContent: words });
  document.body.append(ghost);
  carried.classList.add("is-carried");
  const heard = new AbortController();
  let point = { x: clientX, y: clientY };
  let over = null;
  let frame = 0;

  const look = () => {
    ghost.style.insetInlineStart = "0";
    ghost.style.transform = `translate(${point.x + 12}px, ${point.y + 12}px)`;
    const found = document.elementFromPoint(point.x, point.y)?.closest(wanted) ?? null;
    const next = found === carried || !form.contains(found) ? null : found;
    if (next !== over) {
      over?.classList.remove("is-over");
      next?.classList.add("is-over");
      over = next;
    }
  };
  const scroll = () => {
    const up = point.y < EDGE ? point.y - EDGE : 0;
    const down = point.y > innerHeight - EDGE ? point.y - innerHeight + EDGE : 0;
    if (up || down) {
      scrollBy(0, (up || down) / 4);
      look();
    }
    frame = requestAnimationFrame(scroll);
  };
  const end = () => {
    heard.abort();
    cancelAnimationFrame(frame);
    ghost.remove();
    carried.classList.remove("is-carried");
    over?.classList.remove("is-over");
  };
  const { signal } = heard;
  const mine = (event) => event.pointerId === pointerId;
  document.addEventListener("pointermove", (event) => {
    if (!mine(event)) return;
    point = { x: event.clientX, y: event.clientY };
    look();
  }, { signal });
  document.addEventListener("pointerup", (event) => {
    if (!mine(event)) return;
    const onto = over;
    end();
    if (!onto) return;
    if (!story) perform(`onto:${part}:${onto.dataset.part}`);
    else if (slot) perform(`move:${slot}:${onto.dataset.slot}:${story}`);
    else perform(`place:${story}:${onto.dataset.slot}`);
  }, { signal });
  document.addEventListener("pointercancel", (event) => { if (mine(event)) end(); }, { signal });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(); }, { signal });
  frame = requestAnimationFrame(scroll);
  look();
}
