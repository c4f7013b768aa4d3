// What `make install` puts into a folder, used as somebody else would: pkg-config, a compiler, the official client.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const { io } = createRequire(import.meta.url)('socket.io-client')
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')
const build = resolve(root, process.env.APIBLAZE_BUILD ?? 'build/release')
const prefix = mkdtempSync(join(tmpdir(), 'sio-install-'))
const library = join(prefix, 'lib')

const run = (command, ...words) => execFileSync(command, words, { encoding: 'utf8', env: { ...process.env, PKG_CONFIG_PATH: join(library, 'pkgconfig') } })
const words = (text) => text.split(/\s+/).filter(Boolean)

/** What the build was configured with: a program must be compiled with the sanitizers of its library. */
function configured(name) {
  return readFileSync(join(build, 'CMakeCache.txt'), 'utf8').match(new RegExp(`^${name}:[A-Z]+=(.*)$`, 'm'))[1]
}

function compile(source, ...flags) {
  const program = source.replace(/\.c$/, '')
  run(configured('CMAKE_C_COMPILER'), ...words(configured('CMAKE_C_FLAGS')), '-std=c17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', source, '-o', program,
    ...flags, `-Wl,-rpath,${library}`)
  return program
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** The example of the README, on a free port. */
async function writeExample(name) {
  const port = await freePort()
  const [, text] = readFileSync(join(root, 'sio/README.md'), 'utf8').match(/```c\n(.*?)```/s)
  const source = join(prefix, `${name}.c`)
  writeFileSync(source, text.replace('3000', String(port)))
  return { source, port }
}

async function echoes(program, port, watch = () => {}) {
  const child = spawn(program, { stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = new Promise((done) => child.on('close', done))
  const socket = io(`http://127.0.0.1:${port}`, { reconnectionDelay: 50, reconnectionDelayMax: 50 })
  watch(socket)
  try {
    assert.equal(await new Promise((done) => socket.emit('echo', 'hello', done)), 'hello')
  } finally {
    socket.close()
    child.kill()
    await ended
  }
}

/** The names of the functions that the installed headers declare: statements outside braces that are no typedef. */
function declared() {
  const folder = join(prefix, 'include')
  let text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
    .replace(/\/\*.*?\*\//gs, '').replace(/^#(.*\\\n)*.*$/gm, '').replace(/^extern "C" \{$|^\}$/gm, '')
  while (/\{[^{}]*\}/.test(text)) text = text.replace(/\{[^{}]*\}/g, '')
  const names = text.split(';').filter((statement) => !/^\s*typedef\b/.test(statement)).map((statement) => statement.match(/\b(sio_\w+)\s*\(/)?.[1])
  return [...new Set(names.filter(Boolean))].sort()
}

const symbols = (...flags) => run('nm', '--defined-only', ...flags).split('\n').map((line) => line.split(' ')[2]).filter(Boolean)

before(() => { run('cmake', '--install', build, '--prefix', prefix) })
after(() => { rmSync(prefix, { recursive: true, force: true }) })

describe('an installed sio', { timeout: 120000 }, () => {
  test('the shared library exports what the headers declare, and nothing else', () => {
    assert.ok(declared().length > 40, 'the headers were read')
    assert.deepEqual(symbols('-D', join(library, 'libsio.so')).sort(), declared())
  })

  test('the static library shows nothing else either', () => {
    assert.deepEqual(symbols('-g', join(library, 'libsio.a')).filter((name) => name.startsWith('sio_')).sort(), declared())
    // GCC's sanitizers add names of their own that cannot be local.
    assert.deepEqual(symbols('-g', join(library, 'libsio.a')).filter((name) => !/^sio_|^__odr_asan|^DW\.ref/.test(name)), [])
  })

  test('versions agree', () => {
    const version = run('pkg-config', '--modversion', 'sio').trim()
    const header = readFileSync(join(prefix, 'include/sio.h'), 'utf8')
    assert.equal(header.match(/#define SIO_VERSION "(.*?)"/)[1], version)
    assert.ok(readdirSync(library).includes(`libsio.so.${version}`))
    const source = join(prefix, 'version.c')
    writeFileSync(source, '#include <sio.h>\n#include <stdio.h>\nint main(void) { puts(sio_version()); }\n')
    assert.equal(run(compile(source, ...words(run('pkg-config', '--cflags', '--libs', 'sio')))).trim(), version)
  })

  test('the example of the README answers the official client', async () => {
    const { source, port } = await writeExample('shared')
    await echoes(compile(source, ...words(run('pkg-config', '--cflags', '--libs', 'sio'))), port)
  })

  test('so it does when linked statically', async () => {
    const { source, port } = await writeExample('static')
    const flags = words(run('pkg-config', '--static', '--cflags', '--libs', 'sio')).map((flag) => (flag === '-lsio' ? join(library, 'libsio.a') : flag))
    const program = compile(source, ...flags)
    assert.doesNotMatch(run('ldd', program), /libsio/)
    await echoes(program, port)
  })

  test('each header compiles alone, as C and as C++', () => {
    const folder = join(prefix, 'include')
    const headers = readdirSync(folder)
    assert.ok(headers.length > 5)
    const strict = ['-Wall', '-Wextra', '-pedantic-errors', '-Werror', '-fsyntax-only', `-I${folder}`]
    for (const header of headers) {
      run(configured('CMAKE_C_COMPILER'), '-xc', '-std=c17', ...strict, join(folder, header))
      for (const standard of ['c++11', 'c++20']) run('c++', '-xc++', `-std=${standard}`, ...strict, join(folder, header))
    }
  })

  test('a program in C++ answers the official client', async () => {
    const port = await freePort()
    const source = join(prefix, 'echo.cpp')
    writeFileSync(source, `
      #include <sio.h>
      static unsigned calls;
      static sio_value number() { return sio_number(++calls); }
      static void on_echo(sio_socket *socket, sio_event *event, void *)
      {
          sio_join(socket, "room");
          sio_broadcast(sio_namespace_of(socket), sio_to{ SIO_ROOMS("none", "room"), nullptr, false, false, false }, "room", SIO_ARGS(sio_text("a"), number()));
          sio_emit(socket, "nothing", SIO_NO_ARGS);
          sio_ack(event, sio_event_args(event));
      }
      int main()
      {
          sio_server *server;
          sio_options options{};
          options.port = ${port};
          int error = sio_server_create(&server, &options);
          if (error == 0) error = sio_on_all(sio_of(server, "/"), "echo", on_echo, nullptr);
          if (error == 0) error = sio_server_run(server);
          sio_server_destroy(server);
          return error != 0;
      }`)
    const program = join(prefix, 'echo')
    run('c++', ...words(configured('CMAKE_C_FLAGS')), '-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror', source, '-o', program,
      ...words(run('pkg-config', '--cflags', '--libs', 'sio')), `-Wl,-rpath,${library}`)
    let heard
    await echoes(program, port, (socket) => { heard = new Promise((done) => socket.on('room', (...values) => done(values))) })
    assert.deepEqual(await heard, ['a', 1])
  })

  test('the README speaks of calls, options and members that are there', () => {
    const folder = join(prefix, 'include')
    const headers = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
    const known = new Set(headers.match(/\w+/g))
    const readme = readFileSync(join(root, 'sio/README.md'), 'utf8')
    const named = new Set(readme.match(/\b(sio|SIO)_\w+/g))
    // The middle column of the table of options.
    for (const [, cell] of readme.split('## Options')[1].matchAll(/^\|[^|]*\|([^|]*)\|[^|]*\|$/gm)) for (const [, name] of cell.matchAll(/`(\w+)`/g)) named.add(name)
    assert.ok(named.size > 80)
    assert.deepEqual([...named].filter((name) => !known.has(name)), [])
  })

  test('the man page speaks of calls that are there', () => {
    const page = readFileSync(join(prefix, 'share/man/man3/sio.3'), 'utf8')
    const named = [...new Set([...page.matchAll(/\b(sio_\w+)(?=\(\w| *$)/gm)].map(([, name]) => name))].filter((name) => !/^sio_socket$/.test(name))
    const known = new Set(declared())
    assert.ok(named.length > 15)
    assert.deepEqual(named.filter((name) => !known.has(name)), [])
  })
})

describe('an installed apiblaze', { timeout: 60000 }, () => {
  test('its man page has every option that its help has, and no other', () => {
    const page = readFileSync(join(prefix, 'share/man/man1/apiblaze.1'), 'utf8').replaceAll('\\-', '-')
    const program = join(prefix, 'bin/apiblaze')
    const options = (text) => [...new Set(text.match(/--[a-z]+/g))].filter((option) => option !== '--help').sort()
    const commands = run(program, '--help').match(/(?<=^ {2})[a-z]+/gm)
    const help = commands.map((command) => run(program, command, '--help')).join('\n')
    assert.deepEqual(options(page), options(help))
  })
})
