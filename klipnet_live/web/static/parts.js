// Elements, made without any HTML text: what a file or a person is called cannot become markup.

/** An element; attributes with a function are listeners, `class` and the rest are as in HTML. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const find = (id) => document.getElementById(id);

/** Tell people who cannot see the page. */
export function announce(words) {
  find("announcer").textContent = words;
}

/** Ask; true for yes. */
export function confirmed(question) {
  const dialog = find("confirm");
  find("confirm-text").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** Put a text field in the place of an element until Enter, Escape or another click; `save` gets the text. */
export function editInPlace(element, value, label, save) {
  const field = make("input", { type: "text", "aria-label": label, maxlength: 2000 });
  field.value = value;
  let ended = false;
  const end = async (keep) => {
    if (ended) return;
    ended = true;
    const changed = keep && field.value.trim() !== value;
    field.replaceWith(element);
    element.focus();
    if (changed) await save(field.value.trim());
  };
  field.addEventListener("keydown", (event) => {
    // Enter also chooses a Hangul syllable, which is not the end; and it would press the button that comes back.
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    end(event.key === "Enter");
  });
  field.addEventListener("blur", () => end(true));
  element.replaceWith(field);
  field.select();
  field.focus();
}
