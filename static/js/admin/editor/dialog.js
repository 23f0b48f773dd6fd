// One dialog for everything the editor asks: `await ask({title, fields, submit})` gives the typed
// values, or null when the person thought better of it. Focus returns to where it was.
import { crel, gettext } from "django-prose-editor/editor";

let count = 0;

export function ask({ title, fields, submit = gettext("Insert") }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const number = ++count;
    const inputs = fields.map(({ label, help, ...attributes }, at) => {
      const input = crel("input", { type: "text", id: `ask-${number}-${at}`, ...attributes });
      if (help) input.setAttribute("aria-describedby", `${input.id}-help`);
      return { label, help, input };
    });
    const cancel = crel("button", { type: "button", className: "button", textContent: gettext("Cancel") });
    const form = crel("form", { method: "dialog" }, [
      crel("h2", { id: `ask-${number}`, textContent: title }),
      ...inputs.map(({ label, help, input }) =>
        crel("p", {}, [
          crel("label", { htmlFor: input.id, textContent: label }),
          input,
          ...(help ? [crel("span", { className: "help", id: `${input.id}-help`, textContent: help })] : []),
        ]),
      ),
      crel("p", { className: "ask-buttons" }, [
        crel("button", { type: "submit", className: "button default", textContent: submit }),
        cancel,
      ]),
    ]);
    const dialog = crel("dialog", { className: "ask", "aria-labelledby": `ask-${number}` }, [form]);
    let answer = null;
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", () => {
      answer = Object.fromEntries(inputs.map(({ input }) => [input.name, input.value.trim()]));
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// An address as people type it: "example.org/x" is meant as https, a name with @ as a mail address.
// Empty for what no link may have (javascript: and its like); the server's filter has the last word.
export function address(typed) {
  const text = typed.trim();
  if (/^(https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i.test(text)) return text;
  if (/^[^\s/:]+@[^\s/:]+\.[^\s/:]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s/:@]+\.[^\s/:@]{2,}([/?#]\S*)?$/.test(text)) return `https://${text}`;
  return "";
}
