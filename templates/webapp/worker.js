// The paper on a reader's device. A page comes from the paper whenever the paper can be reached; without
// a connection the copy of an article that was opened before, and else the page that lists those copies.
// What the desk, a form or a personal link shows is never looked at, and nothing is told to anybody.
const PAPER = {{ paper|safe }};
const SHELL = `shell-${PAPER.version}`;
const KEPT = "kept"; // a page under its path, its first picture under the path and "?picture"
const MOST = 20; // articles
const LARGEST = 512 * 1024; // letters of a page, bytes of a picture
const GONE = [404, 410, 451];
const looking = new Map(); // by path, articles on their way into the store
const APART = /^\/(admin|accounts|me|preview|newsletter|contact|report|search)\//;
const ARTICLE = /^\/[^/]+\/[^/]+-\d+\/$/;

const pathOf = (address) => new URL(address).pathname;
// The name of a file without the hash of its content.
const plain = (path) => path.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");

async function forget(path) {
  await (await caches.open(KEPT)).delete(path, { ignoreSearch: true });
}

// Keeps an article as it was answered; forgets one that was taken back, moved or is no longer for everyone.
async function look(path, answer) {
  const personal = /private|no-store/.test(answer.headers.get("Cache-Control"));
  if (GONE.includes(answer.status) || answer.type === "opaqueredirect" || personal) return forget(path);
  if (!answer.ok) return;
  const text = await answer.text();
  if (text.length > LARGEST || !text.includes('property="og:type" content="article"')) return;
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set("X-Kept", Date.now());
  const kept = await caches.open(KEPT);
  await kept.put(path, new Response(text, { headers }));
  const pages = [];
  for (const { url } of await kept.keys()) {
    if (url.includes("?")) continue;
    pages.push({ path: pathOf(url), at: +(await kept.match(url)).headers.get("X-Kept") });
  }
  pages.sort((one, other) => other.at - one.at);
  for (const old of pages.slice(MOST)) await forget(old.path);
}

// The first picture of an article that is kept, in the width that was shown.
async function hold({ path, picture }) {
  await looking.get(path);
  const kept = await caches.open(KEPT);
  if (!(await kept.match(path))) return;
  const answer = await fetch(picture);
  if (answer.ok && answer.headers.get("Content-Length") < LARGEST) await kept.put(`${path}?picture`, answer);
}

// The copy of an article, and on it since when it is one.
async function copy(path) {
  const found = await (await caches.open(KEPT)).match(path);
  if (!found) return undefined;
  const at = new Date(+found.headers.get("X-Kept"));
  const words = at.toLocaleString(PAPER.locale, { dateStyle: "full", timeStyle: "short" });
  const note = PAPER.kept.replace("%(time)s", `<time datetime="${at.toISOString()}">${words}</time>`);
  const text = (await found.text()).replace(/<main\b[^>]*>/, `$&<p class="kept-note">${note}</p>`);
  return new Response(text, { headers: found.headers });
}

async function page(event) {
  const path = pathOf(event.request.url);
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (await copy(path)) ?? (await caches.match(PAPER.offline)) ?? Response.error();
  }
  if (ARTICLE.test(path)) {
    const done = look(path, answer.clone()).finally(() => looking.delete(path));
    looking.set(path, done);
    event.waitUntil(done);
  }
  return answer;
}

// Names with a hash never change their bytes. A kept page of an earlier release asks for earlier names;
// without a connection it is set with what there is.
async function file(request) {
  const path = pathOf(request.url);
  const shell = await caches.open(SHELL);
  const known = await shell.match(path);
  if (known) return known;
  try {
    return await fetch(request);
  } catch {
    const now = PAPER.shell.find((name) => plain(name) === plain(path));
    return (now && (await shell.match(now))) ?? Response.error();
  }
}

// Without a connection a kept article has its first picture, whichever width of it is asked for.
async function picture(event) {
  try {
    return await fetch(event.request);
  } catch {
    const client = await clients.get(event.clientId);
    const found = client && (await (await caches.open(KEPT)).match(`${pathOf(client.url)}?picture`));
    const folder = (address) => pathOf(address).replace(/[^/]*$/, "");
    return found && folder(found.url) === folder(event.request.url) ? found : Response.error();
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll([PAPER.offline, ...PAPER.shell])));
});

addEventListener("activate", (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name !== SHELL && name !== KEPT) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(clear());
});

addEventListener("message", (event) => event.waitUntil(hold(event.data)));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || APART.test(pathname)) return;
  if (request.mode === "navigate" || ARTICLE.test(pathname)) event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (pathname.startsWith("/media/")) event.respondWith(picture(event));
});
