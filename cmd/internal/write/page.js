
"use strict";
const find = (selector, root = document) => [...root.querySelectorAll(selector)];
const field = id => document.getElementById(id);
const items = find("article").flatMap(article => find(".quotations > li", article).map(item => ({ article, item, ...item.dataset })));

const count = new Map();
for (const { speaker } of items) count.set(speaker, (count.get(speaker) || 0) + 1);
for (const [speaker, n] of [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
  field("speaker").add(new Option(`${speaker} (${n})`, speaker));
}

function show() {
  const speaker = field("speaker").value;
  const words = field("words").value.toLowerCase();
  const confidence = Number(field("confidence").value);
  const kinds = new Set(find("input[name=kind]:checked").map(box => box.value));
  field("from").value = confidence;
  document.body.classList.toggle("plain", !field("names").checked);
  const filtered = speaker || words || confidence > 0 || kinds.size < 3;
  const kept = new Map(find("article").map(article => [article, new Set()]));
  let n = 0;
  for (const x of items) {
    const keep = (!speaker || x.speaker === speaker) && kinds.has(x.kind) && Number(x.confidence) >= confidence &&
      (!words || x.item.textContent.toLowerCase().includes(words));
    x.item.hidden = !keep;
    if (keep) {
      n++;
      kept.get(x.article).add(x.q);
    }
  }
  for (const [article, numbers] of kept) {
    article.hidden = filtered && numbers.size === 0;
    for (const mark of find(".text [data-q]", article)) {
      mark.classList.toggle("off", !mark.dataset.q.split(" ").some(q => numbers.has(q)));
    }
  }
  field("count").value = n === 1 ? "1 quotation" : `${n} quotations`;
}

for (const { article, item, q } of items) {
  item.addEventListener("click", () => {
    for (const mark of find(".shown")) mark.classList.remove("shown");
    const marks = find(".text [data-q]", article).filter(mark => mark.dataset.q.split(" ").includes(q));
    for (const mark of marks) mark.classList.add("shown");
    if (marks.length > 0) marks[0].scrollIntoView({ behavior: "smooth", block: "center" });
  });
}
field("filters").addEventListener("input", show);
field("filters").addEventListener("submit", event => event.preventDefault());
field("filters").hidden = false;
show();
