/* A form is sent once, however often the button is pressed; coming back to the page frees it. */
const sent = new Set();

export const start = (root) => {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), 8000);
  });
  window.addEventListener("pageshow", () => sent.clear());
};
