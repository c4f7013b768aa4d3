// languages.mjs - how the programs of each language are run. One row a language; `run` gets the paths of all of them.

import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

function start(command, args, options) {
  return new Promise((ended) => {
    execFile(command, args, { maxBuffer: 1 << 26, timeout: 3_000_000, ...options }, (error, stdout, stderr) =>
      ended(error ? `${command} ${args.map((word) => basename(word)).join(' ')}: ${error.code ?? error.signal}\n${stderr}${stdout}` : ''))
  })
}

/** Runs work for each file, as many at a time as there are processors; resolves to what went wrong, in one text. */
async function each(files, work) {
  const waiting = [...files]
  const faults = []
  const lane = async () => {
    for (let file; (file = waiting.shift()); ) faults.push(await work(file))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return faults.join('')
}

/** Programs in one process of their language, by a runner of tests/integration/code/runners. */
const together = (command, runner, ...words) => (files, options) => start(command, [...words, join(here, 'runners', runner), ...files], options)

/** One shell for all, each program in a subshell. */
const inShell = (shell) => async (files, options) => {
  const script = join(dirname(files[0]), `all.${shell}`)
  writeFileSync(script, files.map((file) => `(\n${readFileSync(file, 'utf8')}\n) >/dev/null || echo "${basename(file)} ended with $?" >&2\n`).join(''))
  return await start(shell, [script], options)
}

const compiled = (compile, run = (program) => [program]) => (files, options) => each(files, async (file) => {
  const program = `${file}.out`
  const fault = await start(...compile(file, program), options)
  return fault || (await start(run(program)[0], run(program).slice(1), options))
})

/** Rust with the crates that Debian packages (librust-reqwest-dev): one build for all programs. */
async function inRust(files, options) {
  const project = join(dirname(dirname(files[0])), 'project')
  mkdirSync(join(project, 'src/bin'), { recursive: true })
  mkdirSync(join(project, '.cargo'), { recursive: true })
  writeFileSync(join(project, '.cargo/config.toml'), '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "/usr/share/cargo/registry"\n')
  writeFileSync(join(project, 'Cargo.toml'), '[package]\nname = "programs"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nreqwest = { version = "0.11", default-features = false, features = ["blocking", "multipart"] }\n')
  const programs = files.map((file) => basename(dirname(file)))
  for (const [i, file] of files.entries()) copyFileSync(file, join(project, 'src/bin', `${programs[i]}.rs`))
  const fault = await start('cargo', ['build', '--offline', '--quiet'], { ...options, cwd: project })
  return fault || (await each(programs, (program) => start(join(project, 'target/debug', program), [], options)))
}

/** Kotlin with Debian's OkHttp 3 (libokhttp-java), which lacks some of what the programs import from version 4. */
async function inKotlin(files, options) {
  const sources = files.map((file) => {
    const name = `case_${basename(dirname(file))}`
    const source = file.replace(/main\.kt$/, `${name}.kt`)
    writeFileSync(source, `package ${name}\n${readFileSync(file, 'utf8').replace(/^import okhttp3\.(RequestBody|MediaType)\.Companion\./gm, 'import okhttp4.')
      .replace('import okhttp3.Request\n', 'import okhttp3.Request\nimport okhttp4.*\n')}`)
    return source
  })
  const jars = ['okhttp', 'okio'].map((name) => `/usr/share/java/${name}.jar`).join(':')
  const program = join(dirname(dirname(files[0])), 'programs.jar')
  const fault = await start('kotlinc', ['-nowarn', '-classpath', jars, '-d', program, ...sources, join(here, 'runners/okhttp4.kt')], options)
  return fault || (await each(sources, (source) => {
    const name = basename(source, '.kt')
    return start('kotlin', ['-classpath', `${program}:${jars}`, `${name}.${name[0].toUpperCase()}${name.slice(1)}Kt`], options)
  }))
}

const isThere = (command) => {
  try { execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }); return true } catch { return false }
}

// `strips`: what is not sent of an address. `isBlob`: a text with a type of its own has a file's name; `hasLongLineEnds`: the others' lines end with CR LF (both are
// how FormData is specified). `leaves`: characters that its encoder leaves alone. `hasSmallHex`: it writes "%3d" for "%3D" (RFC 3986 §6.2.2.1). `adds`: headers of its own. `isFast`: 300 programs take seconds;
// `isSlow`: a handful takes a minute, and its tools fill hundreds of megabytes: only with ALL_LANGUAGES=1.
export const languages = [
  { name: 'curl', file: 'main.sh', needs: 'curl', isFast: true, hasDigest: true, run: inShell('sh'), hasSmallHex: true, spaceIsPlus: true },
  { name: 'httpie', file: 'main.sh', needs: 'http', hasDigest: true, run: inShell('bash'), spaceIsPlus: true, hasNoPartTypes: true },
  { name: 'javascript', file: 'main.mjs', needs: 'node', isFast: true, leaves: /[!'()*]/g, isBlob: true, hasLongLineEnds: true, fileName: 'chosen.bin', hasNoCookies: true, run: together('node', 'page.mjs') },
  { name: 'node', file: 'main.mjs', needs: 'node', isFast: true, leaves: /[!'()*]/g, isBlob: true, hasLongLineEnds: true, run: together('node', 'node.mjs') },
  { name: 'python', file: 'main.py', needs: 'python3', isFast: true, hasDigest: true, run: together('/usr/bin/python3', 'python.py') },
  { name: 'php', file: 'main.php', needs: 'php', isFast: true, hasDigest: true, run: together('php', 'php.php') },
  { name: 'ruby', file: 'main.rb', needs: 'ruby', isFast: true, adds: ['content-type'], run: together('ruby', 'ruby.rb') },
  { name: 'go', file: 'main.go', needs: 'go', run: compiled((file, program) => ['go', ['build', '-o', program, file]]) },
  { name: 'java', file: 'Main.java', needs: 'java', run: (files, options) => each(files, (file) => start('java', ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', file], options)) },
  // Mono stands in for .NET: it takes RFC 2396 for its addresses, strips marks of direction from them, and fails in its own
  // Digest.
  { name: 'csharp', file: 'Main.cs', needs: 'mcs', leaves: /[!'()*:]/g, strips: /%E2%80%A[A-E]/g, run: compiled((file, program) => ['mcs', ['-r:System.Net.Http.dll', `-out:${program}`, file]], (program) => ['mono', program]) },
  { name: 'c', file: 'main.c', needs: 'gcc', hasDigest: true, run: compiled((file, program) => ['gcc', ['-Wall', '-Wextra', '-Werror', '-Wno-unused-function', '-o', program, file, '-lcurl']]) },
  { name: 'rust', file: 'main.rs', needs: 'cargo', isSlow: true, run: inRust },
  { name: 'kotlin', file: 'main.kt', needs: 'kotlinc', isSlow: true, run: inKotlin },
].map((language) => ({ ...language, isThere: isThere(language.needs) }))

/** Why a language is not tried, or false. */
export function whyNot({ isThere, needs, isSlow }) {
  if (!isThere) return `${needs} is not installed`
  return isSlow && !process.env.ALL_LANGUAGES ? 'takes minutes: ALL_LANGUAGES=1' : false
}

/** Writes a program of a language into a folder of its own; returns its path. */
export function writeProgram(folder, language, number, code) {
  const own = join(folder, language.name, String(number))
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, language.file), code)
  return join(own, language.file)
}
