/* Choose the reader's own time zone beforehand, where the page has nothing better than UTC. */
export const start = (root) => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const select of root.querySelectorAll("select[data-zone-guess]")) {
    const isOffered = [...select.options].some((option) => option.value === own);
    if (isOffered && select.value === "UTC") select.value = own;
  }
};
