// licences.mjs - the licences of the packages inside the page's scripts, which travel with it.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** `packages`: their folders, below `root`. */
export function licences(root, packages) {
  return packages.map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each))
    const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : 'No licence file comes with the package.'
    return `${name} ${version}\n\n${text}\n`
  }).join(`\n${'-'.repeat(72)}\n\n`)
}
