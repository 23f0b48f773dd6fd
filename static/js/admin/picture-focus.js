// The focal point of a picture: a mark on the preview that follows clicks and arrow keys and
// writes the two number fields. Without script the fields do the same.

const frame = document.querySelector("[data-focus]");
const fields = ["focus_x", "focus_y"].map((name) => document.getElementById(`id_${name}`));
const upload = document.getElementById("id_upload");
const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

if (frame && upload) {
  upload.addEventListener("change", () => {
    const [file] = upload.files;
    if (!file) return;
    const image = frame.querySelector("img");
    image.removeAttribute("width");
    image.removeAttribute("height");
    image.src = URL.createObjectURL(file);
    image.addEventListener("error", () => { frame.hidden = true; }, { once: true });
    frame.hidden = false;
  });
}

if (frame && fields.every(Boolean)) {
  const image = frame.querySelector("img");
  const mark = frame.querySelector("[data-mark]");
  const within = (value) => Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.5));

  const show = () => {
    mark.style.left = `${within(fields[0].valueAsNumber) * 100}%`;
    mark.style.top = `${within(fields[1].valueAsNumber) * 100}%`;
  };
  const set = (...values) => {
    values.forEach((value, at) => { fields[at].value = within(value).toFixed(2); });
    show();
  };

  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    mark.focus();
  });
  mark.addEventListener("keydown", (event) => {
    const move = keys[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? 0.1 : 0.01;
    set(...fields.map((field, at) => field.valueAsNumber + move[at] * step));
  });
  fields.forEach((field) => field.addEventListener("input", show));
  mark.hidden = false;
  show();
}
