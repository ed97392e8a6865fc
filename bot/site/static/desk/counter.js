// A tablet at the counter forgets what was typed once nobody has touched it for a while.
"use strict";

const rests = Number(document.getElementById("main").dataset.rests) * 1000;
let timer = 0;

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => location.replace("/desk/counter"), rests);
}

for (const touched of ["input", "keydown", "pointerdown", "scroll"]) addEventListener(touched, wait, true);
wait();
