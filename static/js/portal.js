/* The door of every script. Each part binds itself to data-attributes and does nothing where there are none. */
import { start as autosave } from "./autosave.js";
import { start as count } from "./count.js";
import { start as countdown } from "./countdown.js";
import { start as divider } from "./divider.js";
import { start as drop } from "./drop.js";
import { start as jump } from "./jump.js";
import { start as menus } from "./menus.js";
import { start as once } from "./once.js";
import { start as rating } from "./rating.js";
import { start as rescue } from "./rescue.js";
import { start as reorder } from "./reorder.js";
import { start as rows } from "./rows.js";
import { start as selection } from "./selection.js";
import { start as shortcuts } from "./shortcuts.js";
import { start as shown } from "./shown.js";
import { start as standing } from "./standing.js";
import { start as theme } from "./theme.js";
import { start as zone } from "./zone.js";

const everywhere = [jump, menus, once, rescue, rows, shortcuts, theme, rating, zone];
const inEachPart = [autosave, count, countdown, divider, drop, reorder, selection, shown, standing];

for (const start of [...everywhere, ...inEachPart]) start(document);
document.querySelector("[data-focus]")?.focus();

// What htmx puts on the page is furnished like the rest.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) for (const start of inEachPart) start(event.target);
});
