// How open forms speak to the server while somebody writes. After a new log-in in another tab the
// form's token is out of date: a fresh one is fetched, if it is still the same person.
import { form } from "./changes.js";

export const place = form?.querySelector(".keeping");
const listeners = [];
// States: well, offline, out (logged out), other (somebody else is logged in), refused, down.
export const onState = (listener) => listeners.push(listener);

function tell(state) {
  for (const listener of listeners) listener(state);
  return state;
}

const ask = (address, options) =>
  fetch(address, { redirect: "manual", headers: { Accept: "application/json" }, ...options });

const token = (fresh) => {
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
};

const stateOf = ({ type, ok, status }) => {
  if (ok) return "well";
  if (type === "opaqueredirect") return "out";
  return status >= 500 ? "down" : "refused";
};

async function renew() {
  const response = await ask(place.dataset.autosave);
  const state = stateOf(response);
  if (state !== "well") return state;
  const { csrf, user } = await response.json();
  if (String(user) !== place.dataset.person) return "other";
  token(csrf);
  return "well";
}

// Sends fields and returns {state, answer}; never throws.
export async function send(address, fields) {
  const post = () => {
    const body = new FormData();
    for (const [name, values] of Object.entries(fields)) for (const value of values) body.append(name, value);
    body.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
    return ask(address, { method: "POST", body });
  };
  try {
    let response = await post();
    if (response.status === 403) {
      const state = await renew();
      if (state !== "well") return { state: tell(state) };
      response = await post();
    }
    const state = stateOf(response);
    if (state !== "well") return { state: tell(state) };
    const answer = await response.json();
    token(answer.csrf);
    return { state: tell("well"), answer };
  } catch {
    return { state: tell("offline") };
  }
}
