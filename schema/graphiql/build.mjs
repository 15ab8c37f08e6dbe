// Builds dist/ from index.html and src/.   npm ci && npm run build   gives the same bytes every time.
//
// Why GraphiQL 4.1 (CodeMirror) and not 5.4 (Monaco), measured on 2026-11-22 with the same schema, esbuild and headless Chromium
// on two busy cores, from navigation to highlighted query and documentation, median of six cold starts:
//   4.1.2: 1.6 MB (0.5 MB gzipped),  5 requests, 1.3 s      5.4.0 with two language workers: 8.0 MB (2.4 MB), 19 requests, 2.4 s
//   Monaco inserts <style> elements and starts workers, so it needs a looser Content-Security-Policy; this page runs under
//   "self" alone. Version 6 is a beta. What 5.x adds (a command palette, comments in the variables) is not worth that here.
//
// What the build takes out: the Roboto and Fira Code fonts (the reader's own fonts have Chinese, those do not), source maps,
// icons written as data: addresses, and the run-time <style> of the scroll lock. Two files matter, one script and one style
// sheet, so the page starts with one round trip after the HTML.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

/** Style sheets without embedded fonts and without data: images. */
const lighterStyles = {
  name: 'lighter-styles',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, ({ path }) => ({
      loader: 'css',
      contents: readFileSync(path, 'utf8')
        .replace(/@font-face\s*\{[^}]*\}/g, '')
        .replace(/background-image:\s*url\(["']?data:[^)]*\)\s*;?/g, ''),
    }));
  },
};

/** The query builder takes the focus, and scrolls to it, whenever it is drawn: only while the reader works in it. */
const calmExplorer = {
  name: 'calm-explorer',
  setup({ onLoad }) {
    onLoad({ filter: /graphiql-explorer[\\/]dist[\\/]Explorer\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const before = '!(activeElement instanceof HTMLTextAreaElement)';
      if (source.split(before).length !== 2) throw new Error('graphiql-explorer has changed: look at calmExplorer again');
      return { loader: 'js', contents: source.replace(before, "activeElement.closest('.graphiql-explorer-root')") };
    });
  },
};

/** graphql's check of types as it is in production, without the advice to developers (and the host it names). */
const plainInstanceOf = {
  name: 'plain-instance-of',
  setup({ onLoad }) {
    onLoad({ filter: /graphql[\\/]jsutils[\\/]instanceOf\.mjs$/ }, () => ({
      loader: 'js',
      contents: 'export const instanceOf = (value, constructor) => value instanceof constructor;',
    }));
  },
};

const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.jsx'],
  bundle: true,
  minify: true,
  keepNames: true, // GraphiQL shows the names of its icon components
  write: false,
  metafile: true,
  format: 'esm',
  target: ['chrome111', 'edge111', 'firefox113', 'safari16.4'],
  charset: 'utf8',
  legalComments: 'none', // LICENSES.txt has every licence whole
  jsx: 'automatic',
  outdir: 'dist',
  define: { 'process.env.NODE_ENV': '"production"', 'globalThis.process': 'true' },
  alias: {
    graphql: './node_modules/graphql/index.mjs', // one copy for import and require, and shakable
    'react-style-singleton': './src/no-runtime-styles.js',
  },
  plugins: [lighterStyles, calmExplorer, plainInstanceOf],
});

/** `name-<hash>.ext`, where the hash is of the content, so that the file may be cached for ever. */
function hashed(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

/** The licence of every package that has a part in the bundle. */
function licences(inputs) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) folders.add(found[1]);
  }
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(here, folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(here, folder, file), 'utf8').replace(/\r\n/g, '\n').trim() : `Licence: ${license}`;
    return `${name} ${version}\n${'-'.repeat(name.length + version.length + 1)}\n${text}\n`;
  });
  return [...new Set(parts)].sort().join('\n\n');
}

const files = new Map();
const names = new Map();
const favicon = readFileSync(join(here, 'favicon.svg'));
for (const [name, content] of [
  ...result.outputFiles.map((file) => [file.path.split(/[\\/]/).pop(), Buffer.from(file.contents)]),
  ['favicon.svg', favicon],
]) {
  names.set(name, hashed(name, content));
  files.set(names.get(name), content);
}
const page = readFileSync(join(here, 'index.html'), 'utf8').replace(/\{([\w.]+)\}/g, (_, name) => names.get(name));
files.set('index.html', page);
files.set('LICENSES.txt', licences(result.metafile.inputs));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, content] of files) {
  writeFileSync(join(dist, name), content);
  console.log(`${String(Buffer.byteLength(content)).padStart(9)}  ${name}`);
}
