// The line of the publish proof asks how far it is until nothing is to come, and then rests. It stays
// a link for who comes without a script. Often at first, for most are settled within two seconds.
const QUICK = 400;
const SLOW = 3_000;
const LONGEST = 180_000;

async function follow(line) {
  const begun = Date.now();
  let waits = QUICK;
  while (Date.now() - begun < LONGEST) {
    const answer = await fetch(line.dataset.proof, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 404 || answer?.redirected) return;
    const said = answer?.ok ? await answer.json() : null;
    if (said) {
      // Said aloud when it changes, and not at every look.
      if (line.dataset.said !== said.html) line.innerHTML = said.html;
      line.dataset.said = said.html;
      line.closest("li")?.classList.toggle("warning", said.late);
      if (said.done) return;
    }
    if (Date.now() - begun > 5_000) waits = SLOW;
    await new Promise((resolve) => setTimeout(resolve, waits));
  }
}

document.querySelectorAll("[data-proof]").forEach(follow);
