"use strict";
(() => {
  // Letters that do not decompose, as the program folds them too.
  const letters = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th" };
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[øłđðħıŧŋæœßþ]/g, (letter) => letters[letter]);
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const sections = [...document.querySelectorAll("main section")].map((section) => ({
    section,
    link: document.querySelector(`nav a[href="#${section.id}"]`).parentElement,
    rows: [...section.querySelectorAll("tbody tr")].map((row) => ({ row, text: fold(row.textContent + " " + section.querySelector("h2").textContent) })),
  }));
  search.addEventListener("input", () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { section, link, rows } of sections) {
      let here = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        here += row.hidden ? 0 : 1;
      }
      section.hidden = link.hidden = here === 0;
      count += here;
    }
    found.textContent = words.length ? `${count} ${found.dataset.words}` : "";
  });
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, nth) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const sign = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
        const text = (row) => row.cells[nth].textContent;
        // What is not known comes last, whichever way.
        const rows = [...body.rows].sort((one, other) => {
          const [left, right] = [text(one), text(other)];
          if (left === "" || right === "") return (left === "") - (right === "");
          return sign * order.compare(left, right);
        });
        body.append(...rows);
      });
    });
  }
  document.getElementById("tools").hidden = false;
})();
