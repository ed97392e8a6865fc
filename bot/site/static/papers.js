// Typing papers in: a complete sign goes on to the next question, Enter too, and a sheet that was begun stays in this tab.
"use strict";

const form = document.getElementById("papers");
const fields = [...form.querySelectorAll("li input")];
const place = `paper ${location.pathname}${location.search}`;

const goOn = (field) => {
  const next = fields[fields.indexOf(field) + 1];
  if (next) {
    next.focus();
    next.select();
    next.scrollIntoView({ block: "center" });
  } else {
    form.querySelector("button[type=submit]").focus();
  }
};

const signs = (field) => {
  const typed = field.value.trim();
  return field.dataset.many && field.dataset.longest !== "0" ? [...typed] : typed.split(/[\s,]+/);
};

const show = (field) => {
  const chosen = signs(field);
  for (const each of field.parentElement.querySelectorAll("[data-sign]")) {
    each.classList.toggle("chosen", chosen.includes(each.dataset.sign));
  }
};

const isComplete = (field) => {
  const { longest, most, many } = field.dataset;
  const typed = field.value.trim();
  if (!/^\d+$/.test(typed) || longest === "0") return false;
  if (typed.length >= Number(longest)) return true;
  return !many && most !== undefined && Number(typed) * 10 > Number(most) && typed !== "0";
};

const keep = () => {
  const typed = fields.filter((field) => field.value).map((field) => [field.id, field.value]);
  sessionStorage.setItem(place, JSON.stringify({ number: form.elements.number.value, typed }));
};

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field.dataset.longest !== undefined) {
    show(field);
    if (isComplete(field)) goOn(field);
  }
  keep();
});

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !fields.includes(event.target)) return;
  event.preventDefault();
  goOn(event.target);
});

form.addEventListener("submit", () => sessionStorage.removeItem(place));

const begun = JSON.parse(sessionStorage.getItem(place) ?? "null");
if (begun && begun.number === form.elements.number.value) {
  for (const [id, value] of begun.typed) document.getElementById(id).value = value;
}
for (const field of fields) show(field);
if (!form.querySelector(":focus")) (fields.find((field) => !field.value) ?? fields[0]).focus();
