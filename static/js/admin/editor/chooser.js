// Choosing from the admin's own lists in their pop-up windows: `await choose(address)` gives the id.
//
// The pop-ups write their answer into a field of this page named like the window (the admin's
// RelatedObjectLookups.js); a field of our own, outside every form, takes it. Adding a new object
// inside the pop-up answers the same way. An unanswered pop-up leaves the promise open, which
// costs nothing.
let field = null;
let take = null;

function answers() {
  if (field) return;
  field = document.createElement("input");
  field.type = "hidden";
  field.id = "id_chosen_in_popup";
  document.body.append(field);
  window.django.jQuery(field).on("change", () => {
    const id = field.value;
    field.value = "";
    if (/^[0-9]+$/.test(id)) take?.(id);
  });
}

export function choose(list, query = {}) {
  answers();
  const address = new URL(list, location.href);
  for (const [name, value] of Object.entries({ ...query, _popup: "1", _to_field: "id" })) {
    address.searchParams.set(name, value);
  }
  return new Promise((resolve) => {
    take = resolve;
    window.open(address, `${field.id}__1`, "height=760,width=1000,resizable=yes,scrollbars=yes")?.focus();
  });
}

const known = new Map();
let waiting = null;

// What the library says about one object; what is asked in the same moment travels together.
export function about(address, id) {
  const key = `${address} ${id}`;
  if (!known.has(key)) {
    waiting ??= new Map();
    if (!waiting.size) queueMicrotask(fetchAll);
    let answer;
    known.set(key, new Promise((resolve) => { answer = resolve; }));
    if (!waiting.has(address)) waiting.set(address, []);
    waiting.get(address).push([id, answer]);
  }
  return known.get(key);
}

export function forget(address, id) {
  known.delete(`${address} ${id}`);
}

async function fetchAll() {
  const asked = waiting;
  waiting = null;
  for (const [address, questions] of asked) {
    let found = {};
    try {
      const response = await fetch(`${address}?ids=${questions.map(([id]) => id).join(",")}`);
      if (response.ok) found = await response.json();
    } catch {
      // Without the answer the piece shows its number; the text itself is unharmed.
    }
    for (const [id, answer] of questions) {
      if (!(id in found)) forget(address, id);
      answer(found[id] ?? null);
    }
  }
}
