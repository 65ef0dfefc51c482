// The page where the one-time code is typed: counts down to a new code, and takes the code from an SMS where it can.
"use strict";

(() => {
  const resend = document.querySelector(".resend");
  const words = resend?.querySelector(".resend__wait"), button = resend?.querySelector("button");
  const ready = Date.now() + Number(resend?.dataset.wait || 0) * 1000;
  const count = () => {
    const left = Math.ceil((ready - Date.now()) / 1000);
    button.disabled = left > 0;
    if (left > 0) {
      words.textContent = words.textContent.replace(/\d+/, left);
      setTimeout(count, 1000);
    } else {
      words.textContent = "";
    }
  };
  if (resend) count();

  const code = document.querySelector("input[name=code]");
  if (!code || !("OTPCredential" in window)) return;
  const stop = new AbortController();
  code.form.addEventListener("submit", () => stop.abort());
  navigator.credentials.get({ otp: { transport: ["sms"] }, signal: stop.signal })
    .then((found) => { if (!code.value) { code.value = found.code; code.form.requestSubmit(); } })
    .catch(() => {});
})();
