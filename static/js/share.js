// Two buttons for what only a script can do: the device's own list of ways to share, and copying the
// link. They stay hidden where the browser has neither; the links beside them need no script.

const share = document.querySelector("[data-share]");
const copy = document.querySelector("[data-copy]");

if (share && navigator.share) {
  share.parentElement.hidden = false;
  share.addEventListener("click", () => {
    const { share: title, link: url } = share.dataset;
    navigator.share({ title, url }).catch(() => {}); // closed without a choice
  });
}

if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const link = document.getElementById("share-link");
    try {
      await navigator.clipboard.writeText(link.value);
    } catch {
      return link.select();
    }
    const words = copy.textContent;
    copy.textContent = copy.dataset.done; // the button has the focus: it is read out
    setTimeout(() => { copy.textContent = words; }, 2000);
  });
}
