/* ? shows the keys that work on this page. */
import { isTyping } from "./typing.js";

const keys = [
  [null, "/", "jump to a person, stream or page"],
  ["[data-rows] tr[data-href]", "j k", "next and previous row"],
  ["[data-rows] tr[data-href]", "Enter", "open the row"],
  ["[data-rows] input[data-select]", "x", "tick the row"],
  ["[data-rating]", "1–5", "score"],
  ["a[rel=next], a[rel=prev]", "j k", "next and previous application"],
  ["[data-comment]", "c", "write a comment"],
  ["[data-rating]", "Ctrl Enter", "save and go on"],
  [null, "?", "these keys"],
];

const element = (name, content, className) => {
  const made = document.createElement(name);
  made.append(...[content].flat());
  if (className) made.className = className;
  return made;
};

const show = () => {
  document.querySelector("dialog.shortcuts")?.remove();
  const list = element("dl", "");
  for (const [where, key, what] of keys) {
    if (where && !document.querySelector(where)) continue;
    list.append(element("dt", key.split(" ").map((one) => element("kbd", one))), element("dd", what));
  }
  const close = element("button", "Close", "button");
  close.type = "submit";
  const form = element("form", close);
  form.method = "dialog";
  const dialog = element("dialog", [element("h2", "Keys on this page"), list, form], "shortcuts");
  document.body.append(dialog);
  dialog.showModal();
};

export const start = (root) => {
  for (const button of root.querySelectorAll("[data-shortcuts]")) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
  root.addEventListener("keydown", (event) => {
    if (event.key === "?" && !isTyping(event)) show();
  });
};
