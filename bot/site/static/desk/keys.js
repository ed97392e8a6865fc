// Passkeys: the browser makes a key, or signs with one, and the form carries its answer. Without this, codes do.
"use strict";

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const bytes = (signs) =>
  Uint8Array.from(atob(signs.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

async function make(options) {
  options.user.id = bytes(options.user.id);
  for (const each of options.excludeCredentials ?? []) each.id = bytes(each.id);
  const { id, type, response } = await navigator.credentials.create({ publicKey: options });
  return { id, rawId: id, type, response: { attestationObject: text(response.attestationObject) }, from: response };
}

async function sign(options) {
  const { id, type, response } = await navigator.credentials.get({ publicKey: options });
  const { authenticatorData, signature } = response;
  const signed = { authenticatorData: text(authenticatorData), signature: text(signature) };
  return { id, rawId: id, type, response: signed, from: response };
}

for (const each of document.querySelectorAll("[data-needs-key]")) each.hidden = !window.PublicKeyCredential;

for (const form of document.querySelectorAll("[data-key]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    try {
      const { from, ...answer } = await (form.dataset.key === "make" ? make : sign)(options);
      answer.response.clientDataJSON = text(from.clientDataJSON);
      form.elements.answer.value = JSON.stringify(answer);
      form.submit();
    } catch {
      form.querySelector("[data-failed]").hidden = false;
    }
  });
}
