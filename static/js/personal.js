// What of a page is somebody's own. The page is one for all; this asks for the rest, and only where a
// log-in has left its mark (breaking.js looks). A page that comes back from the browser's memory asks anew.
const show = async () => {
  let html = "";
  try {
    const answer = await fetch(`/me/?page=${encodeURIComponent(location.pathname)}`);
    if (answer.ok) html = await answer.text();
  } catch { /* the page is complete without */ }
  document.querySelector(".personal")?.remove();
  document.body.insertAdjacentHTML("beforeend", html);
};

addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
