// New posts in an open page. What the reader looks at never moves: changed and deleted posts keep the
// place of the line in view, new ones wait behind a link unless they come below the window.
const root = document.querySelector(".live[data-since]");

if (root) {
  const { every, since } = root.dataset;
  const [status, list] = ["[role=status]", ".live__posts"].map((name) => root.querySelector(name));
  const link = root.querySelector(".live__new a");
  const pinned = root.querySelector(".live__pinned");
  const box = link.parentNode;
  const usual = every * 1000;
  const own = () => [...list.querySelectorAll(".post")];
  let number = +root.dataset.number;
  let waiting = new Map();
  let elsewhere = new Set();
  let delay = usual;
  let timer;
  let on = true;

  const newest = list.dataset.order === "newest";
  const follows = (one, other) => (newest ? one < other : one > other);
  const insert = (post) => {
    const next = own().find(({ dataset }) => follows(dataset.place, post.dataset.place));
    list.insertBefore(post, next ?? null);
    list.querySelector(".live__empty")?.remove();
  };
  // Whether its place is on this page of the list.
  const belongs = ({ dataset: { place } }) => {
    const places = own().map(({ dataset }) => dataset.place).sort();
    const { ends } = list.dataset;
    return (place > places[0] || ends.includes("older")) && (place < places.at(-1) || ends.includes("newer"));
  };

  const tell = () => {
    const count = waiting.size + elsewhere.size;
    const words = link.dataset.words.replace("%n", count);
    box.hidden = !count;
    if (count && words !== link.textContent) status.textContent = words;
    link.textContent = words;
  };

  const put = (post) => {
    const old = document.getElementById(post.id);
    waiting.delete(post.id);
    const top = post.classList.contains("post--pinned");
    if (old && old.parentNode === (top ? pinned : list)) return old.replaceWith(post);
    old?.remove();
    if (top) return pinned?.append(post);
    if (!belongs(post)) return post.dataset.new === undefined || elsewhere.add(post.id);
    const below = own().find(({ dataset }) => follows(dataset.place, post.dataset.place));
    if (old || !below || below.getBoundingClientRect().top > innerHeight) insert(post);
    else waiting.set(post.id, post);
  };

  // The first thing in view stays where it is on the screen.
  const still = (change) => {
    const mark = [...document.querySelectorAll("h1, .prose > *, .post, footer")].find((one) => one.getBoundingClientRect().bottom > 0);
    const before = mark?.getBoundingClientRect().top;
    change();
    const now = mark?.isConnected ? mark : mark?.id && document.getElementById(mark.id);
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: "instant" });
  };

  const take = (html) => {
    const news = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (!news) return;
    number = +news.dataset.number;
    on = news.dataset.open !== undefined;
    if (news.dataset.reload !== undefined) {
      box.hidden = on = false;
      return;
    }
    still(() => {
      root.querySelector(".live__head").replaceWith(news.querySelector(".live__head"));
      for (const { dataset } of news.querySelectorAll("[data-gone]")) {
        document.getElementById(dataset.gone)?.remove();
        waiting.delete(dataset.gone);
        elsewhere.delete(dataset.gone);
      }
      news.querySelectorAll(".post").forEach(put);
    });
    tell();
  };

  const ask = async () => {
    clearTimeout(timer);
    if (!on || document.hidden) return;
    try {
      const answer = await fetch(`${since.replace(/0\/$/, "")}${number}/`);
      if (answer.status === 404) on = false;
      if (!answer.ok) throw answer;
      take(await answer.text());
      delay = usual;
    } catch {
      delay = Math.min(delay * 2, 300000);
    }
    later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, delay * (0.9 + Math.random() / 5));
  };

  box.hidden = true;
  box.classList.add("live__new--waits");
  link.addEventListener("click", (event) => {
    if (!waiting.size) return;
    event.preventDefault();
    const posts = [...waiting.values()];
    posts.forEach(insert);
    waiting = new Map();
    tell();
    const first = own().find((post) => posts.includes(post));
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "start" });
  });
  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  later();
}
