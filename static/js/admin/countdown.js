// Keeps "in 2 h 14 min" true on the desk while the page stays open; the words come with the page.
const place = document.querySelector("[data-hours]");
const clocks = document.querySelectorAll("time.countdown");

function words(seconds) {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  let name = days ? "days" : hours ? "hours" : "minutes";
  if (seconds < -60) name = "over";
  else if (minutes < 1 || seconds < 0) name = "now";
  const shown = name === "minutes" || name === "over" ? minutes : minutes % 60;
  return place.dataset[name].replace("{d}", days).replace("{h}", hours).replace("{m}", shown);
}

function tick() {
  for (const clock of clocks) {
    const said = words((Date.parse(clock.dateTime) - Date.now()) / 1000);
    if (clock.textContent !== said) clock.textContent = said;
  }
}

if (place && clocks.length) {
  tick();
  setInterval(tick, 10_000);
  document.addEventListener("visibilitychange", tick);
}
