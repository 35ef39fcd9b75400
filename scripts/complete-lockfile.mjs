// Names in package-lock.json the optional platform packages that a partial registry mirror left out when the lockfile
// was made: without them `npm ci` refuses the lockfile on every machine. Run after each `npm install`.
//
// What a platform package needs to be passed over elsewhere is its os and cpu, which its name tells.
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const CPU = {
  arm: 'arm',
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
};

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const own = `node_modules/${name}`;
    if (lock.packages[own] || lock.packages[`${path}/${own}`]) continue;
    const parts = name.split(/[/-]/);
    const os = parts.find((part) => OS.includes(part));
    const cpu = CPU[parts.find((part) => part in CPU)];
    if (!os || !cpu) throw new Error(`${name}: its name does not tell its platform; add it by hand`);
    const libc =
      parts.includes('musl') || parts.includes('musleabihf')
        ? 'musl'
        : parts.includes('gnu')
          ? 'glibc'
          : undefined;
    lock.packages[own] = {
      version,
      cpu: [cpu],
      ...(entry.dev ? { dev: true } : {}),
      ...(os === 'linux' && libc ? { libc: [libc] } : {}),
      optional: true,
      os: [os],
    };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'complete' : `added ${added.join(', ')}`);
