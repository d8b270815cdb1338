import type { Geometry } from './drawing';

const LIGHT = `--ground:#f4f5f3;--panel:#fff;--ink:#1b2420;--soft:#55615a;--line:#d9deda;--edge:#7c8781;--accent:#0b6b53;--accent-soft:#e3f1ec;--on-accent:#fff;
--secret:#7d5100;--secret-soft:#fdf3dd;--alarm:#a3231d;--alarm-soft:#fdeceb;--on-alarm:#fff;--rehearsal:#5b3fa8;--rehearsal-soft:#ece7fa;--gap:#e8ecef;--idle:#cfd6d2;--busy:#93a29a`;

const DARK = `--ground:#141a17;--panel:#1c2420;--ink:#e9efeb;--soft:#a2aea7;--line:#303a35;--edge:#76837c;--accent:#5cc9a7;--accent-soft:#1d3a31;--on-accent:#10211b;
--secret:#f0c060;--secret-soft:#332a17;--alarm:#ff9c95;--alarm-soft:#40201e;--on-alarm:#2a0f0d;--rehearsal:#c3b2f7;--rehearsal-soft:#2e2650;--gap:#26302f;--idle:#39443f;--busy:#6d7b74`;

const PAGE = `*{box-sizing:border-box}
html{background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,Inter,"Segoe UI",sans-serif;-webkit-text-size-adjust:100%}
body{margin:0}
main{max-width:1200px;margin:0 auto;padding:40px 32px 64px}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0}
h1{font-size:34px;line-height:1.2;font-weight:680;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{font-size:22px;line-height:1.3;font-weight:660;letter-spacing:-.005em}
h3{font-size:17px;font-weight:650;margin-top:28px}
section{margin-top:48px}
.soft,.lead,.kind{color:var(--soft)}
.lead{max-width:74ch;margin-top:6px}
.mono,code,pre{font-family:ui-monospace,"JetBrains Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:16px;letter-spacing:-.02em}
.mono{overflow-wrap:anywhere}
.words{font-weight:650}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.bar{position:sticky;top:0;z-index:3;display:flex;flex-wrap:wrap;gap:4px 28px;align-items:center;min-height:52px;padding:8px 32px;background:var(--panel);border-bottom:1px solid var(--line)}
.pill{padding:2px 14px;border-radius:99px;background:var(--rehearsal-soft);color:var(--rehearsal);font-weight:650}
.rehearsal{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:center;margin-top:20px;padding:14px 24px;border-radius:12px;border:2px solid var(--rehearsal);background:var(--rehearsal-soft);color:var(--rehearsal)}
.rehearsal b{font-size:34px;line-height:1.2;letter-spacing:.12em;font-weight:750}
.rehearsal span{flex:1 1 22em}
.watermark{display:none}
.verdict{margin-top:28px;padding:24px 28px;border-radius:12px;background:var(--panel);border:1px solid var(--line);border-left:8px solid var(--accent)}
.verdict.caution{border-left-color:var(--secret)}
.verdict.alarm{border:2px solid var(--alarm);border-left-width:8px;background:var(--alarm-soft)}
.verdict h2{display:flex;gap:12px;align-items:baseline}
.verdict h2 .sign{flex:none;width:32px;height:32px;border-radius:32px;text-align:center;line-height:32px;font-size:18px;font-weight:750;background:var(--accent);color:var(--on-accent)}
.verdict.caution h2 .sign{background:var(--secret);color:var(--panel)}
.verdict.alarm h2{color:var(--alarm)}
.verdict.alarm h2 .sign{background:var(--alarm);color:var(--on-alarm)}
.verdict>ul{margin-top:10px;padding-left:62px}
.verdict.alarm>ul{font-weight:600}
.verdict li+li{margin-top:4px}
.steps{list-style:none;padding:0;margin-top:18px}
.steps li{display:grid;grid-template-columns:32px 11em minmax(0,1fr);column-gap:12px;padding:7px 0;border-top:1px solid var(--line)}
.verdict.alarm .steps li{border-top-color:var(--alarm)}
.steps .mark{text-align:center;font-weight:750;color:var(--soft)}
.steps .done .mark{color:var(--accent)}
.steps .missing .mark,.steps .missing b,.steps .missing .text{color:var(--alarm)}
.steps .text{grid-column:3;overflow-wrap:anywhere}
.remarks{list-style:none;padding:0;margin-top:12px}
.remarks li{padding:8px 16px;border-left:4px solid var(--secret);background:var(--panel);margin-top:6px;overflow-wrap:anywhere}
.remarks .soft{white-space:nowrap}
dl{margin-top:12px}
dl>div{display:grid;grid-template-columns:11em minmax(0,1fr);column-gap:24px;padding:6px 0}
dt{color:var(--soft)}
dd{overflow-wrap:anywhere}
.tasks,.learners{padding-left:20px}
.wide{position:relative;overflow-x:auto;margin-top:16px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:9px 14px 9px 0;border-bottom:1px solid var(--line)}
th{font-weight:650}
thead th{color:var(--soft);font-weight:600;vertical-align:bottom}
td,th{overflow-wrap:anywhere}
.role{min-width:7em}
.people th,.people td,.stations td,.lines td{min-width:6em}
.people th[scope=row],.stations th[scope=row]{min-width:8em}
.people .words,.stations .words,.lines td:last-child{min-width:12em}
.timeline .what{min-width:17em}
.uncut{white-space:nowrap}
.half{display:block;white-space:nowrap}
.tag{display:inline-block;padding:0 10px;border-radius:8px;background:var(--alarm-soft);color:var(--alarm);font-weight:600}
.ok,.bad{margin-top:12px;padding:14px 20px;border-radius:12px;background:var(--accent-soft)}
.ok b{color:var(--accent)}
.bad{background:var(--alarm-soft)}.bad b{color:var(--alarm)}
.findings{margin-top:12px;padding-left:22px;overflow-wrap:anywhere}
h3+p,pre+p{margin-top:10px}
pre{margin-top:10px;padding:14px 18px;border-radius:9px;background:var(--panel);border:1px solid var(--line);overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(148px,1fr));gap:20px 16px;margin-top:16px}
figure img{display:block;width:148px;max-width:100%;height:auto;background:#fff;border:1px solid var(--line);border-radius:9px;padding:6px}
figcaption{margin-top:6px;line-height:1.35;overflow-wrap:anywhere}
figcaption b,figcaption .soft{display:block}
summary{cursor:pointer;margin-top:8px;color:var(--accent);font-weight:600}
summary:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:4px}
.legend{display:flex;flex-wrap:wrap;gap:4px 24px;list-style:none;padding:0;margin-top:14px}
.legend li{display:flex;gap:6px;align-items:center}
.alive-sample{width:28px;height:26px;background:var(--secret-soft);border-left:6px solid var(--secret)}
.timeline{border:1px solid var(--line);background:var(--panel)}
.timeline th,.timeline td{padding:7px 14px 7px 0;border-bottom:0}
.timeline thead th{background:var(--panel);border-bottom:1px solid var(--line);padding-bottom:10px}
.timeline .drawing{position:relative;padding:0}
.timeline thead .drawing{height:190px}
.timeline td.what{padding-top:6px;padding-bottom:6px;height:56px;vertical-align:middle}
.timeline td.time{padding-left:14px;padding-right:20px;white-space:nowrap;vertical-align:middle;font-variant-numeric:tabular-nums;color:var(--soft);border-left:6px solid transparent}
.timeline th.time{padding-left:20px;white-space:nowrap}
.timeline .day{display:block}
.timeline p{line-height:1.35}
.timeline .soft{overflow-wrap:anywhere}
.timeline .moment{font-weight:650}
.timeline .type::first-letter{text-transform:uppercase}
.timeline .type{display:inline-block;color:var(--accent);margin-right:4px}
.timeline .alive{background:var(--secret-soft)}
.timeline .alive td.time{border-left-color:var(--secret)}
.timeline .alarming .what p:first-child,.timeline .found{color:var(--alarm);font-weight:650}
.timeline tbody tr+tr .what{border-top:1px solid var(--line)}
.heads{position:absolute;inset:0}
.lane-head{position:absolute;bottom:10px;max-height:172px;writing-mode:vertical-rl;text-orientation:sideways;transform:translateX(-50%) rotate(180deg);white-space:nowrap;overflow:hidden;text-overflow:ellipsis;line-height:1.2}
.lane-head b,.lane-head span{display:block;overflow:hidden;text-overflow:ellipsis}
.lane-head b{color:var(--ink)}
.lane-head span{color:var(--soft);font-weight:400}
.gap-head{letter-spacing:.1em;font-weight:600}
.g{position:absolute;inset:0;width:100%;height:calc(100% + 1px);overflow:hidden}
.at{overflow:visible}
.sample{flex:none;overflow:visible}
.gap{fill:var(--gap)}
.idle{stroke:var(--idle);stroke-width:1.5}
.busy{stroke:var(--busy);stroke-width:4}
.arrow{stroke:var(--accent);stroke-width:2.5;fill:none}
.stub{stroke-dasharray:5 4}
.alarming .arrow,.alarming .end{stroke:var(--alarm)}
.alarming .head,.alarming .tail{fill:var(--alarm)}
.head,.tail{fill:var(--accent)}
.end{stroke:var(--accent);stroke-width:2.5}
.unsigned{stroke:var(--alarm);stroke-width:2.5;stroke-dasharray:2 4}
.dot{fill:var(--panel);stroke:var(--soft);stroke-width:3}
.step{fill:var(--panel);stroke:var(--accent);stroke-width:4}
.count{fill:var(--accent);stroke:var(--panel);stroke-width:2}
.count-text{fill:var(--on-accent);font-size:16px;font-weight:650;text-anchor:middle}
.token{fill:var(--secret);stroke:var(--panel);stroke-width:2}
.revoked{fill:var(--accent);stroke:var(--panel);stroke-width:2}
.tick{stroke:var(--on-accent);stroke-width:2.6;fill:none;stroke-linecap:round;stroke-linejoin:round}
.destroyed{fill:var(--panel);stroke:var(--ink);stroke-width:2.5}
.cross{stroke:var(--ink);stroke-width:2.5;stroke-linecap:round}
.alarm-mark{fill:var(--alarm);stroke:var(--panel);stroke-width:2}
.bang{stroke:var(--on-alarm);stroke-width:3}
@media screen and (max-width:760px){main{padding:24px 16px 48px}.bar{padding:8px 16px}dl>div{grid-template-columns:minmax(0,1fr)}.steps .text{grid-column:2}.steps li{grid-template-columns:24px minmax(0,1fr)}.steps .mark{text-align:left}.verdict{padding:18px}.verdict>ul{padding-left:20px}}
`;

const PRINT = `html{background:#fff;font-size:13px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0}
.bar{position:static;padding:0 0 8px;min-height:0;border-bottom:1px solid var(--line)}
h1{font-size:26px;margin-top:0}h2{font-size:17px}h3{font-size:14px}
.kind{margin-top:16px}
section{margin-top:26px}
h2,h3,.lead,.legend{break-after:avoid}
tr,li,.lead,.legend,figure,dl>div,.verdict,pre,.ok,.bad{break-inside:avoid}
.mono,code,pre{font-size:12px}
.wide{overflow:visible}
.rehearsal{padding:8px 16px}.rehearsal b{font-size:28px}
.verdict{padding:14px 18px}
th,td{padding:5px 10px 5px 0}
.timeline .what p{line-height:1.3}
.timeline{background:none}.timeline thead th{background:none}.timeline thead{display:table-header-group}
.timeline thead .drawing{height:150px}
.lane-head{max-height:136px;line-height:1.1}
.timeline td.what{height:40px;padding-top:3px;padding-bottom:3px}
.timeline td.time{padding-left:8px;padding-right:10px}.timeline th.time{padding-left:14px}
.count-text{font-size:14px}
.codes{grid-template-columns:repeat(6,1fr);gap:12px}
figure img{width:100%}
#lines,section:has(>#lines){display:none}
.watermark{display:block;position:fixed;z-index:-1;left:0;right:0;top:42%;text-align:center;font-size:104px;font-weight:800;letter-spacing:.08em;color:var(--rehearsal);opacity:.1;transform:rotate(-35deg)}`;

/** Distances between lanes in px: as many lanes as there are share `room`, down to `least`. */
const SCREEN = { lane: 62, room: 540, least: 22 };
const NARROW = { lane: 26, room: 240, least: 20 };
const PAPER = { lane: 30, room: 300, least: 12 };
/** Where a lane is narrower, its head has room for one line only. */
const TWO_LINES = 29;

/** The page's one style sheet. `words`: of the ceremony, from the word list or ''. */
export function pageStyle(
  { units, x, gap }: Geometry,
  { rehearsal, words }: { readonly rehearsal: boolean; readonly words: string },
): string {
  const drawing = ({ lane, room, least }: typeof SCREEN): string => {
    const pitch = Math.max(Math.min(lane, room / units), least);
    const width = `${Math.round(pitch * Math.max(units, 2))}px`;
    return `.timeline .drawing{width:${width};min-width:${width}}${pitch < TWO_LINES ? '.lane-head b+span{display:none}' : ''}`;
  };
  const heads = x.map((at, lane) => `.lane-${lane}{left:${at}%}`).join('');
  const footer = ['Airlock', words, rehearsal ? 'REHEARSAL' : ''].filter((part) => part !== '').join(' · ');
  return `:root{color-scheme:light dark;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
${PAGE}${heads}${gap ? `.gap-head{left:${gap.x + gap.width / 2}%}` : ''}
@media screen{${drawing(SCREEN)}}
@media screen and (max-width:760px){${drawing(NARROW)}}
@page{size:A4;margin:14mm 13mm 16mm;@bottom-left{content:"${footer}";font:9pt sans-serif;color:#55615a}@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif;color:#55615a}}
@media print{${PRINT}
${drawing(PAPER)}}`;
}
