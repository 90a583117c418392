/* The saved mark, and what is said where something was not saved. */
export const mark = (form, words, state) => {
  const place = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  if (!place) return;
  place.textContent = words;
  place.dataset.state = state;
};

export const sentenceOf = async (answer) => {
  try {
    return (await answer.json()).sentence ?? "";
  } catch {
    return "";
  }
};

export const troubles = {
  401: "Signed out. Your text is still here: sign in in another tab, then go on writing.",
  403: "Not saved. Reload in another tab; your text is still here.",
  409: "Changed elsewhere. Copy your text, then load the page again.",
  413: "Too long to save. Please shorten it.",
};
