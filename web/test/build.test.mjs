import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync, brotliDecompressSync } from 'node:zlib'

const script = fileURLToPath(new URL('../build.mjs', import.meta.url))
const temporary = mkdtempSync(join(tmpdir(), 'apiblaze-page-'))
after(() => rmSync(temporary, { recursive: true }))

const build = (name) => execFileSync(process.execPath, [script, join(temporary, name)], { encoding: 'utf8' })
build('one')
const folder = join(temporary, 'one')
const filesIn = (path) => readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => relative(path, join(entry.parentPath ?? entry.path, entry.name))).sort()
const files = filesIn(folder)
const read = (name) => readFileSync(join(folder, name))
const gzipSize = (name) => gzipSync(read(name), { level: 9 }).length
const named = (pattern) => files.filter((name) => pattern.test(name))
const sum = (names) => names.reduce((total, name) => total + gzipSize(name), 0)
const index = read('index.html').toString()

test('the same sources give the same bytes', () => {
  build('two')
  assert.deepEqual(filesIn(join(temporary, 'two')), files)
  for (const name of files) assert.deepEqual(readFileSync(join(temporary, 'two', name)), read(name), name)
})

test('a second call has nothing to do', () => {
  assert.match(build('one'), /nothing has changed/)
})

// The first paint is that of the index: a module waits until the document is read (HTML Standard §8.1.3.2).
test('scripts: 45 kB in all, 30 kB before the first paint; styles: 8 kB (gzip)', () => {
  const scripts = [...index.matchAll(/<script([^>]*) src="\/([^"]+)"/g)].map(([, how, name]) => ({ name, isLater: /type=.?module/.test(how) }))
  assert.deepEqual(scripts.map(({ name }) => name.split('-')[0]).sort(), ['boot', 'main'])
  assert.ok(scripts.find(({ name }) => name.startsWith('main')).isLater)
  assert.ok(/<input[^>]* id="search"/.test(index))
  const first = scripts.filter(({ isLater }) => !isLater).map(({ name }) => name)
  assert.ok(sum(named(/\.js$/)) <= 45_000, `${sum(named(/\.js$/))} bytes`)
  assert.ok(sum(first) <= 30_000, `${sum(first)} bytes`)
  assert.ok(sum(named(/\.css$/)) <= 8_000, `${sum(named(/\.css$/))} bytes`)
})

test('the compressed variants hold the same', () => {
  for (const name of named(/\.gz$/)) assert.deepEqual(gunzipSync(read(name)), read(name.slice(0, -3)))
  for (const name of named(/\.br$/)) assert.deepEqual(brotliDecompressSync(read(name)), read(name.slice(0, -3)))
  assert.ok(files.includes(`${named(/^main-.*\.js$/)[0]}.br`))
})

test('the index has nothing inline and refers to files that are there', () => {
  assert.doesNotMatch(index, /<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|{{/)
  for (const [, name] of index.matchAll(/(?:src|href)="\/([^"]+)"/g)) assert.ok(files.includes(name), name)
  const texts = JSON.parse(/name="texts" content='([^']+)'/.exec(index)[1])
  assert.deepEqual(Object.keys(texts), readdirSync(new URL('../src/texts/', import.meta.url)).map((file) => file.replace('.json', '')).sort())
  for (const path of Object.values(texts)) assert.ok(files.includes(path.slice(1)), path)
})

test('every icon that is asked for is in the index, and no other', () => {
  const source = new URL('../src/', import.meta.url)
  const scripts = readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.js')).map((file) => readFileSync(new URL(file, source), 'utf8')).join()
  const drawn = [...index.matchAll(/id="icon-(\w+)"/g)].map(([, name]) => name)
  for (const [, name] of scripts.matchAll(/\b(?:icon|iconButton|copyButton)\('(\w+)'/g)) assert.ok(drawn.includes(name), name)
  for (const name of drawn) assert.ok(scripts.includes(`'${name}'`), name)
})

test('the C source holds every file, byte for byte', () => {
  const source = read('page_assets.c').toString()
  const array = (name) => Buffer.from(source.match(new RegExp(`${name}\\[\\] = {\\n([\\d,\\n]*)}`))[1].split(',').map(Number))
  const entries = [...source.matchAll(/\.path = "\/([^"]+)", \.type = "([^"]+)", \.etag = "([^,]+)", \.is_immutable = (\w+),\s+\.bytes = (\w+), .*? \.brotli = (\w+)?/g)]
  assert.ok(entries.length >= 6)
  for (const [, name, type, etag, isImmutable, bytes] of entries) {
    assert.deepEqual(array(bytes), read(name), name)
    assert.match(etag, /^\\"[0-9a-f]{16}\\"$/)
    assert.equal(isImmutable === 'true', /-[0-9A-Za-z]{8}\.\w+$/.test(name), name)
    assert.ok(type.includes('/'))
  }
})

test('what ApiBlaze answers over HTTP is described', () => {
  const { openapi, paths, components } = JSON.parse(read('api/v1/openapi.json'))
  assert.equal(openapi, '3.1.0')
  assert.ok('/api/v1/elements/{id}' in paths)
  for (const [, name] of read('api/v1/openapi.json').toString().matchAll(/"#\/components\/schemas\/(\w+)"/g)) assert.ok(name in components.schemas, name)
})

test('the licences of what is inside travel along', () => {
  for (const name of ['socket.io-client', 'dompurify']) assert.ok(read('licences.txt').toString().includes(`${name} `))
})
