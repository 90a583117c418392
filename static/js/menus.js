/* Menus are <details>: here they also close on Escape and when one presses elsewhere. */
const open = () => document.querySelectorAll("[data-drop-menu][open], .filters-more[open]");

export const start = (root) => {
  root.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
};
