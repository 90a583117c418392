/* Rows that lead somewhere (their own address, or that of their first link): press anywhere, walk with j and k, open
   with Enter, tick with x. */
import { isTyping } from "./typing.js";

const target = (row) => row.dataset.href || row.querySelector("a").href;
const rows = () => [...document.querySelectorAll("[data-rows] tr[data-href]")];

const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => "cursor" in row.dataset);
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  if (here >= 0) delete all[here].dataset.cursor;
  next.dataset.cursor = "";
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
};

export const start = (root) => {
  root.addEventListener("click", (event) => {
    const row = event.target.closest?.("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, select, summary, textarea")) return;
    if (getSelection().toString()) return;
    if (event.metaKey || event.ctrlKey) window.open(target(row), "_blank", "noopener");
    else window.location.assign(target(row));
  });
  root.addEventListener("keydown", (event) => {
    if (isTyping(event) || !rows().length) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
    }
    if (event.key === "x") document.querySelector("[data-rows] tr[data-cursor] input[data-select]")?.click();
  });
};
