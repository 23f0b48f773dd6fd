// The lead picture as a picture: thumbnails among the suggestions, what was chosen below the field,
// and the library's own window for who wants to look around. The field itself stays the admin's.
import { about, choose, forget } from "./chooser.js";

const gettext = window.gettext ?? ((text) => text);
const select = document.getElementById("id_lead_picture");
const address = select?.dataset.about;

function make(name, attributes = {}, children = []) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

function suggestion({ id, text }) {
  if (!id) return text;
  const image = make("img", { alt: "", width: 40, height: 40, className: "suggested-thumb" });
  about(address, id).then((picture) => { if (picture) image.src = picture.thumb; });
  return window.django.jQuery(make("span", { className: "suggested" }, [image, make("bdi", { textContent: text })]));
}

function equip() {
  const wrapper = select.closest(".related-widget-wrapper");
  const add = wrapper.querySelector(".add-related");
  const library = new URL(select.dataset.pictures, location.href);
  const { jQuery } = window.django;
  const redress = () => jQuery(select).data("select2")?.options.set("templateResult", suggestion);

  const image = make("img", { alt: "" });
  const words = make("p");
  const shown = make("div", { className: "lead-shown", hidden: true }, [image, words]);
  const button = make("button", { type: "button", className: "button", textContent: gettext("Choose from the library") });
  const upload = make("button", { type: "button", className: "button", textContent: gettext("Upload a new one") });
  const buttons = make("p", { className: "lead-buttons" }, add ? [button, upload] : [button]);
  wrapper.after(shown, buttons);

  const take = async (id) => {
    forget(address, id);
    const picture = await about(address, id);
    let option = [...select.options].find((one) => one.value === id);
    if (!option) select.append((option = new Option(picture?.name ?? id, id)));
    option.selected = true;
    jQuery(select).trigger("change");
  };
  button.addEventListener("click", async () => take(await choose(library)));
  upload.addEventListener("click", async () => take(await choose(new URL("add/", library))));

  const caption = document.getElementById("id_lead_caption");
  const show = async () => {
    redress();
    const id = select.value;
    const picture = id && (await about(address, id));
    if (id !== select.value) return;
    shown.hidden = !picture;
    if (caption) caption.placeholder = picture ? picture.caption : "";
    if (!picture) return;
    image.src = picture.picture;
    image.alt = picture.alt;
    const lacks = make("strong", { textContent: picture.alt ? "" : gettext("No alternative text yet.") });
    words.replaceChildren(picture.caption, " ", make("small", { textContent: picture.credit }), " ", lacks);
  };
  jQuery(select).on("change", show);
  addEventListener("load", show);
  show();
}

if (select && window.django?.jQuery) equip();
