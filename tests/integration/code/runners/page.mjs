// page.mjs - the same for programs of a page: what a browser has and Node has not is made here.
import { readFileSync } from 'node:fs'

globalThis.prompt = (name) => process.env[name]
globalThis.document = {
  querySelector: () => ({ files: [Object.assign(new Blob([readFileSync('file.bin')]), { name: 'chosen.bin' })] }),
  cookie: '',
}
await import('./node.mjs')
