// Draws what a SkillResponse 2.0 holds as KakaoTalk does on a phone, cut where KakaoTalk cuts.
"use strict";

// `words` are those of the page; `say` takes what a press says.
window.kakaoDrawing = (words, say) => {
  const LABEL = { vertical: 14, horizontal: 8, quick: 14 };
  const FOLD = 500;

  // --- pieces ---

  function make(tag, className, ...content) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...content.filter(Boolean)); // strings become text, never markup
    return made;
  }

  function cut(text, limit) {
    if (text.length <= limit) return text;
    return `${text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "")}…`;
  }

  function line(className, text, limit = Infinity) {
    return text && make("p", className, cut(text, limit));
  }

  function picture(className, url, alt = "") {
    const made = make("img", className);
    made.src = url;
    made.alt = cut(alt, 50);
    return made;
  }

  function link(url, className, ...content) {
    if (!/^https?:\/\//i.test(url)) return make("span", `${className} dead`, ...content);
    const made = make("a", className, ...content);
    made.href = url;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  function call(number, className, ...content) {
    const made = make("a", className, ...content);
    made.href = `tel:${number}`;
    return made;
  }

  function press(action, kind, className, ...content) {
    const made = make("button", className, ...content);
    made.type = "button";
    made.disabled = !["message", "block"].includes(action.action);
    made.addEventListener("click", () =>
      say({
        utterance: action.messageText || action.label,
        extra: action.extra ?? null,
        block: action.blockId ?? "",
        trigger: `${kind}_${action.action.toUpperCase()}`,
      }),
    );
    return made;
  }

  // What happens at a press: of a button, a quick reply or an item of a list.
  function way(action, kind, className, ...content) {
    if (action.action === "webLink") return link(action.webLinkUrl, className, ...content);
    if (action.action === "phone") return call(action.phoneNumber, className, ...content);
    return press(action, kind, className, ...content);
  }

  function buttons(card) {
    if (!card.buttons?.length) return "";
    const layout = card.buttonLayout ?? (card.thumbnail?.fixedRatio ? "horizontal" : "vertical");
    const each = (button) => way(button, "CARD_BUTTON", "button", cut(button.label, LABEL[layout]));
    return make("div", `buttons ${layout}`, ...card.buttons.map(each));
  }

  function web(target) {
    return target?.web ?? target?.mobile ?? target?.pc;
  }

  function thumbnail(thumb) {
    if (!thumb) return "";
    const shown = picture(thumb.fixedRatio ? "thumbnail square" : "thumbnail", thumb.imageUrl, thumb.altText);
    return web(thumb.link) ? link(web(thumb.link), "frame", shown) : shown;
  }

  function withLinks(text) {
    return text.split(/(https?:\/\/\S+)/i).map((part, at) => (at % 2 ? link(part, "", part) : part));
  }

  // --- kinds ---

  function simpleText({ text }) {
    const whole = cut(text, 1000);
    const shown = make("p", "words", ...withLinks(cut(whole, FOLD)));
    if (whole.length <= FOLD) return make("div", "bubble", shown);
    const unfold = make("button", "fold", words.fold);
    unfold.type = "button";
    unfold.addEventListener("click", () => {
      shown.replaceChildren(...withLinks(whole));
      shown.tabIndex = -1;
      shown.focus({ preventScroll: true });
      unfold.remove();
    });
    return make("div", "bubble folded", shown, unfold);
  }

  function simpleImage({ imageUrl, altText }) {
    return picture("image", imageUrl, altText);
  }

  function card(kind, ...content) {
    return make("div", `card ${kind}`, ...content);
  }

  function textCard(data, inCarousel) {
    const title = line("title", data.title, 50);
    const room = inCarousel ? 128 : 400 - (data.title ?? "").length;
    return card("text", make("div", "body", title, line("words", data.description, room)), buttons(data));
  }

  function basicCard(data) {
    const body = make("div", "body", line("title", data.title, 50), line("words", data.description, 230));
    return card("basic", thumbnail(data.thumbnail), body, buttons(data));
  }

  function listItem(item) {
    const text = make("span", "text", make("b", "", item.title), item.description && make("span", "", item.description));
    const content = [text, item.imageUrl && picture("small", item.imageUrl)];
    if (item.action === "block") return way({ ...item, messageText: item.title }, "LIST_ITEM", "row", ...content);
    if (item.action) return way({ ...item, label: item.title }, "LIST_ITEM", "row", ...content);
    return web(item.link) ? link(web(item.link), "row", ...content) : make("div", "row", ...content);
  }

  function listCard(data) {
    const rows = data.items.map((item) => make("li", "", listItem(item)));
    return card("list", line("head", data.header?.title), make("ul", "rows", ...rows), buttons(data));
  }

  function pair(item, titleLimit, textLimit) {
    return make("div", "pair", make("dt", "", cut(item.title, titleLimit)), make("dd", "", cut(item.description, textLimit)));
  }

  function imageTitle(data) {
    const text = make("div", "text", line("title", data.title), line("words", data.description));
    return make("div", "image-title", text, data.imageUrl && picture("small", data.imageUrl));
  }

  function profile(data) {
    return make("div", "profile", data.imageUrl && picture("", data.imageUrl), line("", data.title, 15));
  }

  function itemCard(data, inCarousel) {
    const room = (inCarousel ? 100 : 200) - (data.title ?? "").length;
    const summary = data.itemListSummary;
    return card(
      `item ${data.itemListAlignment === "right" ? "to-right" : ""}`,
      thumbnail(data.thumbnail),
      line("head", data.head?.title),
      data.profile && profile(data.profile),
      data.imageTitle && imageTitle(data.imageTitle),
      make("dl", "pairs", ...data.itemList.map((item) => pair(item, 6, Infinity))),
      summary && make("dl", "pairs summary", pair(summary, 6, 14)),
      data.title && make("div", "body", line("title", data.title), line("words", data.description, room)),
      buttons(data),
    );
  }

  function carouselHeader(data) {
    return card("opening", thumbnail(data.thumbnail), line("title", data.title), line("words", data.description));
  }

  function carousel({ type, header, items }) {
    const cards = items.map((item) => draw(type, item, true));
    const made = make("div", "carousel", header && carouselHeader(header), ...cards);
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", words.carousel);
    made.tabIndex = 0;
    return made;
  }

  const KINDS = { simpleText, simpleImage, textCard, basicCard, listCard, itemCard, carousel };

  function draw(kind, data, inCarousel = false) {
    if (!Object.hasOwn(KINDS, kind)) return make("p", "unknown", `${words.unknown}: ${kind}`);
    return KINDS[kind](data, inCarousel);
  }

  function quickReply(reply) {
    return way(reply, "QUICKREPLY_BUTTON", "pill", cut(reply.label, LABEL.quick));
  }

  return { make, draw, quickReply };
};
