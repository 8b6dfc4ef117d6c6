// Folds the spans below one away, and out again.
const rows = [...document.querySelectorAll('.row')];
const depth = row => Number(row.dataset.depth);

for (const button of document.querySelectorAll('.fold')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    button.ariaExpanded = String(button.ariaExpanded !== 'true');
    draw();
  });
}

function draw() {
  let folded = Infinity;
  for (const row of rows) {
    row.hidden = depth(row) > folded;
    if (row.hidden) continue;
    folded = row.querySelector('.fold')?.ariaExpanded === 'false' ? depth(row) : Infinity;
  }
}
