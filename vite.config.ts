// One build: the pages are bundled, the rooms are not. `#casework` and its like stay imports that Node resolves
// at run time (package.json "imports"), so pages, worker, command line and tests share one copy of each room.
import { readdirSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { UNUSED } from './src/styles/unused.ts';

const ROOMS = readdirSync('src/server', { withFileTypes: true }).flatMap((d) =>
  d.isDirectory() ? [`#${d.name}`] : [],
);

export default defineConfig({
  css: {
    lightningcss: { errorRecovery: true, unusedSymbols: UNUSED },
    preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules', '.'] } },
  },
  environments: { ssr: { build: { rolldownOptions: { external: ROOMS } } } },
  plugins: [
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
          'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url'],
        },
      },
    }),
  ],
});
