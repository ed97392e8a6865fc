// A tap is kept at once, without leaving the page; without this each button sends its form. Keys: arrows, 1 to 5, Ctrl+Z.
"use strict";

const form = document.querySelector("form[data-attendance]");
const isGrid = form?.dataset.attendance === "grid";
const MARKS = ["present", "late", "left_early", "absent", "excused"];
const WORDS = ["출석", "지각", "조퇴", "결석", "인정결석"];
const SHORT = ["출", "지", "조", "결", "인"];
const state = document.getElementById("state");
const undo = document.getElementById("undo");
let sending = Promise.resolve(); // one after the other, so that the last tap is what stays
let last = ""; // the class that was marked last

const cells = form ? [...form.querySelectorAll("[data-cell]")] : [];
const cellOf = (number, person) => cells.find((each) => each.dataset.cell === `${number}.${person}`);

function paint(cell, mark) {
  const at = MARKS.indexOf(mark);
  if (isGrid) {
    cell.textContent = SHORT[at] ?? (cell.classList.contains("waits") ? "?" : "·");
    cell.setAttribute("aria-label", `${cell.dataset.of}: ${WORDS[at] ?? "적지 않음"}`);
    cell.dataset.shown = mark;
  } else {
    for (const each of cell.querySelectorAll("button")) each.setAttribute("aria-pressed", each.dataset.name === mark);
  }
}

function put(name, text, root = form) {
  const found = root.querySelector(name);
  if (found) found.textContent = text;
}

function apply(found) {
  for (const [person, [percent, mayMiss]] of Object.entries(found.people)) {
    const row = document.getElementById(`p${person}`);
    if (!row) continue;
    put("[data-percent]", percent, row);
    put("[data-may-miss]", mayMiss, row);
  }
  if (!found.marks) return;
  const { number, counts } = found;
  for (const [person, mark] of Object.entries(found.marks)) {
    const cell = cellOf(number, person);
    if (!cell) continue;
    cell.dataset.mark = mark;
    if (cell.dataset.state !== "saving") paint(cell, mark);
  }
  for (const [name, count] of Object.entries(counts)) put(`[data-counts="${number}"] [data-count="${name}"]`, count);
  put(`[data-came="${number}"]`, counts.present + counts.late + counts.left_early);
  put(`[data-unmarked="${number}"]`, counts.unmarked);
  for (const each of form.querySelectorAll(`button[name=all][value^="${number}."]`)) each.hidden = !counts.unmarked;
}

function say(text, isBad = false) {
  state.textContent = text;
  state.classList.toggle("failed", isBad);
}

async function send(name, value, cell) {
  const fields = new URLSearchParams(new FormData(form));
  fields.set(name, value);
  fields.set("as", "json");
  if (name === "undo") fields.set("class", last);
  let answer;
  try {
    answer = await fetch(location.href.split("#")[0], { method: "POST", body: fields, redirect: "manual" });
  } catch {
    return fail(cell, "저장하지 못했습니다. 인터넷을 확인하고 다시 눌러 주세요.");
  }
  if (answer.type === "opaqueredirect") return fail(cell, "로그인이 끝났습니다. 화면을 새로 열어 로그인해 주세요.");
  const found = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : {};
  if (!answer.ok) {
    if (found.needs_reason) document.getElementById("why")?.focus();
    return fail(cell, found.problem ?? "저장하지 못했습니다. 화면을 새로 열어 주세요.");
  }
  if (cell) cell.dataset.state = "saved";
  if (found.number) last = String(found.number);
  apply(found);
  say(["저장했습니다.", found.told, ...found.notes].join(" "));
  undo.value = found.undo ?? "";
  undo.hidden = !found.undo;
}

function fail(cell, why) {
  say(why, true);
  if (!cell) return;
  cell.dataset.state = "failed";
  paint(cell, cell.dataset.mark);
}

function keep(name, value, cell) {
  if (cell) {
    cell.dataset.state = "saving";
    paint(cell, value.split(".")[3]);
  }
  say("저장하는 중…");
  sending = sending.then(() => send(name, value, cell));
}

function mark(cell, name) {
  const value = (isGrid ? cell : cell.querySelector("button")).value.split(".").slice(0, 3);
  keep("cell", [...value, name].join("."), cell);
}

function press(event) {
  const button = event.target.closest("button[name]");
  if (!button) return;
  event.preventDefault();
  if (button.name !== "cell") return keep(button.name, button.value);
  mark(button.closest("[data-cell]"), button.dataset.name ?? form.elements.mark.value);
}

// --- the keyboard ---

function grid() {
  return [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("[data-cell]")]);
}

function reach(cell) {
  if (!isGrid) return (cell.querySelector("[aria-pressed=true]") ?? cell.querySelector("button")).focus();
  for (const each of cells) each.tabIndex = each === cell ? 0 : -1;
  cell.focus();
}

function move(cell, down, right) {
  if (!isGrid) {
    if (down) return cells[cells.indexOf(cell) + down] && reach(cells[cells.indexOf(cell) + down]);
    const buttons = [...cell.querySelectorAll("button")];
    return buttons[buttons.indexOf(document.activeElement) + right]?.focus();
  }
  const rows = grid();
  const row = rows.findIndex((each) => each.includes(cell));
  const next = rows[row + down]?.[rows[row].indexOf(cell) + right];
  if (next) reach(next);
}

const ARROWS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function type(event) {
  if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !undo.hidden) {
    if (event.target.closest("input[name=why]")) return;
    event.preventDefault();
    return keep("undo", undo.value);
  }
  const cell = event.target.closest("[data-cell]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in ARROWS) {
    event.preventDefault();
    return move(cell, ...ARROWS[event.key]);
  }
  const name = MARKS[Number(event.key) - 1];
  if (!name) return;
  event.preventDefault();
  mark(cell, name);
  move(cell, 1, 0);
}

if (form) {
  form.addEventListener("click", press);
  form.addEventListener("keydown", type);
  form.addEventListener("submit", (event) => event.preventDefault()); // by Enter in a field
  if (isGrid) for (const [at, each] of cells.entries()) each.tabIndex = at ? -1 : 0;
}
