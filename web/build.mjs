// build.mjs - makes the page: bundles, compiles, compresses, and writes it as a C source for the program.
//
//   node web/build.mjs [--watch] [outdir=build/page]
//
// The same sources give the same bytes. Nothing is done when nothing has changed.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { compress, hashOf } from './build-steps/compress.mjs'
import { cSource } from './build-steps/embed.mjs'
import { bundleScripts, compileStyles, minifyScript } from './build-steps/compile.mjs'
import { licences } from './build-steps/licences.mjs'
import { openapiText } from '../contract/http/openapi.mjs'

const web = dirname(fileURLToPath(import.meta.url))
const root = dirname(web)
const words = process.argv.slice(2)
const outdir = resolve(words.find((word) => !word.startsWith('--')) ?? join(root, 'build/page'))
const stamp = join(outdir, 'inputs.sha256')

/** One hash of all that the result depends on. */
function inputsHash() {
  const sources = ['src', 'build-steps'].flatMap((folder) =>
    readdirSync(join(web, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)))
  const contract = readdirSync(join(root, 'contract'), { recursive: true }).filter((name) => /\.m?js(on)?$/.test(name)).map((name) => join(root, 'contract', name))
  const files = [...sources, ...contract, ...['build.mjs', 'index.html', 'favicon.svg'].map((name) => join(web, name)), join(root, 'package-lock.json')]
  return hashOf(files.sort().map((file) => `${relative(root, file)}\n${readFileSync(file, 'utf8')}\n`).join(''), 64)
}

const hashed = (name, extension, text) => ({ path: `/${name}-${hashOf(text, 8)}.${extension}`, text, isImmutable: true })

/** What the page says: one file a language. */
function languages(folder) {
  return readdirSync(folder).sort().map((file) => {
    const language = file.replace(/\.json$/, '')
    return { language, ...hashed(`texts-${language}`, 'json', JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8')))) }
  })
}

/** All files of the page, as { path, text, isImmutable }. */
async function buildAssets() {
  const { scripts, main, packages } = await bundleScripts(join(web, 'src/main.js'), root)
  const style = hashed('style', 'css', compileStyles(join(web, 'src/styles/main.scss')))
  const boot = hashed('boot', 'js', await minifyScript(readFileSync(join(web, 'src/boot.js'), 'utf8')))
  const texts = languages(join(web, 'src/texts'))
  const names = { main, style: style.path, boot: boot.path, texts: JSON.stringify(Object.fromEntries(texts.map(({ language, path }) => [language, path]))) }
  const template = readFileSync(join(web, 'index.html'), 'utf8')
  const fill = (more) => template.replace(/{{([\w-]+)}}/g, (_, name) => ({ ...names, ...more })[name])
  return [
    { path: '/index.html', text: fill({ top: '', focus: '' }), isImmutable: false },
    { path: '/start.html', text: fill({ top: ' top--start', focus: ' autofocus' }), isImmutable: false },
    { path: '/favicon.svg', text: readFileSync(join(web, 'favicon.svg'), 'utf8'), isImmutable: false },
    { path: '/api/v1/openapi.json', text: openapiText(), isImmutable: false },
    { path: '/licences.txt', text: licences(root, packages), isImmutable: false },
    style, boot, ...texts,
    ...scripts.map(({ path, text }) => ({ path, text, isImmutable: true })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function build() {
  const inputs = inputsHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
    console.log('page: nothing has changed')
    return
  }
  const assets = (await buildAssets()).map(compress)
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  for (const { path, bytes, gzip, brotli } of assets) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true })
    writeFileSync(join(outdir, path), bytes)
    if (gzip) writeFileSync(join(outdir, `${path}.gz`), gzip)
    if (brotli) writeFileSync(join(outdir, `${path}.br`), brotli)
  }
  writeFileSync(join(outdir, 'page_assets.c'), cSource(assets))
  writeFileSync(stamp, inputs)
  const sizeOf = (extension) => assets.filter(({ path }) => path.endsWith(extension))
    .reduce((sum, { bytes }) => sum + gzipSync(bytes, { level: 9 }).length, 0)
  console.log(`page: ${assets.length} files, ${sizeOf('.js')} bytes of scripts and ${sizeOf('.css')} of styles (gzip) in ${relative(process.cwd(), outdir)}`)
}

await build()
if (words.includes('--watch')) {
  watch(join(web, 'src'), { recursive: true }, () => build().catch((error) => console.error(error.message)))
}
