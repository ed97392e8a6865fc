// Sends without leaving the page and shows what is new. Everything works without this script, by forms.
"use strict";

(() => {
  const log = document.getElementById("log");
  const composer = document.getElementById("composer");
  const field = document.getElementById("say");
  const again = document.getElementById("again");
  const told = document.getElementById("told");
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const TOO_LONG_TO_WAIT = 20000;
  const BACK_SOON = 4000;
  const BACK_LATER = 30000;
  const UNREAD = 700; // milliseconds: nobody can have read what was shown so short a time ago
  const SECOND_TAP = 1000; // after a press: fingers and mice that tap twice mean it once
  let isSending = false;
  const MOST_TRIES = 10; // by itself; whoever is still there then is asked
  const LONGEST_WAIT = 60; // seconds
  let unsent = null; // a message that failed: sent again, it is the same message
  const unspoken = []; // what was heard while something is sent: its answer may be among it
  let waiting = null; // until it is sent again by itself

  function notice(id, words) {
    const place = document.getElementById(id);
    const text = words === true ? place.dataset.text : words;
    if (place.textContent !== text) place.textContent = text;
  }

  function nonce() {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function newestId() {
    return Math.max(0, ...Array.from(log.children, (turn) => Number(turn.dataset.id)));
  }

  // --- showing ---

  function begun() {
    document.getElementById("greeting")?.remove();
    for (const start of document.querySelectorAll("input[name=start]")) start.remove();
    if (location.search) history.replaceState(null, "", "/");
  }

  function place(turn) {
    if (document.getElementById(turn.id)) return null;
    if ("start" in turn.dataset) begun();
    const later = Array.from(log.children).find((other) => Number(other.dataset.id) > Number(turn.dataset.id));
    log.insertBefore(turn, later ?? null);
    return turn;
  }

  function show(message) {
    const page = document.documentElement;
    if (message.language !== page.lang || message.is_simple !== page.classList.contains("simple")) {
      location.reload();
      return [];
    }
    const made = document.createElement("template");
    made.innerHTML = message.html;
    const placed = Array.from(made.content.querySelectorAll(".turn")).map(place).filter(Boolean);
    if (placed.length) changed();
    const { inputmode, autocomplete } = log.lastElementChild.dataset;
    field.inputMode = inputmode;
    field.autocomplete = autocomplete;
    return placed;
  }

  // Read aloud once: what gets the focus is read for that alone.
  function announce(turns) {
    if (turns.length) told.textContent = turns.map((turn) => turn.querySelector(".reply").innerText).join("\n");
  }

  // --- what came to lie under a finger a moment ago isn't pressed on purpose ---

  let readableAt = performance.now() + UNREAD;
  let pressedAt = 0;

  function unreadFor(milliseconds) {
    readableAt = Math.max(readableAt, performance.now() + milliseconds);
  }

  function changed() {
    unreadFor(UNREAD);
  }

  document.addEventListener("pointerdown", (event) => { pressedAt = event.timeStamp; }, true);
  document.addEventListener("keydown", (event) => { pressedAt = event.timeStamp; }, true);

  log.addEventListener("click", (event) => {
    if (pressedAt < readableAt) event.preventDefault();
    else unreadFor(SECOND_TAP);
  }, true);

  function scrollTo(turn, behavior = isCalm.matches ? "auto" : "smooth") {
    turn.scrollIntoView({ block: "start", behavior });
  }

  function isAtEnd() {
    return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 80;
  }

  // --- sending ---

  function fieldsOf(form, button) {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.set(button.name, button.value);
    const isSame = (name) => unsent?.get(name) === fields.get(name);
    if (unsent && isSame("text") && isSame("path")) return unsent;
    fields.set("key", `${fields.get("key")}-${nonce()}`);
    fields.set("after", newestId());
    return fields;
  }

  async function post(fields) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), TOO_LONG_TO_WAIT);
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch("/say", { method: "POST", headers, body: fields, signal: giveUp.signal });
      const isBusy = answer.status === 429 || answer.status >= 500;
      const asked = Number(answer.headers.get("Retry-After")) || 0;
      const told = await answer.json().catch(() => ({ error: true })); // a proxy answers in words of its own
      return { ...told, isBusy, asked };
    } catch {
      return { error: true, isBusy: true, asked: 0 };
    } finally {
      clearTimeout(timer);
    }
  }

  // As long as we were asked to wait, and ever longer when nobody says how long.
  function pause(asked, tries) {
    return Math.min(asked || 2 ** tries, LONGEST_WAIT);
  }

  function tryAgainLater(fields, button, asked, tries) {
    const seconds = pause(asked, tries);
    const { text } = document.getElementById("waiting").dataset;
    notice("waiting", text.replace("{seconds}", seconds));
    waiting = setTimeout(() => send(fields, button, tries + 1), seconds * 1000);
  }

  async function send(fields, button, tries = 1) {
    if (isSending) return;
    isSending = true;
    clearTimeout(waiting);
    notice("waiting", "");
    document.body.classList.add("is-sending");
    notice("failed", "");
    const slow = setTimeout(() => notice("sending", true), 400);
    const answer = await post(fields);
    clearTimeout(slow);
    notice("sending", "");
    document.body.classList.remove("is-sending");
    isSending = false;
    unsent = answer.error ? fields : null;
    if (answer.error) announce(unspoken.splice(0));
    again.hidden = !answer.error;
    if (answer.isBusy && tries < MOST_TRIES) tryAgainLater(fields, button, answer.asked, tries);
    else if (answer.error) notice("failed", answer.error);
    else if (answer.left) leave(answer.to || "/");
    else arrived(answer, fields, button);
  }

  // --- leaving: no tab of this browser shows any more what was said ---

  const others = new BroadcastChannel("baeumtok");

  function strangers() {
    location.replace("/");
  }

  function leave(to) {
    others.postMessage("left");
    location.replace(to);
  }

  others.addEventListener("message", strangers);

  function arrived(answer, fields, button) {
    if (fields.has("text") && field.value === fields.get("text")) field.value = "";
    const placed = [...unspoken.splice(0), ...show(answer)];
    const turn = document.getElementById(`m${answer.id}`);
    // Who pressed a button goes on from the reply; who typed stays in the field.
    const goesOn = Boolean(button && turn && document.activeElement !== field);
    if (goesOn) turn.querySelector(".reply").focus({ preventScroll: true });
    announce(placed.filter((each) => !(goesOn && each === turn)));
    if (turn) scrollTo(turn);
  }

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target === composer && !field.value.trim()) return;
    const button = event.target === composer ? null : event.submitter;
    send(fieldsOf(event.target, button), button);
  });

  again.addEventListener("click", () => {
    if (!unsent) return;
    send(unsent, unsent.has("path") ? again : null);
  });

  // --- sending an address on: by the menu of the phone, or copied to be pasted ---

  if (navigator.share || navigator.clipboard) document.documentElement.classList.add("can-share");

  async function share({ text, url, copied }, label) {
    if (navigator.share) return navigator.share({ text, url });
    await navigator.clipboard.writeText(`${text}\n${url}`);
    label.textContent = copied;
    told.textContent = copied;
  }

  log.addEventListener("click", (event) => {
    const button = event.target.closest(".share");
    // Who closes the menu has chosen nobody; the address stands there to be copied by hand.
    if (button && !event.defaultPrevented) share(button.dataset, button.querySelector(".label")).catch(() => {});
  });

  // --- hearing what is new: said on another tab, answered late ---

  let events = null;
  let troubled = null;

  function connected() {
    clearTimeout(troubled);
    troubled = null;
    notice("lost", "");
  }

  function disconnected() {
    troubled ??= setTimeout(() => notice("lost", true), BACK_SOON);
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, BACK_LATER);
  }

  function heard(event) {
    const wasAtEnd = isAtEnd();
    const turns = show(JSON.parse(event.data));
    if (isSending) unspoken.push(...turns);
    else announce(turns);
    if (turns.length && wasAtEnd && !isSending) scrollTo(turns[0]);
  }

  function listen() {
    if (document.hidden || (events && events.readyState !== EventSource.CLOSED)) return;
    events = new EventSource(`/events?after=${newestId()}`);
    events.onopen = connected;
    events.onerror = disconnected;
    events.onmessage = heard;
    events.addEventListener("left", strangers);
  }

  function rest() {
    events?.close();
    connected();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", (event) => (event.persisted ? location.reload() : listen()));

  history.scrollRestoration = "manual";
  if (newestId()) scrollTo(log.lastElementChild, "instant");
})();
