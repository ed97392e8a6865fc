// The code and the count are fetched anew; without this the page loads itself anew when the code is over.
"use strict";

const screenOfRoom = document.getElementById("screen");
const lost = document.getElementById("lost");
const OFTEN = 5;
const LOST_AFTER = 20_000;
let heard = Date.now();

function seconds() {
  const part = screenOfRoom.querySelector("[data-renewed]");
  return part ? Math.min(Number(part.dataset.renewed), OFTEN) : OFTEN;
}

async function fetchAnew() {
  try {
    const answer = await fetch(screenOfRoom.dataset.from, { redirect: "error" });
    if (answer.ok || answer.status === 403) {
      screenOfRoom.innerHTML = await answer.text();
      heard = Date.now();
    }
  } catch {
    // Told below, once it lasts.
  }
  const words = Date.now() - heard > LOST_AFTER ? lost.dataset.text : "";
  if (lost.textContent !== words) lost.textContent = words;
  setTimeout(fetchAnew, seconds() * 1000);
}

setTimeout(fetchAnew, seconds() * 1000);
