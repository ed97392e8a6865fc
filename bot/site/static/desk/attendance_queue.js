// What was tapped and isn't answered yet, in this browser's own database: ids, marks and times, and nobody's name.
"use strict";

class Queue {
  static async open() {
    const asked = indexedDB.open("attendance", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "key" });
    return new Queue(await settled(asked));
  }

  constructor(database) {
    this.database = database;
  }

  // In the order in which it was tapped.
  async all() {
    const found = await settled(this.database.transaction("entries").objectStore("entries").getAll());
    return found.sort((one, other) => one.place - other.place);
  }

  // All of it or nothing.
  async change(put, removed = []) {
    const writing = this.database.transaction("entries", "readwrite", { durability: "strict" });
    const store = writing.objectStore("entries");
    for (const key of removed) store.delete(key);
    for (const each of put) store.put(each);
    await new Promise((resolve, reject) => {
      writing.oncomplete = resolve;
      writing.onerror = writing.onabort = () => reject(writing.error);
    });
  }
}

function settled(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}
