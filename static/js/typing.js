/* Whether a key belongs to a text someone is writing, or to the browser, rather than to us. */
export const isTyping = (event) =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  event.isComposing ||
  Boolean(event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]"));
