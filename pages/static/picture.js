// A photo straight from a phone is often too big to send: made smaller here, where the browser can.
"use strict";

const ENOUGH = 1024;
const SMALL = 1_000_000;

async function smaller(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, ENOUGH / Math.min(image.width, image.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height].map((side) => Math.round(side * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  return new File([made], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
}

document.querySelector("input[type=file]").form.addEventListener("submit", async (event) => {
  const form = event.currentTarget;
  const field = form.querySelector("input[type=file]");
  if (!field.files.length || field.files[0].size < SMALL || form.getAttribute("aria-busy")) return;
  event.preventDefault();
  try {
    const chosen = new DataTransfer();
    chosen.items.add(await smaller(field.files[0]));
    field.files = chosen.files;
  } catch {
    // What the browser cannot read is sent as it is: the answer says what is wrong with it.
  }
  form.submit();
});
