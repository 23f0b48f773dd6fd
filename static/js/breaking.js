// Breaking news in an open page: asked for every thirty seconds while the page is looked at, announced
// politely, gone at its end. Nothing the reader looks at moves: the region keeps its height, and a banner
// that does not fit there, or would not be seen, stands at the foot of the window until it is closed.
const region = document.querySelector(".breaking");

if (region) {
  const inner = region.firstElementChild;
  const status = region.nextElementSibling;
  const focused = () => region.contains(document.activeElement);
  const lines = () => [...inner.querySelectorAll("[data-line]")];
  const words = (line) => line.querySelector(".breaking__words").textContent;
  let tag = `"${region.dataset.tag}"`;
  let ahead = 0; // milliseconds by which the server's clock is
  let asked = Date.now();
  let closed = false;
  let ending;

  const show = (html) => {
    const height = region.offsetHeight;
    const before = lines().map(words);
    const stood = region.classList.contains("is-new");
    region.className = "breaking";
    // Held while it is measured: were it to grow for a moment, the browser would scroll along.
    region.style.blockSize = `${height}px`;
    if (html !== undefined) inner.innerHTML = html;
    const fresh = lines().filter((line) => !before.includes(words(line)));
    if (fresh.length) {
      closed = false;
      status.textContent = fresh.map((line) => line.textContent.replace(/\s+/g, " ").trim()).join(". ");
    }
    let next = 1e9;
    for (const line of inner.querySelectorAll("[data-until]")) {
      const left = line.dataset.until * 1000 - Date.now() - ahead;
      line.hidden = left <= 0;
      if (left > 0) next = Math.min(next, left);
    }
    clearTimeout(ending);
    ending = setTimeout(show, next);
    region.classList.toggle("is-closed", closed);
    const unseen = region.getBoundingClientRect().bottom <= 0 && (stood || fresh[0]?.closest(".banner"));
    if (inner.offsetHeight > height || unseen) region.classList.add("is-new");
    if (inner.offsetHeight > height) region.classList.add("is-all");
    if (html !== undefined || inner.offsetHeight < height) region.style.minBlockSize = `${height}px`;
    region.style.blockSize = "";
  };

  const ask = async () => {
    if (document.hidden || focused() || Date.now() - asked < 9000) return;
    asked = Date.now();
    try {
      const answer = await fetch(region.dataset.from, { headers: { "If-None-Match": tag } });
      ahead = Date.parse(answer.headers.get("Date")) - Date.now() || 0;
      if (answer.status !== 200) return show();
      const html = await answer.text();
      if (focused()) return;
      tag = answer.headers.get("ETag");
      show(html);
    } catch { /* the next time */ }
  };

  inner.addEventListener("click", ({ target }) => {
    if (!target.matches(".breaking__close")) return;
    closed = true;
    show();
  });
  setInterval(ask, 30000);
  document.addEventListener("visibilitychange", ask);
  show();
}

// Whoever is logged in has a part of the page of their own. It begins here because this file is on every
// page already: nobody else is to ask for a file more.
if (/(^|; )(__Host-)?logged-in=/.test(document.cookie)) import("./personal.js").catch(() => {});
