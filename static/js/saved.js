/* The saved mark, and what is said where something was not saved. */
export const mark = (form, words, state) => {
  const place = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  if (!place) return;
  place.textContent = words;
  place.dataset.state = state;
};

export const troubles = {
  0: "Not saved yet: no connection. Your text is still here, and is saved when there is one.",
  401: "Not saved yet: you are signed out. Your text is still here: sign in in another tab, and it is saved.",
  403: "Not saved. Reload in another tab; your text is still here.",
  409: "Changed elsewhere. Copy your text, then load the page again.",
  413: "Too long to save. Please shorten it.",
  other: "Not saved. Trying again soon.",
};
