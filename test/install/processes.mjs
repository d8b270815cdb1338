// The running processes of a program, as the system sees them.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * @typedef {object} Process
 * @property {number} id
 * @property {string[]} args
 * @property {string} type Chromium's name for what it is; '' for the program itself
 * @property {number} user
 * @property {number} seccomp 2 where a filter of system calls holds
 * @property {string} capabilities those that it has, in hex
 * @property {string} net its network, by the system's own number
 * @property {string} pid the processes that it sees, by the system's own number
 */

/**
 * All whose program lies in `folder`.
 * @param {string} folder
 * @returns {Process[]}
 */
export const processesOf = (folder) =>
  readdirSync('/proc').flatMap((id) => {
    try {
      // Chromium's children write theirs anew, with spaces.
      const args = readFileSync(`/proc/${id}/cmdline`, 'utf8').split(/[\0 ]/);
      if (!/^\d+$/.test(id) || !args[0]?.startsWith(`${folder}/`)) return [];
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      /** @param {string} name */
      const field = (name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
      return [
        {
          id: Number(id),
          args,
          type: args.find((arg) => arg.startsWith('--type='))?.slice('--type='.length) ?? '',
          user: Number(field('Uid')),
          seccomp: Number(field('Seccomp')),
          capabilities: field('CapEff'),
          net: readlinkSync(`/proc/${id}/ns/net`),
          pid: readlinkSync(`/proc/${id}/ns/pid`),
        },
      ];
    } catch {
      // It has ended meanwhile, or is none.
      return [];
    }
  });

/**
 * What is not as it has to be where a program's pages are in Chromium's sandbox, a sentence each.
 * @param {readonly Process[]} processes
 * @param {number} user who started it
 */
export function holesIn(processes, user) {
  const itself = processes.find(({ type, args }) => type === '' && args[0]?.endsWith('.bin'));
  const pages = processes.filter(({ type }) => type === 'renderer');
  if (itself === undefined) return ['The program does not run.'];
  if (pages.length === 0) return ['There is no process of a page.'];
  return [
    ...processes.flatMap((one) => [
      ...(one.user === user ? [] : [`${one.args.join(' ')} runs as user ${one.user}.`]),
      ...(one.args.includes('--no-sandbox') ? [`${one.args.join(' ')} was started without a sandbox.`] : []),
    ]),
    ...pages.flatMap((page) => [
      ...(page.seccomp === 2 ? [] : ['A page may make any system call.']),
      ...(page.pid === itself.pid ? ['A page sees the processes of others.'] : []),
      ...(page.net === itself.net ? ['A page has the network of the program.'] : []),
      ...(/^0+$/.test(page.capabilities) ? [] : [`A page has the capabilities ${page.capabilities}.`]),
    ]),
  ];
}
