// Keeps what is written in a form marked data-draft, two seconds after the last key and when the page is left. A form
// with data-step is a step of something begun: it is sent as it is, to where it is kept itself.
"use strict";

(() => {
  const PAUSE = 2_000, LONGEST = 20_000, AGAIN = 15_000;

  const writing = (form) => {
    const told = form.querySelector("[data-kept]"), words = told.dataset, [status, link] = told.children;
    let written = 0, kept = 0, began = 0, typed = 0, timer, sending = null, saved = "";

    const say = (sentence, signedOut = false) => {
      if (status.textContent !== sentence) status.textContent = sentence;
      link.hidden = !signedOut;
    };
    const sent = () => {
      const fields = new FormData(form);
      if (!("step" in form.dataset)) {
        const draft = { place: form.dataset.draft, fields: Object.fromEntries(fields) };
        return new Blob([JSON.stringify(draft)], { type: "application/json" });
      }
      fields.set("act", "keep");
      return new URLSearchParams(fields);
    };
    const later = (pause) => { clearTimeout(timer); timer = setTimeout(keep, pause); };
    const answered = async (answer) => {
      const isTold = answer.headers.get("Content-Type")?.includes("json");
      const { time, words: sentence } = isTold ? await answer.json() : {};
      if (answer.ok) {
        saved = time ?? "";
        say(sentence);
      } else if (answer.status === 401) {
        say(saved ? words.outSince.replace("TIME", saved) : words.out, true);
      } else {
        say(words.refused);
      }
    };

    // `unasked` is a page looking after itself, also when what was typed is long ago by now: the server does not take
    // that for somebody using it.
    const keep = (unasked = Date.now() - typed > LONGEST, leaving = false) => {
      clearTimeout(timer);
      if (written === kept || sending) return sending;
      const now = written;
      const headers = { Accept: "application/json", ...(unasked && { "X-Background": "yes" }) };
      sending = fetch(form.dataset.keep, { method: "POST", body: sent(), headers, keepalive: leaving, redirect: "manual" })
        .then(async (answer) => { if (answer.ok) kept = now; await answered(answer); })
        .catch(() => { say(words.offline); later(AGAIN); })
        .finally(() => { sending = null; if (written !== now) later(PAUSE); });
      began = 0;
      return sending;
    };

    form.addEventListener("input", () => {
      written += 1;
      typed = Date.now();
      began ||= Date.now();
      later(Math.min(PAUSE, Math.max(0, began + LONGEST - Date.now())));
    });
    if ("typed" in form.dataset) form.dispatchEvent(new Event("input"));
    return { form, keep, unsaved: () => written !== kept, settle: () => { clearTimeout(timer); return sending; }, drop: () => { kept = written; } };
  };

  const all = [...document.querySelectorAll("form[data-draft]")].map(writing);
  if (!all.length) return;
  const keepAll = (unasked, leaving) => Promise.all(all.map((one) => one.keep(unasked, leaving)));

  // Saving the form waits for a draft on its way, so that it does not come back afterwards; other forms wait for it to be kept.
  document.addEventListener("submit", (event) => {
    const form = event.target, mine = all.find((one) => one.form === form);
    if (form.hasAttribute("data-discards")) all.forEach((one) => one.drop());
    const waiting = mine ? mine.settle() : all.some((one) => one.unsaved()) && keepAll();
    if (waiting && !form.dataset.waited) {
      event.preventDefault();
      event.stopPropagation();
      form.dataset.waited = "yes";
      waiting.finally(() => form.requestSubmit(event.submitter));
    } else {
      delete form.dataset.waited;
      mine?.drop();
    }
  }, { capture: true });
  window.addEventListener("pagehide", () => keepAll(false, true));
  document.addEventListener("visibilitychange", () => keepAll(!document.hidden, document.hidden));

  // For the page's session: all there is to keep is kept, and whether something could not be.
  window.drafts = { keep: () => keepAll(true), unsaved: () => all.some((one) => one.unsaved()) };
})();
