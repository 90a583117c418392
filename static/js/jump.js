/* The key / goes to the search: the page's own, or the one in the frame. */
import { isTyping } from "./typing.js";

export const start = (root) => {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isTyping(event)) return;
    const field = document.querySelector("[data-jump]:not([hidden]), .filters input[name=q]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
};
