// The list of what is kept on this device, and the button that removes it. What the paper has taken back
// since is dropped while there is a connection; a device that can put the paper on its home screen says so.

const root = document.querySelector("[data-kept]");
const [list, model, none, clear, lost, install] = ["ol", "template", "[data-none]", "[data-clear]", "[data-lost]", "[data-install]"].map((name) => root.querySelector(name));
const kept = await caches.open("kept");

const about = async (request) => {
  const answer = await kept.match(request);
  const story = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { path: new URL(request.url).pathname, at: +answer.headers.get("X-Kept"), story };
};

const show = async () => {
  const pages = (await kept.keys()).filter(({ url }) => !url.includes("?"));
  const stories = (await Promise.all(pages.map(about))).sort((one, other) => other.at - one.at);
  list.replaceChildren(...stories.map(({ path, at, story }) => {
    const item = model.content.cloneNode(true);
    const [link, kicker, since] = ["a", ".kicker", "span"].map((name) => item.querySelector(name));
    const headline = story.querySelector("h1");
    link.href = path;
    link.textContent = headline.textContent;
    link.lang = headline.lang || story.documentElement.lang;
    const section = story.querySelector(".article .kicker");
    kicker.textContent = (section?.firstElementChild ?? section)?.textContent ?? "";
    since.textContent = new Date(at).toLocaleString(root.dataset.locale, { dateStyle: "full", timeStyle: "short" });
    return item;
  }));
  list.hidden = clear.hidden = !stories.length;
  none.hidden = !!stories.length;
  return stories;
};

// Asked for by their heads, which the worker lets pass.
const drop = async ({ path }) => {
  const { status, redirected } = await fetch(path, { method: "HEAD" });
  if (redirected || [404, 410, 451].includes(status)) await kept.delete(path, { ignoreSearch: true });
};

clear.addEventListener("click", async () => {
  for (const request of await kept.keys()) await kept.delete(request);
  await show();
  none.focus();
});

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  install.hidden = false;
  install.onclick = () => event.prompt();
});
addEventListener("appinstalled", () => { install.hidden = true; });

lost.hidden = navigator.onLine && location.pathname === root.dataset.kept;
const stories = await show();
if (navigator.onLine && lost.hidden) {
  await Promise.allSettled(stories.map(drop));
  await show();
}
