import { expect, test } from 'vitest';
import { cardPage, cardStyle } from '../../../main/desktop/card-page';
import type { ShareCard } from '../../../main/offline/custodian/share-card';
import { parseShare } from '../../../shared/share/share';
import { cardGroups, cardQrText, parseCard } from '../../../shared/share/share-card';

const share = parseShare('a7'.repeat(33));
const card: ShareCard = {
  groups: cardGroups(share),
  qrText: cardQrText(share),
  cluster: 'prod-eu <script>alert(1)</script> & "sons"',
  custodian: 'Ada',
  words: 'amazing water cargo film ticket online',
  station: 'Laptop 2',
  length: 33,
  x: 0xa7,
  made: '2026-11-22T09:14:00.000Z',
  rehearsal: false,
};

test('a share card has every group in order, marked SECRET, so that it can be typed back from the page', () => {
  const page = cardPage(card);
  expect(page).toContain('>SECRET<');
  const typed = [...page.matchAll(/<li>(.*?)<\/li>/g)].map(([, group]) =>
    (group ?? '').replace(/<[^>]*>/g, ''),
  );
  expect(parseCard(typed.join('\n')).bytes).toEqual(share.bytes);
});

test('a share card names server, custodian, x-coordinate and day, whatever characters they have', () => {
  const page = cardPage(card);
  for (const fact of ['Ada', card.words, 'x-coordinate 167', '2026-11-22', 'Laptop 2'])
    expect(page).toContain(fact);
  expect(page).toContain('prod-eu &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;sons&quot;');
  expect(page).not.toContain('<script');
  expect(cardPage({ ...card, length: 32, x: null })).toContain('32 bytes, the whole key');
});

test('a share card of a rehearsal says so', () => {
  expect(cardPage(card)).not.toContain('Rehearsal');
  expect(cardPage({ ...card, rehearsal: true })).toContain('Rehearsal');
});

test('a share card loads nothing but its own style sheet', () => {
  expect([...cardPage(card).matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)).toEqual(['card.css']);
  expect(cardStyle).not.toMatch(/url\(|@import|@font-face/);
});
