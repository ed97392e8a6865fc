// Reads a bubble aloud with a voice of the browser; its buttons are shown only where there is one for the language.
"use strict";

(() => {
  const page = document.documentElement;
  const WORDS = ".words, h2, dt, dd, .choices .choice";
  let reading = null; // the button whose bubble is read

  function voice() {
    const fitting = speechSynthesis.getVoices().filter((each) => each.lang.toLowerCase().startsWith(page.lang));
    return fitting.find((each) => each.localService) ?? fitting[0];
  }

  function look() {
    page.classList.toggle("speaks", Boolean(voice()));
  }

  function rest() {
    reading?.setAttribute("aria-pressed", "false");
    reading = null;
  }

  function read(button) {
    const words = Array.from(button.closest(".reply").querySelectorAll(WORDS)).filter((each) => each.checkVisibility());
    const said = new SpeechSynthesisUtterance(words.map((each) => each.innerText).join(".\n"));
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.9;
    said.onend = () => { if (reading === button) rest(); };
    reading = button;
    button.setAttribute("aria-pressed", "true");
    speechSynthesis.speak(said);
  }

  if (!("speechSynthesis" in window)) return;
  look();
  speechSynthesis.addEventListener?.("voiceschanged", look);
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".aloud");
    if (!button) return;
    const isOver = button === reading;
    rest();
    speechSynthesis.cancel();
    if (!isOver) read(button);
  });
})();
