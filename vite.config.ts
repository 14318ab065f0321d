// One build: the pages are bundled, the rooms are not. `#casework` and its like stay imports that Node resolves
// at run time (package.json "imports"), so pages, worker, command line and tests share one copy of each room.
import { readdirSync, readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { UNUSED } from './src/styles/unused.ts';

const ROOMS = readdirSync('src/server', { withFileTypes: true }).flatMap((d) =>
  d.isDirectory() ? [`#${d.name}`] : [],
);

/** Two pages are hydrated, and only they are built for the browser: every other page is there an empty one, so that none of its words or
 * code is carried along. */
const HYDRATED = /\/src\/routes\/\((?:vehicle|control-room)\)\//;
const onlyTheHydrated = (): Plugin => ({
  name: 'itsso-only-the-hydrated',
  enforce: 'pre',
  applyToEnvironment: (environment) => environment.name === 'client',
  load(id) {
    if (!/\/src\/routes\/[^?]*\.svelte$/.test(id) || HYDRATED.test(id)) return undefined;
    // the style sheets are found through the browser's build
    const styles = readFileSync(id, 'utf8').match(/^import '[^']+\.scss';$/gm) ?? [];
    return `<script>\n${styles.join('\n')}\nlet { children } = $props();\n</script>\n{@render children?.()}`;
  },
});

export default defineConfig({
  css: {
    lightningcss: { errorRecovery: true, unusedSymbols: UNUSED },
    preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules', '.'] } },
  },
  environments: {
    ssr: {
      build: {
        rolldownOptions: {
          external: ROOMS,
          // what the server asks before the framework (server/at-once.ts), of the same pieces as the pages
          input: { 'at-once': 'src/routes/(citizen)/at-once.ts' },
        },
      },
    },
  },
  plugins: [
    onlyTheHydrated(),
    sveltekit({
      adapter: adapter({ precompress: true }),
      inlineStyleThreshold: 0,
      version: { pollInterval: 0 },
      compilerOptions: { runes: true },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self'],
          'font-src': ['self'],
          // what she has just spoken, and what her thread holds
          'media-src': ['self', 'blob:'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'base-uri': ['none'],
          'require-trusted-types-for': ['script'],
          // the control room's map starts its own worker, from this server
          'worker-src': ['self'],
          'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'default'],
        },
      },
    }),
  ],
});
