import { drawQr, svgPath, svgSide } from '../../shared/qr/draw';
import type { ShareCard } from '../offline/custodian/share-card';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const html = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * The page of a share card, for A4 and US Letter: one sheet, black on white, without scripts, pictures or
 * fonts from anywhere. A secret.
 */
export function cardPage(card: ShareCard): string {
  const qr = drawQr(card.qrText);
  const facts: readonly (readonly [string, string])[] = [
    ['Server', card.cluster],
    ['Custodian', card.custodian],
    ['Words of their key', card.words],
    ['This share', `${card.length} bytes${card.x === null ? ', the whole key' : `, x-coordinate ${card.x}`}`],
    ['Written on', `${card.made.slice(0, 10)}, by the clock of ${card.station}`],
  ];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Share card</title><link rel="stylesheet" href="card.css"></head>
<body>
<header><span class="mark">SECRET</span><h1>Key share</h1>${card.rehearsal ? '<span class="rehearsal">Rehearsal</span>' : ''}</header>
<p class="lead">Whoever reads this sheet or photographs its code has this share, for good. Seal it in an envelope. After a rekey, destroy it.</p>
<section class="top">
<svg viewBox="0 0 ${svgSide(qr)} ${svgSide(qr)}" shape-rendering="crispEdges" role="img" aria-label="The share as a QR code"><rect width="100%" height="100%" fill="#fff"/><path d="${svgPath(qr)}" fill="#000"/></svg>
<dl>${facts.map(([name, value]) => `<dt>${html(name)}</dt><dd>${html(value)}</dd>`).join('')}</dl>
</section>
<h2>The same share, to type</h2>
<ol>${card.groups.map((group) => `<li><span>${html(group).replace(' ', '</span> <span>')}</span></li>`).join('')}</ol>
<p class="small">There is no I, L, O or U among these characters: what looks like one is 1, 1, 0 or V.</p>
<footer>
<p><b>To use it:</b> in Airlock, at “Enter your share”, choose “A share card”; scan the code or type the groups in order. It says which group has a typing error.</p>
<p><b>Without Airlock:</b> the code holds the share in hex, as <code>vault operator generate-root</code> and <code>bao operator generate-root</code> ask for it. Read it only on a machine that may see the share.</p>
<p class="by-hand"><span>Sealed by</span><span>On</span><span>Envelope</span></p>
</footer>
</body>
</html>
`;
}

/** The page's style sheet. Fonts are the system's own. */
export const cardStyle = `
@page { size: A4; margin: 16mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.45 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
header { display: flex; align-items: center; gap: 6mm; padding-bottom: 4mm; border-bottom: 1.2pt solid #000; }
h1 { font-size: 20pt; line-height: 1.1; margin: 0; font-weight: 650; }
h2 { font-size: 12pt; margin: 8mm 0 2mm; }
.mark { border: 2.4pt solid #000; border-radius: 2mm; padding: 1mm 4mm; font-weight: 800; font-size: 16pt; letter-spacing: 0.12em; }
.rehearsal { margin-left: auto; border: 1pt dashed #000; border-radius: 2mm; padding: 0.6mm 3mm; font-weight: 650; }
.lead { margin: 4mm 0 6mm; }
.top { display: flex; gap: 9mm; align-items: center; }
svg { flex: none; width: 56mm; height: 56mm; }
dl { margin: 0; min-width: 0; }
dt { color: #444; font-size: 9pt; margin-top: 2.4mm; }
dt:first-child { margin-top: 0; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-rows: repeat(5, auto); grid-auto-flow: column; grid-auto-columns: 1fr; column-gap: 10mm; counter-reset: group; }
li { counter-increment: group; display: flex; align-items: center; gap: 5mm; padding: 2mm 0; border-bottom: 0.4pt solid #999; font: 600 17pt/1.2 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; letter-spacing: 0.08em; break-inside: avoid; }
li::before { content: counter(group); flex: none; width: 8mm; height: 6mm; border: 0.6pt solid #666; border-radius: 3mm; font: 500 9pt/5.6mm system-ui, "DejaVu Sans", sans-serif; letter-spacing: 0; text-align: center; color: #444; }
.small { font-size: 9pt; color: #444; margin: 2mm 0 0; }
footer { margin-top: 7mm; padding-top: 3mm; border-top: 0.6pt solid #000; font-size: 10pt; }
footer p { margin: 0 0 2mm; }
code { font: 600 9.5pt ui-monospace, "DejaVu Sans Mono", Menlo, monospace; }
.by-hand { display: flex; gap: 8mm; margin-top: 9mm; }
.by-hand span { flex: 1; border-top: 0.6pt solid #000; padding-top: 1mm; font-size: 9pt; color: #444; }
`;
