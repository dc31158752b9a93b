// The note of a sentence beside the sentence: on hover, on focus, on tap. Without it the number leads to the note below.
(() => {
  const card = document.createElement('div');
  card.className = 'card';
  card.id = 'card';
  card.hidden = true;
  card.setAttribute('role', 'note');
  document.querySelector('main').append(card);
  let owner = null;
  let timer = 0;

  function place(marker) {
    const box = marker.getBoundingClientRect();
    const width = card.offsetWidth;
    const left = Math.min(Math.max(box.left + box.width / 2 - width / 2, 8), document.documentElement.clientWidth - width - 8);
    const below = box.bottom + 6;
    const over = below + card.offsetHeight > innerHeight && box.top > card.offsetHeight + 6;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(over ? box.top - card.offsetHeight - 6 : below) + scrollY}px`;
  }

  function show(marker) {
    clearTimeout(timer);
    if (owner === marker) return;
    hide();
    const note = document.querySelector(marker.hash);
    if (!note) return;
    card.replaceChildren(...[...note.childNodes].filter((one) => !(one.className === 'back')).map((one) => one.cloneNode(true)));
    const report = document.createElement('a');
    const sentence = marker.previousElementSibling;
    const option = sentence && document.querySelector(`#sentence option[value="${CSS.escape(sentence.id)}"]`);
    if (option) {
      report.href = '#report';
      report.className = 'wrong';
      report.textContent = 'Report this sentence';
      report.onclick = () => { option.selected = true; hide(); };
      card.append(report);
    }
    if (sentence) sentence.classList.add('lit');
    marker.setAttribute('aria-describedby', 'card');
    owner = marker;
    card.hidden = false;
    place(marker);
  }

  function hide() {
    clearTimeout(timer);
    if (!owner) return;
    owner.removeAttribute('aria-describedby');
    if (owner.previousElementSibling) owner.previousElementSibling.classList.remove('lit');
    owner = null;
    card.hidden = true;
  }

  const later = (what, time) => { clearTimeout(timer); timer = setTimeout(what, time); };
  const marker = (event) => event.target.closest && event.target.closest('a.n');
  const mouse = matchMedia('(hover: hover)').matches;
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'mouse') return;
    const one = marker(event);
    if (one) later(() => show(one), 80);
    else if (owner && card.contains(event.target)) clearTimeout(timer);
    else if (owner) later(hide, 250);
  });
  document.addEventListener('focusin', (event) => {
    const one = marker(event);
    if (one) { if (one.matches(':focus-visible')) show(one); } else if (!card.contains(event.target)) hide();
  });
  document.addEventListener('click', (event) => {
    const one = marker(event);
    if (one && !mouse) {
      event.preventDefault();
      if (owner === one) hide(); else show(one);
    } else if (!card.contains(event.target)) hide();
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
  addEventListener('resize', hide);
})();
