"use strict";
(() => {
  // Letters that do not decompose, as the program folds them too.
  const letters = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th" };
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/[øłđðħıŧŋæœßþ]/g, (letter) => letters[letter]);
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  // A column whose values come again and again can be narrowed to one of them: from so many rows on, to so many values.
  const [fewestRows, mostValues] = [8, 60];
  const sections = [...document.querySelectorAll("main section")].map((section) => ({
    section,
    link: document.querySelector(`nav a[href="#${section.id}"]`)?.parentElement,
    selects: [],
    rows: [...section.querySelectorAll("tbody tr")].map((row) => ({ row, text: fold(row.textContent + " " + section.querySelector("h2").textContent) })),
  }));
  const narrow = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let [count, isNarrow] = [0, words.length > 0];
    for (const { section, link, rows, selects } of sections) {
      const chosen = selects.filter(({ select }) => select.selectedIndex > 0);
      isNarrow ||= chosen.length > 0;
      let here = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word))
          || !chosen.every(({ nth, select }) => row.cells[nth].textContent === select.value);
        here += row.hidden ? 0 : 1;
      }
      // What a table is narrowed by stays in reach.
      section.hidden = here === 0 && chosen.length === 0;
      if (link) link.hidden = section.hidden;
      count += here;
    }
    found.textContent = isNarrow ? `${count} ${found.dataset.words}` : "";
  };
  search.addEventListener("input", narrow);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  for (const { section, rows, selects } of sections) {
    const filters = document.createElement("div");
    filters.className = "filters";
    [...section.querySelectorAll("thead th")].forEach((head, nth) => {
      const values = [...new Set(rows.map(({ row }) => row.cells[nth].textContent))];
      if (rows.length < fewestRows || values.length < 2 || values.length > Math.min(mostValues, rows.length / 2) || head.className) return;
      const select = document.createElement("select");
      select.append(new Option(found.dataset.all), ...values.sort(order.compare).map((value) => new Option(value || "–", value)));
      select.addEventListener("change", narrow);
      const label = document.createElement("label");
      label.append(head.textContent, " ", select);
      filters.append(label);
      selects.push({ nth, select });
    });
    if (selects.length) section.querySelector("table").parentElement.before(filters);
  }
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
