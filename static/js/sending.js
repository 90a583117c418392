/* Sends a form in the background and says what became of it.

   The outcome: `told` (the server's JSON) when it was saved; else `status` (0: not reached, 401: signed out) and the
   server's `sentence`. `isFinal`: the server has answered for good; what is not final is worth another try. */
const headers = { Accept: "application/json", "X-Requested-With": "fetch" };

/* What was written. A file goes with the button alone, not again with every pause. */
const written = (form) => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
};

const post = (form) =>
  fetch(form.dataset.autosaveUrl, { method: "POST", body: written(form), headers, redirect: "manual" });

const json = async (answer) => {
  try {
    return await answer.json();
  } catch {
    return {};
  }
};

/* Signing in again gives out another token against forged requests, so a page that was open before asks for it.
   Whether there is one now; no when the writer is still signed out. */
const renew = async (form) => {
  const answer = await fetch(form.dataset.autosaveUrl, { redirect: "manual", headers: { Accept: "text/html" } });
  const token = answer.ok && /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await answer.text())?.[1];
  for (const field of token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) field.value = token;
  return Boolean(token);
};

const attempt = async (form) => {
  const answer = await post(form);
  if (answer.type === "opaqueredirect") return { status: 401 };
  const told = await json(answer);
  if (answer.ok) return { told, status: answer.status, isFinal: true };
  const isFinal = answer.status < 500 && answer.status !== 429 && (answer.status !== 403 || Boolean(told.sentence));
  return { status: answer.status, sentence: told.sentence, isFinal };
};

export const deliver = async (form) => {
  try {
    const outcome = await attempt(form);
    if (outcome.status !== 403 || outcome.sentence) return outcome;
    return (await renew(form)) ? await attempt(form) : { status: 401 };
  } catch {
    return { status: 0 };
  }
};
