// compile.mjs - sources to what browsers read.
import { basename, relative } from 'node:path'
import * as esbuild from 'esbuild'
import * as sass from 'sass'
import { trim } from './trim.mjs'

const TARGET = ['chrome123', 'firefox120', 'safari17.5'] // the first ones with light-dark() in style sheets

/** Bundles the module `entry` and what it imports. Returns the scripts ({ path, text }), the path of the main one, and
 * the folders of the packages inside. What is imported on demand is a script of its own. */
export async function bundleScripts(entry, root) {
  const { outputFiles, metafile } = await esbuild.build({
    entryPoints: [entry], bundle: true, splitting: true, format: 'esm', minify: true, write: false, metafile: true,
    target: TARGET, absWorkingDir: root, outdir: '/', entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]',
    plugins: [trim], legalComments: 'none', // licences.txt has them whole
  })
  const scripts = outputFiles.map(({ path, text }) => ({ path: `/${basename(path)}`, text }))
  const main = scripts.find(({ path }) => path.startsWith('/main-')).path
  const packages = Object.keys(metafile.inputs).map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
  return { scripts, main, packages: [...new Set(packages.filter(Boolean))].sort() }
}

export async function minifyScript(text) {
  return (await esbuild.transform(text, { minify: true, target: TARGET })).code
}

export function compileStyles(file) {
  return sass.compile(file, { style: 'compressed', logger: { warn: (message) => { throw new Error(`${relative('.', file)}: ${message}`) } } }).css
}
