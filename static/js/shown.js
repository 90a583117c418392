/* Shows a question only after certain answers to another one on the page. Without this script all are shown,
   with a sentence that says when they are asked; the server judges by the answers in either case.

   The wrapper: data-shown-if (name of the deciding field), data-shown-after (JSON list of answers). */
const AGREED = "yes";

const said = (scope, name) => {
  const controls = [...scope.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  if (controls.some((control) => control.closest("[data-shown-if][hidden]"))) return [];
  return controls
    .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
    .map((control) => (control.type === "checkbox" && !control.hasAttribute("value") ? AGREED : control.value));
};

const decide = (scope) => {
  for (const wrapper of scope.querySelectorAll("[data-shown-if]")) {
    const after = JSON.parse(wrapper.dataset.shownAfter);
    wrapper.hidden = !said(scope, wrapper.dataset.shownIf).some((answer) => after.includes(answer));
  }
};

export const start = (root) => {
  const scopes = new Set([...root.querySelectorAll("[data-shown-if]")].map((one) => one.closest("form, main")));
  for (const scope of scopes) {
    for (const sentence of scope.querySelectorAll("[data-without-script]")) sentence.hidden = true;
    decide(scope);
    scope.addEventListener("change", () => decide(scope));
  }
};
