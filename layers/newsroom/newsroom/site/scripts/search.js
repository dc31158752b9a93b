// Searches the archive month by month: first a month's words, then only the days that have them all.
(() => {
  const LEFT_OUT = new Set('a an and as at by for from in into is it its of on or over the to with'.split(' '));
  const MARKS = '0123456789abcdefghijklmnopqrstuv';
  const ENOUGH = 20;
  const at = (id) => document.getElementById(id);
  const fold = (text) => (text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) || [])
    .filter((word) => !LEFT_OUT.has(word));
  const get = async (path) => {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(path);
    return answer.json();
  };
  // "Tariffs" also finds "tariff"; the last letters of a word need not be typed.
  const stem = (word) => (word.length > 3 ? word.replace(/s$/, '') : word);

  async function* stories(terms) {
    for (const month of Object.keys((await get('/archive/months.json')).months).sort().reverse()) {
      const folder = `/archive/${month.replace('-', '/')}/`;
      const words = Object.entries((await get(`${folder}words.json`)).words);
      const days = [...MARKS].reverse().filter((mark) =>
        terms.every((term) => words.some(([word, marks]) => word.startsWith(term) && marks.includes(mark))));
      for (const mark of days) {
        const day = String(MARKS.indexOf(mark)).padStart(2, '0');
        for (const story of (await get(`${folder}${day}/stories.json`)).stories) {
          const own = fold([story.headline, story.country, story.desk, ...story.subjects].join(' '));
          if (terms.every((term) => own.some((word) => word.startsWith(term)))) yield story;
        }
      }
    }
  }

  function shown(story) {
    const line = document.createElement('li');
    const link = document.createElement('a');
    const more = document.createElement('span');
    link.href = `/story/${story.slug}/`;
    link.textContent = story.headline;
    more.className = 'due';
    const told = [story.at.slice(0, 10), story.country, story.label];
    more.textContent = ` ${told.filter(Boolean).join(' · ')}`;
    line.append(link, more);
    return line;
  }

  let asked = 0;
  async function search(question) {
    const turn = ++asked;
    const terms = fold(question).map(stem);
    at('found').replaceChildren();
    at('older').hidden = true;
    if (!terms.length) return;
    at('told').textContent = 'Searching …';
    const found = stories(terms);
    const more = async () => {
      at('older').hidden = true;
      try {
        for (let count = 0; count < ENOUGH; count += 1) {
          const next = await found.next();
          if (turn !== asked) return;
          if (next.done) {
            const all = at('found').childElementCount;
            at('told').textContent = all ? `${all} found: that is all.` : 'No story has all of these words.';
            return;
          }
          at('found').append(shown(next.value));
        }
        at('told').textContent = `${at('found').childElementCount} found so far, the newest first.`;
        at('older').hidden = false;
      } catch {
        at('told').textContent = 'The lists could not be read. Please try again.';
      }
    };
    at('older').onclick = more;
    await more();
  }

  at('q').value = new URLSearchParams(location.search).get('q') || '';
  document.querySelector('.search').addEventListener('submit', (event) => {
    event.preventDefault();
    history.replaceState(null, '', `?q=${encodeURIComponent(at('q').value)}`);
    search(at('q').value);
  });
  search(at('q').value);
})();
