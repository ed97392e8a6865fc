// Sends the kiosk's forms without leaving the page, so that the browser's history holds no answers, and clears the
// screen when whoever answered has gone. Without it the page works as plain forms do.
"use strict";

(() => {
  const WARNING = 15; // seconds
  const TOO_LONG_TO_WAIT = 20000;
  const MOST_TRIES = 5; // by itself; whoever is still there then presses again
  const LONGEST_WAIT = 30; // seconds
  const { failed, leaving, stay, waiting } = document.body.dataset;
  const first = copied(document);
  let lastSign = Date.now();
  let sending = null;

  // --- showing ---

  function copied(page) {
    const main = page.querySelector("main");
    return main && { main: main.cloneNode(true), title: page.title, language: page.documentElement.lang };
  }

  function screen() {
    return document.querySelector("main");
  }

  function show(next) {
    screen().replaceWith(next.main.cloneNode(true));
    document.title = next.title;
    document.documentElement.lang = next.language;
    lastSign = Date.now();
    tell(problem, "");
    tick();
    window.scrollTo(0, 0);
    document.getElementById("head")?.focus({ preventScroll: true });
  }

  function told(role) {
    const place = document.createElement("div");
    place.className = "told";
    place.setAttribute("role", role);
    place.hidden = true;
    document.body.append(place);
    return place;
  }

  function tell(place, words) {
    place.hidden = !words;
    if (place.textContent !== words) place.textContent = words;
  }

  const problem = told("alert");

  // --- sending ---

  function fieldsOf(form, button) {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    return fields;
  }

  async function page(address, settings) {
    const answer = await fetch(address, { cache: "no-store", ...settings });
    const isBusy = answer.status === 429 || answer.status >= 500;
    const shown = copied(new DOMParser().parseFromString(await answer.text(), "text/html"));
    return { shown, isBusy, asked: Number(answer.headers.get("Retry-After")) || 0 };
  }

  // The page that comes; null when whoever sent this has gone, or no page came however often it was tried.
  async function answered(address, body, mine) {
    for (let tries = 1; sending === mine; tries += 1) {
      const giveUp = new AbortController();
      const timer = setTimeout(() => giveUp.abort(), TOO_LONG_TO_WAIT);
      mine.signal.addEventListener("abort", () => giveUp.abort());
      const lost = { shown: null, isBusy: true, asked: 0 };
      const next = await page(address, { method: "POST", body, signal: giveUp.signal }).catch(() => lost);
      clearTimeout(timer);
      if (!next.isBusy || tries === MOST_TRIES) return next.shown;
      const seconds = Math.min(next.asked || 2 ** tries, LONGEST_WAIT);
      if (sending === mine) tell(problem, waiting.replace("{seconds}", seconds));
      await new Promise((passed) => setTimeout(passed, seconds * 1000));
    }
    return null;
  }

  async function send(form, button) {
    if (sending) return;
    const mine = (sending = new AbortController());
    document.body.classList.add("is-sending");
    const next = await answered(form.action, fieldsOf(form, button), mine);
    if (sending !== mine) return; // whoever sent this has gone
    rest();
    if (next) show(next);
    else tell(problem, failed);
  }

  function rest() {
    sending = null;
    document.body.classList.remove("is-sending");
  }

  // Where one is led elsewhere, the browser goes there itself.
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-leads]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });

  // --- leaving ---

  // Clears the screen at once, whatever the network does; then loads the page afresh, when it can be had.
  function home() {
    sending?.abort();
    rest();
    show(first);
    fetch(location.pathname, { method: "HEAD", cache: "no-store" }).then(() => {
      if (screen().dataset.screen === first.main.dataset.screen && !sending) location.replace(location.pathname);
    }, () => {});
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("a:not([data-leads], [href^='tel:'])")) return;
    event.preventDefault();
    home();
  });

  const warning = told("alert");
  const seconds = document.createElement("span"); // counts, and is only looked at
  const spoken = document.createElement("span"); // is read aloud once
  const goOn = document.createElement("button");
  seconds.setAttribute("aria-hidden", "true");
  spoken.className = "spoken";
  goOn.type = "button";
  goOn.className = "small";
  goOn.textContent = stay;
  warning.append(seconds, spoken, goOn);

  function words(left) {
    return leaving.replace("{seconds}", left);
  }

  function warn(left) {
    if (!left && warning.contains(document.activeElement)) document.getElementById("head")?.focus();
    if (left) seconds.textContent = words(left);
    spoken.textContent = left ? words(WARNING) : "";
    warning.hidden = !left;
  }

  function tick() {
    const { rests, screen: name } = screen().dataset;
    const isThanks = name === "thanks";
    const granted = Number(rests) + (isThanks ? 0 : WARNING);
    const left = rests === "0" ? Infinity : Math.ceil(granted - (Date.now() - lastSign) / 1000);
    if (left <= 0) home();
    else warn(left <= WARNING && !isThanks ? left : 0);
  }

  function seen() {
    if (screen().dataset.screen === "thanks") return;
    lastSign = Date.now();
    tick();
  }

  for (const sign of ["pointerdown", "keydown", "input"]) document.addEventListener(sign, seen, true);
  setInterval(tick, 1000);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
