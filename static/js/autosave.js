/* Saves a form while it is being written. The saved mark tells the truth: it shows the server's time, and only
   after the server has answered. What could not be saved stays in the page and is said.

   The form: data-autosave-url. The answer: JSON {saved_at: "14:02", version: 7} or, with 409, {sentence: "…"}. */
import { mark, sentenceOf, troubles } from "./saved.js";

const PAUSE = 1500;
const RETRY = 10000;
const LONGEST_WAIT = 4000;

class Autosave {
  constructor(form) {
    Object.assign(this, { form, timer: 0, isSaving: false, isDirty: false, isStopped: false, isLeaving: false, hasWaited: false });
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("pageshow", () => (this.isLeaving = this.hasWaited = false));
    window.addEventListener("online", () => this.isDirty && this.save());
    window.addEventListener("beforeunload", (event) => this.isDirty && !this.isLeaving && event.preventDefault());
  }

  later(pause = PAUSE) {
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /* A save under way brings the version that the form must be sent with, so the form waits for it, but not for ever. */
  leave(event) {
    const isWaiting = this.isLeaving && this.isSaving;
    this.isLeaving = true;
    clearTimeout(this.timer);
    if (!this.isSaving || this.hasWaited) return;
    event.preventDefault();
    if (isWaiting) return;
    Promise.race([this.saving, new Promise((go) => setTimeout(go, LONGEST_WAIT))]).then(() => {
      this.hasWaited = true;
      this.form.requestSubmit(event.submitter);
    });
  }

  save() {
    if (!this.isSaving && !this.isStopped && !this.isLeaving) this.saving = this.send();
  }

  async send() {
    this.isSaving = true;
    this.isDirty = false;
    mark(this.form, "Saving…", "waiting");
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        redirect: "manual",
      });
      await this.hear(answer);
    } catch {
      this.later(RETRY);
      mark(this.form, "Not saved yet: no connection. Your text is still here.", "trouble");
    }
    this.isSaving = false;
    if (this.isDirty) this.later();
  }

  async hear(answer) {
    if (answer.type === "opaqueredirect") {
      mark(this.form, troubles[401], "trouble");
      this.isDirty = true;
      return;
    }
    if (answer.ok) {
      const told = await answer.json();
      for (const field of this.form.querySelectorAll("[data-version]")) field.value = told.version ?? field.value;
      mark(this.form, told.sentence || `✓ Saved ${told.saved_at}`, "done");
      return;
    }
    const sentence = await sentenceOf(answer);
    mark(this.form, sentence || troubles[answer.status] || "Not saved. Trying again soon.", "trouble");
    this.isDirty = true;
    if (answer.status === 409) this.isStopped = true;
    else if (answer.status >= 500 || answer.status === 429) this.later(RETRY);
  }
}

export const start = (root) => {
  for (const form of root.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
};
