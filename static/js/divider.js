/* The width of the desk's right pane: dragged, or moved with the arrow keys, and remembered in this browser.

   The line: data-divider, between the panes. Where it stands is a share of the width, in percent. */
const KEY = "desk-panel";
const LEAST = 22;
const MOST = 60;
const STEP = 2;

const stored = () => {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0;
  }
};

const place = (line, share) => {
  const fitting = Math.min(MOST, Math.max(LEAST, Math.round(share)));
  line.parentElement.style.setProperty("--panel-share", `${fitting}%`);
  line.setAttribute("aria-valuenow", String(fitting));
  return fitting;
};

const keep = (share) => {
  try {
    localStorage.setItem(KEY, String(share));
  } catch {
    // A browser that keeps nothing still has the width for this page.
  }
};

const bind = (line) => {
  const share = () => Number(line.getAttribute("aria-valuenow"));
  const under = (event) => {
    const box = line.parentElement.getBoundingClientRect();
    return (100 * (box.right - event.clientX)) / box.width;
  };
  line.hidden = false;
  if (stored()) place(line, stored());
  line.addEventListener("pointerdown", (event) => line.setPointerCapture(event.pointerId));
  line.addEventListener("pointermove", (event) => line.hasPointerCapture(event.pointerId) && place(line, under(event)));
  line.addEventListener("pointerup", () => keep(share()));
  line.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    keep(place(line, share() + step));
  });
};

export const start = (root) => {
  for (const line of root.querySelectorAll("[data-divider]")) bind(line);
};
