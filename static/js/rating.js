/* The review desk from the keyboard: 1 to 9 scores and goes on, c writes the comment, Ctrl and Enter saves,
   j and k turn to the next and the previous one. */
import { isTyping } from "./typing.js";

const scales = () => [...document.querySelectorAll("[data-rating]")];

const current = () => {
  const focused = document.activeElement?.closest("[data-rating]");
  return focused ?? scales().find((scale) => !scale.querySelector(":checked")) ?? scales()[0];
};

const score = (key) => {
  const scale = current();
  const wanted = scale?.querySelector(`input[value="${key}"]`);
  if (!wanted) return false;
  wanted.checked = true;
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  const all = scales();
  const next = all[all.indexOf(scale) + 1];
  (next?.querySelector(":checked, input") ?? wanted).focus();
  return true;
};

export const start = (root) => {
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") ?? scales()[0]?.closest("form");
      const button = document.querySelector("[data-main-button]");
      if (form && button) form.requestSubmit(button);
      else if (form?.querySelector("[data-rating]")) form.requestSubmit();
      return;
    }
    if (isTyping(event) || !(scales().length || document.querySelector("[data-turns]"))) return;
    if (event.key === "c") {
      const comment = document.querySelector("[data-comment]");
      if (!comment) return;
      event.preventDefault();
      comment.focus();
    } else if (event.key === "j" || event.key === "k") {
      document.querySelector(`a[rel="${event.key === "j" ? "next" : "prev"}"]`)?.click();
    } else if (/^[1-9]$/.test(event.key) && score(event.key)) event.preventDefault();
  });
};
