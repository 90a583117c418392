/* Light or dark, at once; without this the form does the same with a page load. */
export const start = (root) => {
  for (const form of root.querySelectorAll("[data-theme-form]")) {
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    if (isDark && !document.documentElement.dataset.theme) {
      Object.assign(form.querySelector("button"), { value: "light", textContent: "Light colours" });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      const wanted = button.value;
      document.documentElement.dataset.theme = wanted;
      const secure = window.location.protocol === "https:" ? "; secure" : "";
      document.cookie = `theme=${wanted}; path=/; max-age=31536000; samesite=lax${secure}`;
      button.value = wanted === "dark" ? "light" : "dark";
      button.textContent = wanted === "dark" ? "Light colours" : "Dark colours";
    });
  }
};
