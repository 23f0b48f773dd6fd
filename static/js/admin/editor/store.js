// The browser's own store of kept text. IndexedDB and not localStorage: what it has confirmed is
// there after the browser was killed, and a long text has room. Entries: {id, person, key, at,
// values, labels}, or {id, saved, at} for a form that was saved and is not offered any more.
const NAME = "newsroom";
const DAYS_30 = 30 * 24 * 3600 * 1000;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened = null;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept", { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function change(deed) {
  const transaction = (await open()).transaction("kept", "readwrite", { durability: "strict" });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  deed(transaction.objectStore("kept"));
  transaction.commit(); // also when the page goes away in this moment
  return finished;
}

export const put = (entry) => change((kept) => kept.put(entry));
export const remove = (id) => change((kept) => kept.delete(id));
export const markSaved = (id) => put({ id, saved: true, at: Date.now() });

// Everything kept in this browser; what is older than thirty days goes.
export async function all() {
  const entries = await done((await open()).transaction("kept").objectStore("kept").getAll());
  const old = entries.filter(({ at }) => Date.now() - at > DAYS_30);
  if (old.length) await change((kept) => old.forEach(({ id }) => kept.delete(id)));
  return entries.filter((entry) => !old.includes(entry));
}
