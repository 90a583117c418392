/* The line in an order: it stands after as many items as its field says, can be dragged, and tells the reserve. */
const items = (list) => [...list.querySelectorAll(":scope > [data-reorder-item]")];

const words = (gap) => (gap ? `${Math.abs(gap)} ${gap > 0 ? "above" : "below"} the scores` : "as by scores");

const tell = (list, bar) => {
  const seats = Number(list.dataset.seats);
  let scored = 0;
  items(list).forEach((item, i) => {
    const reserve = item.querySelector("[data-reserve]");
    const place = i + 1;
    if (reserve) reserve.textContent = place > seats && place <= bar ? `reserve ${place - seats}` : "";
    const gap = item.querySelector("[data-gap]");
    const byScores = item.querySelector("[data-by-scores]")?.dataset.byScores;
    if (byScores) scored += 1;
    if (gap && byScores) gap.textContent = words(Number(byScores) - scored);
  });
};

const place = (list, line, field) => {
  const bar = Math.max(Number(field.value) || 0, 0);
  const next = items(list)[bar];
  if (next) next.before(line);
  else list.append(line);
  tell(list, bar);
};

const drag = (list, line, field) => {
  let isHeld = false;
  line.draggable = true;
  line.addEventListener("dragstart", () => (isHeld = true));
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-reorder-item]");
    if (!isHeld || !over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    over.insertAdjacentElement(event.clientY < box.top + box.height / 2 ? "beforebegin" : "afterend", line);
  });
  line.addEventListener("dragend", () => {
    isHeld = false;
    const all = [...list.querySelectorAll(":scope > :is([data-reorder-item], [data-reorder-line])")];
    field.value = all.indexOf(line);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

export const start = (root) => {
  for (const line of root.querySelectorAll("[data-reorder-line]")) {
    const list = line.closest("[data-reorder]");
    const field = list?.closest("form")?.querySelector("[data-bar]");
    if (!field) continue;
    drag(list, line, field);
    field.addEventListener("input", () => place(list, line, field));
    list.addEventListener("change", () => place(list, line, field));
    place(list, line, field);
  }
};
