/* A list whose order one sets by dragging or by its buttons; the numbers, which work alone, follow. */
const items = (list) => [...list.querySelectorAll(":scope > [data-reorder-item]")];

/* A list in which nothing has a place yet stays like that until somebody gives one. */
const isUnset = (list) => items(list).every((item) => !item.querySelector("[data-order]").value);

const number = (list, isKept = false) => {
  items(list).forEach((item, i) => {
    if (!isKept) item.querySelector("[data-order]").value = i + 1;
    item.querySelector("[data-move=up]").disabled = i === 0;
    item.querySelector("[data-move=down]").disabled = i === items(list).length - 1;
  });
};

const changed = (list) => {
  number(list);
  list.dispatchEvent(new Event("change", { bubbles: true }));
};

const step = (list, button) => {
  const item = button.closest("[data-reorder-item]");
  const isUp = button.dataset.move === "up";
  const all = items(list);
  const other = all[all.indexOf(item) + (isUp ? -1 : 1)];
  if (!other) return;
  other.insertAdjacentElement(isUp ? "beforebegin" : "afterend", item);
  changed(list);
  if (!button.disabled) button.focus();
  else item.querySelector("[data-move]:not(:disabled)")?.focus();
};

const drag = (list) => {
  let held = null;
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-reorder-item]");
    if (held) held.dataset.dragging = "";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-reorder-item]");
    if (!held || !over) return;
    event.preventDefault();
    if (over === held) return;
    const box = over.getBoundingClientRect();
    over.insertAdjacentElement(event.clientY < box.top + box.height / 2 ? "beforebegin" : "afterend", held);
  });
  list.addEventListener("dragend", () => {
    if (held) delete held.dataset.dragging;
    held = null;
    changed(list);
  });
};

const follow = (list, field) => {
  const item = field.closest("[data-reorder-item]");
  const others = items(list).filter((other) => other !== item);
  const place = Math.min(Math.max(Number(field.value) || 1, 1), others.length + 1) - 1;
  if (others[place]) others[place].before(item);
  else others.at(-1)?.after(item);
  number(list);
  field.focus();
};

export const start = (root) => {
  for (const list of root.querySelectorAll("[data-reorder]")) {
    for (const hidden of list.querySelectorAll("[data-needs-js]")) hidden.hidden = false;
    for (const item of items(list)) item.draggable = true;
    number(list, isUnset(list));
    drag(list);
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (button) step(list, button);
    });
    list.addEventListener("change", (event) => {
      if (event.target.matches?.("[data-order]")) follow(list, event.target);
    });
  }
};
