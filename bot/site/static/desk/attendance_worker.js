// Keeps the page on which attendance is marked, so that it opens without a network: for a day at most, and only where
// the service says so. It serves that page and what the page is made of, and nothing else.
"use strict";

const CACHE = "attendance";
const KEPT_AT = "x-kept-at";
const DAY = 24 * 60 * 60 * 1000;
const PATIENCE = 5000; // milliseconds that a weak network has, where there is a kept page
const NONE = `<!DOCTYPE html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>출석부가 없습니다</title><main><h1>이 기기에 둔 출석부가 없습니다</h1>
<p>24시간이 지났거나, 모두 보낸 뒤에 지웠습니다. 보내지 못한 기록은 이 기기에 남아 있습니다.</p>
<p>네트워크가 되는 곳에서 다시 열어 주세요.</p></main></html>`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname === new URL(registration.scope).pathname) event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function page(request) {
  const kept = await keptPage(request.url);
  const fresh = fetched(request);
  if (!kept) return fresh.catch(none);
  const soon = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept.clone()));
  const answer = await Promise.race([fresh, soon]).catch(() => kept);
  return answer.status >= 500 ? kept : answer;
}

async function fetched(request) {
  const answer = await fetch(request);
  const cache = await caches.open(CACHE);
  if (answer.ok && answer.headers.has("x-keep")) await cache.put(request.url, stamped(answer.clone()));
  if (answer.status === 403 || answer.status === 404) await cache.delete(request.url);
  return answer;
}

function stamped(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("content-length"); // its page is rewritten
  headers.set(KEPT_AT, String(Date.now()));
  return new Response(answer.body, { status: 200, headers });
}

// What is older than a day goes, of other courses too.
async function keptPage(url) {
  const cache = await caches.open(CACHE);
  for (const each of await cache.keys()) {
    const at = Number((await cache.match(each))?.headers.get(KEPT_AT) ?? Infinity);
    if (Date.now() - at > DAY) await cache.delete(each);
  }
  return cache.match(url);
}

async function part(request) {
  return (await caches.match(request.url, { cacheName: CACHE })) ?? fetch(request);
}

function none() {
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" };
  return new Response(NONE, { status: 503, headers });
}
