/* Saves a form while it is being written. The saved mark tells the truth: it shows the server's time, and only
   after the server has answered. What could not be saved stays in the page, is said, and is tried again.

   The form: data-autosave-url. The answer: JSON {saved_at: "14:02", version: 7} or, with 4xx, {sentence: "…"}. */
import { forget, remember, restore } from "./rescue.js";
import { mark, troubles } from "./saved.js";
import { deliver } from "./sending.js";

const PAUSE = 1500;
const LONGEST_WAIT = 4000;
const waits = [3, 6, 12, 25, 50].map((seconds) => seconds * 1000);

class Autosave {
  constructor(form) {
    Object.assign(this, { form, timer: 0, failures: 0, isSaving: false, isDirty: false, isStopped: false, isLeaving: false });
    for (const change of ["input", "change"]) form.addEventListener(change, ({ target }) => target.type !== "file" && this.later());
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("pageshow", () => (this.isLeaving = this.isGoing = false));
    window.addEventListener("pagehide", () => this.isUnsaved && !this.isLeaving && remember(form));
    window.addEventListener("beforeunload", (event) => this.isUnsaved && !this.isLeaving && event.preventDefault());
    for (const moment of ["online", "focus"]) window.addEventListener(moment, () => this.failures && this.isDirty && this.save());
    if (!restore(form)) return;
    mark(form, "What was not saved before is back in the form.", "trouble");
    this.later();
  }

  get isUnsaved() {
    return this.isDirty || this.isSaving;
  }

  later(pause = PAUSE) {
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /* What is not saved is saved first, and only then is the form sent, so that no text goes to a server that is out of
     reach or has signed the writer out. A save under way is waited for, but not for ever. */
  leave(event) {
    const isWaiting = this.isLeaving;
    this.isLeaving = true;
    clearTimeout(this.timer);
    if (this.isGoing || this.isStopped || !(this.isUnsaved || this.failures || !navigator.onLine)) return forget(this.form);
    event.preventDefault();
    if (isWaiting) return;
    this.send();
    Promise.race([this.saving, new Promise((go) => setTimeout(go, LONGEST_WAIT, true))]).then((isReached) => {
      this.isGoing = isReached;
      if (isReached) this.form.requestSubmit(event.submitter);
      else this.isLeaving = false;
    });
  }

  save() {
    if (!this.isStopped && !this.isLeaving) this.send();
  }

  send() {
    if (!this.isSaving) this.saving = this.attempt();
  }

  /* Whether the server has taken it, or has said itself why not. */
  async attempt() {
    clearTimeout(this.timer);
    Object.assign(this, { isSaving: true, isDirty: false });
    mark(this.form, "Saving…", "waiting");
    const outcome = await deliver(this.form);
    this.isSaving = false;
    this.hear(outcome);
    return outcome.isFinal;
  }

  hear({ told, status, sentence, isFinal }) {
    if (told) {
      for (const field of this.form.querySelectorAll("[data-version]")) field.value = told.version ?? field.value;
      mark(this.form, told.sentence || `✓ Saved ${told.saved_at}`, "done");
      this.failures = 0;
      forget(this.form);
      if (this.isDirty) this.later();
      return;
    }
    remember(this.form);
    mark(this.form, sentence || troubles[status] || troubles.other, "trouble");
    this.isDirty = true;
    this.isStopped = status === 409;
    if (isFinal) return;
    const wait = waits[Math.min(this.failures++, waits.length - 1)];
    this.later(wait * (0.8 + 0.4 * Math.random()));
  }
}

export const start = (root) => {
  for (const form of root.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
};
