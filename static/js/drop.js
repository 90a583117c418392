/* A place to drop a file on: the control itself takes it, we only show that it would. */
export const start = (root) => {
  for (const place of root.querySelectorAll("[data-drop]")) {
    for (const name of ["dragenter", "dragover"]) place.addEventListener(name, () => (place.dataset.over = ""));
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => delete place.dataset.over);
  }
};
