// Marks attendance without a network: each tap is kept at once, and sent when there is a network again.
"use strict";

const kept = JSON.parse(document.getElementById("kept").textContent);
const main = document.getElementById("main");
const at = (id) => document.getElementById(id);
const DAY = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;
let queue;
let officer = kept.officer;
const personOf = (enrollment) => kept.people.find((each) => each.enrollment === enrollment);
const standsOf = (enrollment) => personOf(enrollment)?.stands;
let last = []; // what can be taken back: [entry, the one that it replaced]
let sending;
let place = Date.now();

const isHere = (each) => each.code === kept.code;
const isQueued = (each) => !each.why;
const mine = (each) => isHere(each) && isQueued(each) && each.by.id === officer.id;
const ofCell = (all, enrollment) =>
  all.filter((each) => isHere(each) && isQueued(each) && each.session === kept.session && each.enrollment === enrollment);

// --- tapping ---

// Whatever reads the queue to change it does so alone, in all tabs.
const alone = (work) => navigator.locks.request("attendance-queue", work);

async function tap(marks) {
  await alone(() => put(marks));
  await show();
  clearTimeout(sending);
  sending = setTimeout(send, 1500);
}

async function put(marks) {
  const all = await queue.all();
  last = [];
  for (const [enrollment, mark] of marks) {
    const before = ofCell(all, enrollment).at(-1);
    const replaced = before && !before.tried && before.by.id === officer.id ? before : null;
    last.push([entryOf(enrollment, mark, replaced ? replaced.over : (before?.key ?? `${standsOf(enrollment)?.entry ?? ""}`)), replaced]);
  }
  await queue.change(last.map(([entry]) => entry), last.flatMap(([, replaced]) => (replaced ? [replaced.key] : [])));
}

function entryOf(enrollment, mark, over) {
  return {
    key: crypto.randomUUID(),
    place: (place += 1),
    code: kept.code,
    number: kept.number,
    page: location.pathname + location.search,
    session: kept.session,
    starts: kept.starts,
    enrollment,
    mark,
    over,
    at: new Date().toISOString(),
    by: officer,
  };
}

async function undo() {
  await alone(async () => {
    const all = new Map((await queue.all()).map((each) => [each.key, each]));
    const unsent = last.filter(([entry]) => all.has(entry.key) && !all.get(entry.key).tried);
    await queue.change(unsent.flatMap(([, replaced]) => replaced ?? []), unsent.map(([entry]) => entry.key));
    last = [];
  });
  await show();
}

async function everybody() {
  const all = await queue.all();
  const left = kept.people.filter((each) => !each.stands && !ofCell(all, each.enrollment).length);
  await tap(left.map((each) => [each.enrollment, "present"]));
}

// --- sending ---

// One tab sends at a time; whatever is sent twice nevertheless is known by its key.
const send = () => navigator.locks.request("attendance", sendAll);

async function sendAll() {
  for (let left = true; left; ) {
    const sent = await alone(tried);
    const answer = await posted(sent);
    if (!answer) break;
    await take(answer, sent);
    left = sent.length === AT_ONCE;
    await forgetWhenDone();
  }
  await show();
}

// What is sent now: from here on it may have arrived.
async function tried() {
  const sent = (await queue.all()).filter(mine).slice(0, AT_ONCE);
  await queue.change(sent.map((each) => ({ ...each, tried: true })));
  return sent;
}

async function posted(sent) {
  const form = new FormData();
  const of = ({ key, session, enrollment, mark, at, starts, over }) => ({ key, session, enrollment, mark, at, starts, over });
  form.set("entries", JSON.stringify(sent.map(of)));
  form.set("now", new Date().toISOString());
  form.set("device", at("device-name").value);
  form.set("officer", officer.id);
  form.set("session", kept.session);
  form.set("written_by", [...new Set(sent.map((each) => each.from).filter(Boolean))].join(", "));
  let answer;
  try {
    answer = await fetch(main.dataset.sync, { method: "POST", body: form, redirect: "manual" });
    if (answer.type === "opaqueredirect") return say("로그인이 끝났습니다. 적은 것은 이 기기에 남아 있습니다.", true);
    const told = await answer.json();
    if (answer.ok) return told;
    if (answer.status === 409) return await isAnother(told.officer);
    return say(`보내지 못했습니다. ${told.problem ?? ""} 적은 것은 이 기기에 남아 있습니다.`);
  } catch {
    if (answer && answer.status < 500) return say("보내지 못했습니다. 이 강좌를 볼 수 없거나 보낼 것이 너무 큽니다. 적은 것은 이 기기에 남아 있습니다.");
    return say("연결되지 않았습니다. 적은 것은 이 기기에 남아 있고, 연결되면 보냅니다.");
  }
}

async function take(told, sent) {
  const answers = new Map(told.answers.map((each) => [each.key, each]));
  const answered = sent.filter((each) => answers.has(each.key));
  const refused = answered.filter((each) => answers.get(each.key).outcome === "refused");
  const put = refused.map((each) => ({ ...each, why: answers.get(each.key).why }));
  await queue.change(put, answered.filter((each) => !refused.includes(each)).map((each) => each.key));
  const { people, clashes, made, isOver, session } = told;
  Object.assign(kept, { clashes, made, isOver }, session === kept.session ? { people } : {});
  draw();
  await rewrite();
  const when = new Date().toLocaleTimeString("ko-KR", { hour: "numeric", minute: "2-digit" });
  say(`연결됨: ${when}에 모두 맞추었습니다(보낸 것 ${answered.length}건). ${told.note}`);
}

async function isAnother(now) {
  officer = now;
  say(`지금 로그인한 분은 ${now.name}입니다.`);
}

async function takeOver() {
  await alone(async () => {
    const theirs = (await queue.all()).filter((each) => isHere(each) && isQueued(each) && each.by.id !== officer.id);
    await queue.change(theirs.map((each) => ({ ...each, from: each.from ?? each.by.name, by: officer })));
  });
  await send();
}

// --- showing ---

function say(words, isSignedOut = false) {
  at("network").textContent = words;
  if (!isSignedOut) return null;
  const link = document.createElement("a");
  link.href = `/desk/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = "다시 로그인";
  at("network").append(" ", link);
  return null;
}

async function show() {
  const all = await queue.all();
  const here = all.filter((each) => isHere(each) && isQueued(each));
  for (const { enrollment } of kept.people) {
    const waiting = ofCell(all, enrollment).at(-1);
    const mark = waiting?.mark ?? standsOf(enrollment)?.mark;
    const set = at(`person-${enrollment}`);
    for (const input of set.querySelectorAll("input")) input.checked = input.value === mark;
    set.querySelector(".waits").textContent = waiting ? `${clock(waiting.at)}에 적음 · 아직 보내지 않음` : "";
  }
  const left = kept.people.filter((each) => !each.stands && !ofCell(all, each.enrollment).length).length;
  at("count").textContent = `적지 않은 분 ${left}명 · 보낼 것 ${here.length}건`;
  at("undo").disabled = !last.some(([entry]) => all.some((each) => each.key === entry.key && !each.tried));
  list("clashes", kept.clashes.map(clashed));
  list("refused", all.filter((each) => isHere(each) && each.why).map(refusal));
  const theirs = here.filter((each) => each.by.id !== officer.id);
  at("whose").hidden = !theirs.length;
  at("whose").querySelector("p").textContent =
    `${[...new Set(theirs.map((each) => each.by.name))].join(", ")}: 적고 보내지 않은 기록 ${theirs.length}건이 이 기기에 있습니다. 지금 로그인한 분은 ${officer.name}입니다.`;
  const others = all.filter((each) => !isHere(each) && isQueued(each));
  at("elsewhere").hidden = !others.length;
  at("elsewhere").replaceChildren(`다른 강좌에서 적고 보내지 않은 기록 ${others.length}건: `);
  for (const [page, one] of new Map(others.map((each) => [each.page, each]))) at("elsewhere").append(linked(page, `${one.code} ${one.number}회차`), " ");
}

function linked(page, words) {
  const link = document.createElement("a");
  link.href = page;
  link.textContent = words;
  return link;
}

function list(id, lines) {
  at(id).hidden = !lines.length;
  at(id).querySelector("ul").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

const clock = (when) => new Date(when).toLocaleTimeString("ko-KR", { hour: "numeric", minute: "2-digit" });
const named = (enrollment) => personOf(enrollment)?.name ?? `신청 ${enrollment}`;
const told = (each) => (each ? `${each.word}(${each.at}, ${each.who})` : "없음");
const clashed = (each) => `${each.number}회차 ${named(each.enrollment)}: 지금은 ${told(each.stands)}, 다른 기록은 ${told(each.waits)}`;
const refusal = (each) =>
  `${each.number}회차 ${named(each.enrollment)}: ${new Map(kept.marks).get(each.mark)}(${clock(each.at)}, ${each.by.name}) – ${each.why}`;

// Those who are in the course now; a row that stays keeps the focus.
function draw() {
  at("made").textContent = kept.made;
  const rows = new Map([...at("people").children].map((row) => [row.dataset.person, row]));
  const wanted = kept.people.map((each) => rows.get(`${each.enrollment}`) ?? drawn(each));
  for (const row of rows.values()) if (!wanted.includes(row)) row.remove();
  wanted.forEach((row, place) => {
    if (at("people").children[place] !== row) at("people").insertBefore(row, at("people").children[place] ?? null);
  });
}

function drawn({ enrollment, name }) {
  const item = document.createElement("li");
  const set = Object.assign(document.createElement("fieldset"), { id: `person-${enrollment}` });
  set.append(Object.assign(document.createElement("legend"), { textContent: name }));
  for (const [mark, word] of kept.marks) {
    const cell = Object.assign(document.createElement("div"), { className: "mark" });
    const id = `mark-${enrollment}-${mark}`;
    const input = Object.assign(document.createElement("input"), { type: "radio", name: `mark-${enrollment}`, id, value: mark });
    input.addEventListener("change", () => tap([[enrollment, mark]]));
    const label = Object.assign(document.createElement("label"), { htmlFor: id });
    label.append(word.slice(0, 2), document.createElement("wbr"), word.slice(2));
    cell.append(input, label);
    set.append(cell);
  }
  set.append(Object.assign(document.createElement("p"), { className: "waits" }));
  item.dataset.person = enrollment;
  item.append(set);
  return item;
}

// --- keeping and forgetting ---

async function keep() {
  if (!("serviceWorker" in navigator) || !("keeps" in main.dataset)) return;
  const url = location.pathname + location.search;
  await navigator.serviceWorker.register(main.dataset.worker, { scope: main.dataset.scope });
  await navigator.serviceWorker.ready;
  const cache = await caches.open("attendance");
  const parts = [...document.querySelectorAll("link[href^='/static/'], script[src]")].map((each) => each.href || each.src);
  for (const part of parts) if (!(await cache.match(part))) await cache.add(part);
  if (!navigator.serviceWorker.controller) await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  if (!(await cache.match(url))) await fetch(url); // through the worker, which keeps it
  main.dataset.kept = (await cache.match(url)) ? "yes" : "no";
}

async function forgetWhenDone() {
  const isLeft = (await queue.all()).some(isHere);
  if (isLeft || !kept.isOver || !self.caches) return;
  const cache = await caches.open("attendance");
  const wasKept = await cache.delete(location.href);
  const registered = await navigator.serviceWorker.getRegistration(location.href);
  await registered?.unregister();
  if (wasKept) at("network").append(" 수업이 끝나 이 기기에 둔 명단을 지웠습니다.");
}

// What was told just now stands in the kept page, too, for when it is opened again without a network.
async function rewrite() {
  const cache = await self.caches?.open("attendance");
  const page = await cache?.match(location.href);
  if (!page) return;
  const data = JSON.stringify(kept).replaceAll("<", "\\u003c");
  const text = (await page.text()).replace(/(id="kept">).*?(<\/script>)/s, (_, before, after) => before + data + after);
  await cache.put(location.href, new Response(text, { headers: page.headers }));
}

async function forgetAfterADay() {
  const page = await self.caches?.match(location.href);
  const since = Number(page?.headers.get("x-kept-at") ?? performance.timeOrigin);
  if (Date.now() - since < DAY) return;
  await self.caches?.delete("attendance");
  at("people").replaceChildren();
  at("kept").remove();
  location.reload();
}

async function start() {
  queue = await Queue.open();
  draw();
  for (const id of ["tools", "people", "device"]) at(id).hidden = false;
  at("device-name").value = localStorage.getItem("attendance-device") ?? `휴대전화 ${100 + Math.floor(Math.random() * 900)}`;
  at("device-name").addEventListener("change", () => localStorage.setItem("attendance-device", at("device-name").value));
  localStorage.setItem("attendance-device", at("device-name").value);
  at("everybody").addEventListener("click", everybody);
  at("undo").addEventListener("click", undo);
  at("send").addEventListener("click", send);
  at("whose").querySelector("button").addEventListener("click", takeOver);
  at("refused").querySelector("button").addEventListener("click", async () => {
    await queue.change([], (await queue.all()).filter((each) => isHere(each) && each.why).map((each) => each.key));
    await send();
  });
  addEventListener("online", send);
  addEventListener("offline", () => say("연결되지 않았습니다. 적은 것은 이 기기에 남아 있고, 연결되면 보냅니다."));
  addEventListener("visibilitychange", () => document.hidden || forgetAfterADay());
  setInterval(forgetAfterADay, 60_000);
  await show();
  keep().catch(() => { main.dataset.kept = "no"; });
  await send();
}

start();
