/* Time left, counted from the server's clock: the reader's own may be wrong. */
const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

export const say = (seconds) => {
  let rest = Math.max(Math.floor(seconds), 0);
  const parts = units.map(([size, unit]) => {
    const number = Math.floor(rest / size);
    rest -= number * size;
    return [number, unit];
  });
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) return "0 s";
  const told = parts.slice(first, first === 2 ? 3 : first + 2);
  return told.filter(([number]) => number > 0).map((part) => part.join(" ")).join(" ");
};

export const start = (root) => {
  for (const place of root.querySelectorAll("[data-countdown]")) {
    const end = Date.parse(place.dataset.countdown);
    const ahead = Date.parse(place.dataset.now) - Date.now();
    setInterval(() => {
      const left = (end - Date.now() - ahead) / 1000;
      const words = left > 0 ? say(left) : "closed";
      if (place.textContent !== words) place.textContent = words;
    }, 1000);
  }
};
