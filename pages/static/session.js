// Warns in every tab five minutes before the session ends. The server decides when that is: nothing asked here in the
// background makes the session last longer.
"use strict";

(() => {
  const WARNING = 300, OFTEN = 300_000, AGAIN = 10_000;
  const own = document.currentScript.dataset;
  const tabs = new BroadcastChannel("session");
  const json = { Accept: "application/json" };
  let ends = null, last = false, renewed = 0, dialog = null, said = 0, waiting = 0, busy = false, left = false, used = Date.now();

  const remaining = () => Math.ceil((ends - Date.now()) / 1000);
  const close = () => { dialog?.close(); dialog?.remove(); dialog = null; };
  const know = (told) => {
    ({ ends, last } = told);
    renewed = Math.max(renewed, told.renewed ?? 0);
    if (remaining() > WARNING) { close(); said = 0; }
  };
  const learn = (told) => {
    know({ ends: Date.now() + told.left * 1000, last: told.last });
    tabs.postMessage({ ends, last, renewed });
  };
  tabs.addEventListener("message", ({ data }) => know(data));

  // One question at a time, and a little later when there is no answer; but a person is never kept waiting for that.
  // What a page was told after a person went on, in any tab, is heard only if it was asked afterwards.
  const ask = async (address, options, taken) => {
    const isPerson = options.method === "POST";
    if (!isPerson && (busy || Date.now() < waiting)) return;
    busy = true;
    const asked = Date.now();
    try {
      const answer = await fetch(address, options);
      if (answer.ok && !isPerson && asked <= renewed) return answer.body?.cancel();
      if (answer.ok) return await taken(answer);
      answer.body?.cancel();
      if (answer.status === 401) leave();
      else waiting = Date.now() + AGAIN;
    } catch {
      waiting = Date.now() + AGAIN;
      if (isPerson && dialog) say(dialog.dataset.offline);
    } finally {
      busy = false;
    }
  };
  const refresh = () => ask("/session", { headers: json }, async (answer) => learn(await answer.json()));
  const goOn = () => {
    used = Date.now();
    return ask("/session/continue", { method: "POST", headers: json }, async (answer) => {
      renewed = Date.now();
      learn(await answer.json());
    });
  };

  // A page with text that could not be kept stays: the text is nowhere else.
  const leave = () => {
    if (left) return;
    if (window.drafts?.unsaved()) {
      close();
      ends = null;
      window.drafts.keep();
      return;
    }
    left = true;
    const done = last ? "ended" : remaining() <= 5 ? "idle" : "signed-out";
    const next = own.here || location.pathname + location.search;
    location.assign(`/login?${new URLSearchParams(done === "signed-out" ? { done } : { done, next })}`);
  };

  const warn = () => ask("/session/warning", { headers: { Accept: "application/json, text/html" } }, async (answer) => {
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("dialog");
    learn({ left: Number(drawn.dataset.left), last: "last" in drawn.dataset });
    if (remaining() > WARNING || dialog) return;
    window.drafts?.keep();
    dialog = document.body.appendChild(drawn);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); answerIt(); });
    dialog.querySelector("[data-go-on]").addEventListener("click", answerIt);
    dialog.showModal();
    count();
  });
  const answerIt = () => { if (last) dialog.close(); else goOn(); };

  const count = () => {
    const seconds = Math.max(0, remaining()), minutes = Math.max(1, Math.ceil(seconds / 60));
    dialog.querySelector(".session__clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (minutes !== said) say(dialog.dataset[`minutes-${minutes}`] ?? "");
    said = minutes;
  };
  const say = (sentence) => { dialog.querySelector("[role=status]").textContent = sentence; };

  const turn = () => {
    if (ends === null || left) return;
    if (remaining() <= 0) refresh();
    else if (remaining() <= 3) window.drafts?.keep();
    if (dialog) count();
    else if (remaining() > 0 && remaining() <= WARNING) warn();
  };

  // Who writes is not away, even in a form that is not kept as a draft.
  document.addEventListener("input", () => { if (Date.now() - used > OFTEN) goOn(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  setInterval(turn, 1000);
  if (own.left) learn({ left: Number(own.left), last: own.last === "yes" });
  else refresh();
})();
