// Builds goldthread/web/static/web: style sheets from Sass, the scripts we use, the fonts, their licences.
// Run `npm ci && npm run build` here; what it writes is checked in, so that running the product needs no build.
import { build } from 'esbuild'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '../../goldthread/web/static/web')
const tests = join(here, '../../tests/browser')
const modules = join(here, 'node_modules')
const version = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'))).version

const FONTS = [
  ['atkinson-hyperlegible-next', ['400-normal', '400-italic', '700-normal']],
  ['source-serif-4', ['400-normal', '400-italic', '600-normal']]
]

for (const folder of ['fonts', 'licences']) mkdirSync(join(out, folder), { recursive: true })
mkdirSync(tests, { recursive: true })

for (const sheet of ['look', 'print']) {
  const { css } = compile(join(here, 'sass', `${sheet}.scss`), {
    style: 'compressed',
    charset: false,
    loadPaths: [join(modules, 'govuk-frontend/dist')]
  })
  // One rule a line: small enough to serve, and a change to one rule is one line in the history.
  writeFileSync(join(out, `${sheet}.css`), '@charset "UTF-8";\n' + css.replace(/\}(?!\})/g, '}\n').trim() + '\n')
}

await build({
  entryPoints: [join(here, 'govuk.js')],
  outfile: join(out, 'govuk.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  banner: { js: `/* govuk-frontend ${version('govuk-frontend')}, MIT licence: see licences/govuk-frontend.txt */` }
})

copyFileSync(join(modules, 'htmx.org/dist/htmx.min.js'), join(out, 'htmx.js'))
copyFileSync(join(modules, 'htmx.org/LICENSE'), join(out, 'licences/htmx.txt'))
copyFileSync(join(modules, 'axe-core/axe.min.js'), join(tests, 'axe.min.js'))
copyFileSync(join(modules, 'axe-core/LICENSE'), join(tests, 'axe.LICENCE.txt'))

for (const [family, cuts] of FONTS) {
  const source = join(modules, '@fontsource', family)
  copyFileSync(join(source, 'LICENSE'), join(out, 'licences', `${family}.txt`))
  for (const subset of ['latin', 'latin-ext']) {
    for (const cut of cuts) {
      const file = `${family}-${subset}-${cut}.woff2`
      copyFileSync(join(source, 'files', file), join(out, 'fonts', file))
    }
  }
}

const used = ['govuk-frontend', 'htmx.org', '@fontsource/atkinson-hyperlegible-next', '@fontsource/source-serif-4']
writeFileSync(join(out, 'VERSIONS.txt'), used.map((name) => `${name} ${version(name)}\n`).join(''))
