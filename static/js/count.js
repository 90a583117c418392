/* Counts words or characters as the server does: one form of Unicode, one newline, control characters left out. */
const clean = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\ufeff/g, "")
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]/g, "")
    .normalize("NFC");

export const words = (text) => clean(text).split(/[\s\x1c-\x1f]+/u).filter(Boolean).length;
export const characters = (text) => [...clean(text)].length;

const units = { words, characters };

/* data-count="words characters" data-limit="400 3000": each unit with its limit. */
const show = (field, place) => {
  const limits = field.dataset.limit.split(" ").map(Number);
  const counts = field.dataset.count.split(" ").map((unit, i) => ({ unit, limit: limits[i], n: units[unit](field.value) }));
  const said = ({ unit, limit, n }) => `${n} of ${limit} ${unit}` + (n > limit ? `: ${n - limit} too many` : "");
  place.textContent = counts.map(said).join(" · ");
  place.dataset.over = counts.some(({ limit, n }) => n > limit);
};

export const start = (root) => {
  for (const field of root.querySelectorAll("[data-count]")) {
    const place = document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
    if (!place) continue;
    show(field, place);
    field.addEventListener("input", () => show(field, place));
  }
};
