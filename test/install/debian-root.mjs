// A Debian of its own in a folder, with nothing in it but what every Debian has.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../package/command.mjs';

/** Where the machine gets Debian's packages from: its own settings, which no file repeats. */
const sourceFormat = '$(ORIGIN) $(RELEASE) $(COMPONENT) $(REPO_URI)';

/** @typedef {{ suite: string, component: string, mirror: string }} Source */

/** @returns {Source[]} */
function debianSources() {
  const listed = run('apt-get', ['indextargets', '--format', sourceFormat, 'Created-By: Packages']);
  return listed.split('\n').flatMap((line) => {
    const [origin = '', suite = '', component = '', mirror = ''] = line.split(' ');
    return origin === 'Debian' ? [{ suite, component, mirror }] : [];
  });
}

/** The person who works in there, an ordinary user. */
export const person = { name: 'person', id: 1000 };

/** What is mounted where a program expects a kernel, and then what runs there. */
const inside = `
root=$1; shift
mount --make-rprivate /
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir -p "$root/dev/shm" "$root/dev/pts" "$root/tmp/.X11-unix"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
[ ! -d /tmp/.X11-unix ] || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
[ "$AIRLOCK_NETWORK" = yes ] || ip link set lo up
chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
exit $?
`;

/**
 * A Debian in a folder. What runs in it has processes and mounts of its own, and, unless it says so, a
 * network of its own.
 */
export class DebianRoot {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Makes one in `folder`: Debian's required packages and apt, and a person. Takes a minute, and needs root
   * and the machine's own source of packages. `suite`: another release than the machine's own.
   * @param {string} folder
   * @param {string | undefined} suite
   */
  static make(folder, suite) {
    const own = debianSources();
    const [first] = own.filter((source) => source.component === 'main' && !source.suite.includes('-'));
    if (first === undefined)
      throw new Error('The sources of this machine name no Debian: there is none to make.');
    const sources = own.map((source) => ({
      ...source,
      suite: source.suite.replace(first.suite, suite ?? first.suite),
    }));
    const main = { ...first, suite: suite ?? first.suite };
    run('debootstrap', ['--variant=minbase', main.suite, folder, main.mirror]);
    const lines = sources.map(({ suite, component, mirror }) => `deb ${mirror} ${suite} ${component}\n`);
    writeFileSync(join(folder, 'etc/apt/sources.list'), lines.join(''));
    // A mirror that keeps old days, or is reached by a proxy, is so in there too.
    const settings = run('apt-config', ['dump'])
      .split('\n')
      .filter((line) => /^Acquire::(?:Check-|https?::).* "[^"]+";$/.test(line));
    writeFileSync(join(folder, 'etc/apt/apt.conf.d/90machine'), `${settings.join('\n')}\n`);
    cpSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'), { dereference: true });
    const made = new DebianRoot(folder);
    made.run(['useradd', '--create-home', '--uid', String(person.id), person.name]);
    made.run(['apt-get', '-qq', 'update'], { network: true });
    return made;
  }

  /**
   * Runs something in there to its end; returns what it wrote. Throws an Error with that where it fails.
   * @param {readonly string[]} command
   * @param {{ network?: boolean, as?: 'root' | 'person', env?: Record<string, string> }} [options]
   */
  run(command, options = {}) {
    const { args, env } = this.entering(command, options);
    const { status, stdout, stderr } = spawnSync('unshare', args, {
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    return stdout;
  }

  /**
   * Starts something in there, which goes on.
   * @param {readonly string[]} command
   * @param {{ network?: boolean, as?: 'root' | 'person', env?: Record<string, string> }} [options]
   */
  start(command, options = {}) {
    const { args, env } = this.entering(command, options);
    return spawn('unshare', args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /**
   * @param {readonly string[]} command
   * @param {{ network?: boolean, as?: 'root' | 'person', env?: Record<string, string> }} options
   */
  entering(command, { network = false, as = 'root', env = {} }) {
    const become = ['setpriv', `--reuid=${person.id}`, `--regid=${person.id}`, '--init-groups'];
    const own = [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--ipc',
      '--uts',
      ...(network ? [] : ['--net']),
    ];
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const home = as === 'person' ? `HOME=/home/${person.name}` : 'HOME=/root';
    return {
      args: [
        ...own,
        ...['sh', '-c', inside, 'inside', this.folder, home, ...variables],
        ...(as === 'person' ? become : []),
        ...command,
      ],
      env: { ...process.env, AIRLOCK_NETWORK: network ? 'yes' : 'no' },
    };
  }

  /**
   * Lays files into its folder `/packages`, and returns their paths in there.
   * @param {readonly string[]} files
   */
  lay(files) {
    mkdirSync(join(this.folder, 'packages'), { recursive: true });
    return files.map((file) => {
      const at = join('/packages', file.slice(file.lastIndexOf('/') + 1));
      cpSync(file, join(this.folder, at));
      return at;
    });
  }
}
