/* How many rows are ticked; a box that ticks them all. */
export const start = (root) => {
  for (const bar of root.querySelectorAll("[data-selection]")) {
    const form = bar.closest("form");
    if (!form) continue;
    const boxes = () => [...form.querySelectorAll("input[type=checkbox][data-select]")];
    const tell = () => {
      bar.querySelector("[data-selection-count]").textContent = boxes().filter((box) => box.checked).length;
    };
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-select-all]")) for (const box of boxes()) box.checked = event.target.checked;
      tell();
    });
    tell();
  }
};
