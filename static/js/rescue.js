/* What could not be saved outlives a reload, and a phone that throws the page away: it is kept in this tab alone until
   it is saved, the tab is closed, or the writer signs out. A page of another person does not find it. */
const keyOf = (form) => `unsaved:${form.dataset.autosaveUrl}:${form.elements.application?.value ?? ""}`;
const isKept = (name) => name !== "csrfmiddlewaretoken";

export const remember = (form) => {
  const fields = [...new FormData(form)].filter(([name, value]) => isKept(name) && typeof value === "string");
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify(fields));
  } catch {
    /* No room, or not allowed: the text is still in the page. */
  }
};

export const forget = (form) => sessionStorage.removeItem(keyOf(form));

const put = (field, values) => {
  if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
  else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
  else if (values.length) field.value = values[0];
  field.dispatchEvent(new Event("input"));
};

/* Put it back, with the version that the writer saw: what was changed elsewhere since then is shown beside it. */
export const restore = (form) => {
  let fields;
  try {
    fields = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
  } catch {
    fields = null;
  }
  if (!fields) return false;
  for (const field of form.elements) {
    if (!field.name || !isKept(field.name) || ["submit", "button", "file"].includes(field.type)) continue;
    put(field, fields.filter(([name]) => name === field.name).map(([, value]) => value));
  }
  return true;
};

export const start = (root) => {
  root.addEventListener("submit", (event) => {
    if (new URL(event.target.action).pathname.endsWith("/logout/")) sessionStorage.clear();
  });
};
