// What needs doing is fetched anew while the page is looked at; without this it is as it was when it was opened.
"use strict";

const due = document.getElementById("due");
const since = document.getElementById("since");
const EVERY = 30_000;
const name = document.title;

async function fetchAnew() {
  if (document.hidden || due.contains(document.activeElement)) return;
  let answer;
  try {
    answer = await fetch(due.dataset.from, { redirect: "error" });
  } catch {
    return;
  }
  if (!answer.ok) return;
  const words = await answer.text();
  if (words.trim() === due.dataset.words) return;
  due.dataset.words = words.trim();
  due.innerHTML = words;
  const count = due.querySelectorAll(".due li").length;
  document.title = count ? `(${count}) ${name}` : name;
  since.textContent = `${new Date().toLocaleTimeString("ko-KR", { hour: "numeric", minute: "2-digit" })}에 새로 고쳤습니다.`;
}

setInterval(fetchAnew, EVERY);
addEventListener("visibilitychange", fetchAnew);
