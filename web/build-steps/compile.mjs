// compile.mjs - sources to what browsers read.
import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import * as esbuild from 'esbuild'
import * as sass from 'sass'
import { minify } from 'terser'
import { trim } from './trim.mjs'

const TARGET = ['chrome123', 'firefox120', 'safari17.5'] // the first ones with light-dark() in style sheets
// Nothing here reads the names or the source of a function, or a property for the sake of reading it.
const SMALLER = { module: true, ecma: 2020, compress: { passes: 3, keep_fargs: false, pure_getters: true, unsafe_arrows: true, unsafe_methods: true } }
// The convention of the Socket.IO client: private, and always written the same way.
const PRIVATE = /^_[a-zA-Z]/

/** Bundles the module `entry` and what it imports. Returns the scripts ({ path, text }), the path of the main one, and
 * the folders of the packages inside. What is imported on demand is a script of its own. */
export async function bundleScripts(entry, root) {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [entry], bundle: true, splitting: true, format: 'esm', minify: true, write: false, metafile: true, mangleProps: PRIVATE,
    target: TARGET, absWorkingDir: root, outdir: '/', entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]',
    banner: { js: `/* ${versionOf('terser', root)} */` }, // a part of the hash in the names: what it makes of a script is not
    plugins: [trim], legalComments: 'none', // licences.txt has them whole
  })
  const scripts = await Promise.all(outputFiles.map(async ({ path, text }) => ({ path: `/${basename(path)}`, text: await smaller(text) })))
  const main = scripts.find(({ path }) => path.startsWith('/main-')).path
  const packages = Object.keys(metafile.inputs).map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
  return { scripts, main, packages: [...new Set(packages.filter(Boolean))].sort() }
}

function versionOf(name, root) {
  return `${name} ${JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version}`
}

async function smaller(text) {
  return (await minify(text, SMALLER)).code
}

/** A classic script. */
export async function minifyScript(text) {
  return smaller((await esbuild.transform(text, { minify: true, target: TARGET })).code)
}

export function compileStyles(file) {
  return sass.compile(file, { style: 'compressed', logger: { warn: (message) => { throw new Error(`${relative('.', file)}: ${message}`) } } }).css
}
