/* Counts words or characters as the server does: one form of Unicode, one newline, control characters left out. */
const clean = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\ufeff/g, "")
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]/g, "")
    .normalize("NFC");

export const words = (text) => clean(text).split(/[\s\x1c-\x1f]+/u).filter(Boolean).length;
export const characters = (text) => [...clean(text)].length;

const show = (field, place) => {
  const limit = Number(field.dataset.limit);
  const unit = field.dataset.count;
  const n = unit === "words" ? words(field.value) : characters(field.value);
  place.textContent = n > limit ? `${n} of ${limit} ${unit}: ${n - limit} too many` : `${n} of ${limit} ${unit}`;
  place.dataset.over = n > limit;
};

export const start = (root) => {
  for (const field of root.querySelectorAll("[data-count]")) {
    const place = document.querySelector(`[data-count-for="${CSS.escape(field.id)}"]`);
    if (!place) continue;
    show(field, place);
    field.addEventListener("input", () => show(field, place));
  }
};
