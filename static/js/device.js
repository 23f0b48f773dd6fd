// Lets the paper's worker in (templates/webapp/worker.js), and tells it which picture the open article begins
// with, in the width this device took. The page itself the worker keeps when it passes by; on a first visit,
// when there was no worker yet, it is asked for once more.

const worker = navigator.serviceWorker;

const settle = async () => {
  const first = !worker.controller;
  await worker.register("/service-worker.js");
  if (!document.body.classList.contains("reading")) return;
  if (first) {
    await new Promise((done) => worker.addEventListener("controllerchange", done, { once: true }));
    await fetch(location.pathname);
  }
  const picture = document.querySelector(".figure--lead img")?.currentSrc;
  if (picture) worker.controller?.postMessage({ path: location.pathname, picture });
};

const start = () => settle().catch(() => {}); // not allowed here: the page is complete without

if (worker) document.readyState === "complete" ? start() : addEventListener("load", start);
