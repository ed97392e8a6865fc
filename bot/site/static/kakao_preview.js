// A conversation with the skill: says what is typed or pressed, shows what it answers.
"use strict";

(() => {
  const USER = "baeumtok-kakao-user";
  const log = document.getElementById("log");
  const quick = document.getElementById("quick");
  const field = document.getElementById("say");
  const size = document.getElementById("size");
  const drawing = window.kakaoDrawing(log.dataset, say);

  function toEnd() {
    log.scrollTop = log.scrollHeight;
  }

  function add(turn) {
    turn.querySelectorAll("img").forEach((image) => image.addEventListener("load", toEnd)); // it grows only then
    log.append(turn);
    toEnd();
  }

  function copy(id) {
    return document.getElementById(id).content.firstElementChild.cloneNode(true);
  }

  function note(text) {
    add(drawing.make("p", "note", text));
  }

  function offer(replies = []) {
    quick.replaceChildren(...replies.map(drawing.quickReply));
    quick.scrollLeft = 0;
  }

  function showRaw(answer, raw) {
    const bytes = new TextEncoder().encode(raw).length;
    const [told, limit] = [bytes, Number(size.dataset.limit)].map((number) => number.toLocaleString("ko-KR"));
    size.textContent = `${told} / ${limit}바이트`;
    size.classList.toggle("too-large", bytes > Number(size.dataset.limit));
    document.getElementById("json").textContent = JSON.stringify(answer, null, 2);
  }

  function answered(answer) {
    const outputs = (answer.version === "2.0" && answer.template?.outputs) || [];
    if (!outputs.length) return note(log.dataset.nothing);
    const turn = copy("answered");
    const drawn = outputs.flatMap((output) => Object.entries(output).map(([kind, data]) => drawing.draw(kind, data)));
    turn.querySelector(".bubbles").append(...drawn);
    offer(answer.template.quickReplies);
    add(turn);
    // Who pressed what is gone by now goes on from the answer; who typed stays in the field.
    if (document.activeElement === document.body) turn.focus({ preventScroll: true });
  }

  function user() {
    if (!localStorage.getItem(USER)) {
      const bytes = crypto.getRandomValues(new Uint8Array(33));
      localStorage.setItem(USER, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
    }
    return localStorage.getItem(USER);
  }

  async function post(said) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ ...said, user: user() });
    const answer = await fetch("/kakao/preview/say", { method: "POST", headers, body }).catch(() => null);
    return answer?.ok ? answer.text() : null;
  }

  async function say(said) {
    const turn = copy("said");
    turn.querySelector(".bubble").textContent = said.utterance;
    offer();
    add(turn);
    const raw = await post(said);
    if (raw === null) return note(log.dataset.failed);
    const answer = JSON.parse(raw);
    showRaw(answer, raw);
    answered(answer);
  }

  document.getElementById("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const utterance = field.value.trim();
    field.value = "";
    if (utterance) say({ utterance });
  });

  quick.querySelectorAll("[data-say]").forEach((pill) => {
    pill.addEventListener("click", () => say({ utterance: pill.textContent }));
  });

  document.getElementById("afresh").addEventListener("click", () => {
    localStorage.removeItem(USER);
    location.reload();
  });
})();
