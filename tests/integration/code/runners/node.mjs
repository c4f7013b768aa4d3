// node.mjs - runs programs for Node one after the other in this process.
import { pathToFileURL } from 'node:url'

for (const file of process.argv.slice(2)) {
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    console.error(`${file}: ${error.stack}`)
    process.exitCode = 1
  }
}
