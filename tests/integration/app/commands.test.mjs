// The command line: import, search, show, example, their output and their exit status.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { check, importInto, makeFolder, run, specs } from './support.mjs'

const folder = makeFolder()
const index = join(folder, 'index')
before(() => importInto(index, specs))

describe('apiblaze', () => {
  test('tells its commands and its version', () => {
    const help = run(['--help'])
    assert.equal(help.status, 0)
    for (const command of ['serve', 'import', 'search', 'show', 'example', 'refs']) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'))
      const own = run([command, '--help'])
      assert.equal(own.status, 0)
      assert.match(own.stdout, new RegExp(`^usage: apiblaze ${command} `))
      assert.match(own.stdout, /Exit status: /)
    }
    assert.match(run(['--version']).stdout, /^apiblaze \d+\.\d+\.\d+\n$/)
  })

  test('refuses what it does not know with status 2 and a way on', () => {
    for (const args of [['frobnicate'], ['search'], ['search', '--frobnicate', 'a'], ['search', '-n', '0', 'a'], ['search', '-k', 'thing', 'a'],
      ['search', '--batch', 'a'], ['show'], ['show', 'a', 'b'], ['example'], ['example', 'a', 'b'], ['example', '--frobnicate', 'a'],
      ['example', '--tier', 'huge', 'a'], ['example', '--lang', 'go', '--status', '200', 'a'], ['example', '--lang', 'json', '--server', 'http://x', 'a'], ['example', '--batch', 'a'], ['import'], ['import', '--threads', 'many', specs], ['serve', '--port', '65536'], ['serve', 'now']]) {
      const result = run(args)
      assert.equal(result.status, 2, args.join(' '))
      assert.match(result.stderr, /Try 'apiblaze.* --help'/, args.join(' '))
    }
    assert.equal(run([]).status, 2)
  })
})

describe('apiblaze import', () => {
  const bad = join(folder, 'bad')
  before(() => {
    mkdirSync(bad, { recursive: true })
    writeFileSync(join(bad, 'truncated.json'), '{\n  "openapi": "3.0.0",\n  "info": {')
    writeFileSync(join(bad, 'empty.json'), '')
    writeFileSync(join(bad, 'other.json'), '{"hello": "world"}')
    writeFileSync(join(bad, 'deep.json'), '['.repeat(100000))
    writeFileSync(join(bad, 'encoding.json'), Buffer.from('{"openapi":"3.0.0","info":{"title":"\xff"}}', 'latin1'))
  })

  test('counts what it imported', () => {
    const result = run(['import', '--output', join(folder, 'counted'), specs])
    assert.equal(result.status, 0, result.stderr)
    assert.match(result.stdout, /^2 imported, 0 failed$/m)
    assert.match(result.stdout, /^ +5 endpoints$/m)
    assert.match(result.stdout, /^ +8 objects$/m)
    assert.match(result.stdout, /written to .*counted$/m)
  })

  test('tells each bad file with its place, imports the rest, and ends with 1', () => {
    const output = join(folder, 'mixed')
    const result = run(['import', '--output', output, specs, bad])
    assert.equal(result.status, 1, result.stderr)
    assert.match(result.stdout, /^2 imported, 5 failed$/m)
    for (const name of ['truncated', 'empty', 'other', 'deep', 'encoding'])
      assert.match(result.stderr, new RegExp(`${name}\\.json:\\d+:\\d+: \\S`, 'm'))
    assert.match(result.stderr, /truncated\.json:3:/)
    assert.equal(run(['search', '--index', output, 'pet']).status, 0)
  })

  test('ends with 2 and leaves the old index when nothing could be imported', () => {
    const output = importInto(join(folder, 'kept'), specs)
    const before = readFileSync(output)
    const result = run(['import', '--output', output, bad])
    assert.equal(result.status, 2)
    assert.match(result.stderr, /^apiblaze import: /m)
    assert.deepEqual(readFileSync(output), before)
    assert.equal(run(['import', '--output', output, join(folder, 'nowhere')]).status, 2)
    assert.equal(run(['import', '--output', join(folder, 'no/such/folder/index'), specs]).status, 2)
  })

  test('--quiet prints nothing but faults', () => {
    const result = run(['import', '--quiet', '--threads', '1', '--output', join(folder, 'quiet'), specs])
    assert.deepEqual([result.status, result.stdout, result.stderr], [0, '', ''])
  })

  test('writes to the user\'s data folder when nothing else is said, where search finds it', () => {
    const env = { ...process.env, XDG_DATA_HOME: join(folder, 'data') }
    delete env.APIBLAZE_INDEX
    assert.equal(run(['import', specs], { env }).status, 0)
    assert.ok(existsSync(join(folder, 'data/apiblaze/catalogue.apiblaze')))
    assert.equal(run(['search', 'pet'], { env, cwd: folder }).status, 0)
  })
})

describe('apiblaze add and remove', () => {
  const live = importInto(join(folder, 'changed'), join(specs, 'petstore.json'))

  test('add what was not there, and leave what was', () => {
    const result = run(['add', '--output', live, join(specs, 'clinic.json')])
    assert.equal(result.status, 0, result.stderr)
    assert.match(result.stdout, /^1 imported, 0 failed$/m)
    assert.match(result.stdout, /^ +2 APIs$/m)
    assert.equal(run(['search', '--index', live, '-a', 'clinic', 'id']).status, 0)
    assert.equal(run(['search', '--index', live, '-a', 'petstore', 'pet']).status, 0)
    assert.match(run(['add', '--output', live, join(specs, 'clinic.json')]).stdout, /^0 imported, 1 unchanged, 0 failed$/m)
  })

  test('remove what is there, and say what is not', () => {
    assert.equal(run(['remove', '--index', live, 'clinic']).status, 0)
    assert.equal(run(['search', '--index', live, '-a', 'clinic', 'id']).status, 2)
    const again = run(['remove', '--index', live, 'clinic'])
    assert.equal(again.status, 1)
    assert.match(again.stderr, /There is no API "clinic"/)
    assert.equal(run(['remove', '--index', live]).status, 2)
    assert.equal(run(['remove', '--index', join(folder, 'nowhere'), 'clinic']).status, 2)
  })

  test('an import reads only what changed', () => {
    assert.match(run(['import', '--output', live, join(specs, 'petstore.json')]).stdout, /^0 imported, 1 unchanged, 0 failed$/m)
    assert.match(run(['import', '--fresh', '--output', live, join(specs, 'petstore.json')]).stdout, /^1 imported, 0 failed$/m)
  })
})

describe('apiblaze search', () => {
  const search = (...args) => run(['search', '--index', index, ...args])

  test('prints lines of tabs to a pipe', () => {
    const result = search('-k', 'object', 'pet')
    assert.equal(result.status, 0)
    const cells = result.stdout.split('\n')[0].split('\t')
    assert.equal(cells.length, 8)
    assert.equal(cells[0], 'object')
    assert.equal(cells[2], 'Pet')
    assert.ok(!result.stdout.includes('\x1b'))
  })

  test('ends with 1 when nothing is found, 2 when it cannot search', () => {
    const none = search('xyzzyxyzzy')
    assert.deepEqual([none.status, none.stdout], [1, ''])
    const nowhere = search('-a', 'nowhere', 'pet')
    assert.equal(nowhere.status, 2)
    assert.match(nowhere.stderr, /There is no API "nowhere"/)
    assert.equal(search('x'.repeat(2000)).status, 2)
  })

  test('--json is the reply of the event', () => {
    const result = search('--json', '-n', '3', 'pet')
    const reply = check('app:api-elements-search-action', 'reply', JSON.parse(result.stdout))
    assert.equal(reply.hits.length, 3)
    assert.equal(reply.keyword, 'pet')
  })

  test('words are joined, --everything adds descriptions to a kind', () => {
    assert.equal(JSON.parse(search('--json', 'pet', 'owner').stdout).keyword, 'pet owner')
    assert.equal(search('-k', 'property', 'shot').status, 1)
    assert.equal(search('-k', 'property', '--everything', 'shot').status, 0)
  })

  test('--batch answers each line, bad ones with an error', () => {
    const lines = [{ q: 'pet' }, { q: 'p', t: 0, n: 1 }, { q: 'limit', kind: 'parameter' }, { q: 'id', api: 'nowhere' }]
    const result = run(['search', '--index', index, '--batch', '-n', '2'], { input: lines.map((line) => JSON.stringify(line)).join('\n') + '\n{\n' })
    const replies = result.stdout.trimEnd().split('\n').map((line) => JSON.parse(line))
    assert.equal(result.status, 2)
    assert.equal(replies.length, 5)
    for (const reply of replies.slice(0, 3)) {
      assert.ok(Number.isInteger(reply.total) && Number.isInteger(reply.microseconds))
      assert.ok(reply.hits.length <= 2)
      for (const hit of reply.hits) for (const member of ['kind', 'name', 'owner', 'api', 'summary', 'id']) assert.equal(typeof hit[member], 'string')
    }
    assert.equal(replies[2].hits[0].kind, 'parameter')
    assert.equal(replies[3].error.code, 'not-found')
    assert.equal(replies[4].error.code, 'invalid-argument')
  })

  test('--batch streams any number of lines', () => {
    const count = 5000
    const result = run(['search', '--index', index, '--batch'], { input: '{"q":"name"}\n'.repeat(count) })
    assert.equal(result.status, 0)
    assert.equal(result.stdout.split('\n').length, count + 1)
  })
})

describe('apiblaze show', () => {
  const show = (...args) => run(['show', '--index', index, ...args])
  const petstore = () => JSON.parse(run(['search', '--index', index, '--json', '-k', 'api', 'pet store']).stdout).hits[0].api

  test('shows an object as text', () => {
    const result = show(`${petstore()}/object/Pet`)
    assert.equal(result.status, 0, result.stderr)
    assert.match(result.stdout, /^KIND: +object$/m)
    assert.match(result.stdout, /^NAME: +Pet$/m)
    assert.match(result.stdout, /^DESCRIPTION:\n {2}An animal that someone may take home\.$/m)
    assert.match(result.stdout, /^ {2}name <string> -required-/m)
    assert.match(result.stdout, /^EXAMPLE: JSON$/m)
  })

  test('--source is what the specification says, to the byte', () => {
    const file = readFileSync(join(specs, 'petstore.json'), 'utf8')
    assert.equal(show('--source', petstore()).stdout, file.trim() + '\n')
    const pet = JSON.parse(file).components.schemas.Pet
    assert.deepEqual(JSON.parse(show('--source', `${petstore()}/object/Pet`).stdout), pet)
    const reply = check('app:api-element-source-action', 'reply', JSON.parse(show('--source', '--json', `${petstore()}/object/Pet#name`).stdout))
    assert.deepEqual(JSON.parse(reply.text), pet.properties.name)
    assert.equal(show('--source', `${petstore()}/object/Pett`).status, 1)
  })

  test('--json is the reply of the event', () => {
    const result = show('--json', `${petstore()}/endpoint/get/pets`)
    const reply = check('app:api-element-details-action', 'reply', JSON.parse(result.stdout))
    assert.equal(reply.operationId, 'listPets')
  })

  test('ends with 1 for what is not there, and names the nearest', () => {
    const result = show(`${petstore()}/object/Pett`)
    assert.equal(result.status, 1)
    assert.match(result.stderr, /^apiblaze show: \S/)
    assert.match(result.stderr, /Pet\b/)
  })
})

describe('apiblaze example', () => {
  const example = (...args) => run(['example', '--index', index, ...args])
  const petstore = () => JSON.parse(run(['search', '--index', index, '--json', '-k', 'api', 'pet store']).stdout).hits[0].api

  test('prints curl, and the language and server that are asked for', () => {
    const curl = example(`${petstore()}/endpoint/post/pets`)
    assert.equal(curl.status, 0, curl.stderr)
    assert.match(curl.stdout, /^curl --fail-with-body -X POST 'https:\/\/petstore\.example\/v1\/pets' \\\n/)
    assert.ok(curl.stdout.endsWith("}'\n"))
    const go = example('--lang', 'go', '--server', 'http://127.0.0.1:9000', `${petstore()}/endpoint/post/pets`)
    assert.match(go.stdout, /^package main\n/)
    assert.match(go.stdout, /"http:\/\/127\.0\.0\.1:9000\/pets"/)
    assert.match(example('-l', 'http', `${petstore()}/parameter/query/limit`).stdout, /^GET \/v1\/pets\?limit=20 HTTP\/1\.1\nHost: petstore\.example\n/)
  })

  test('a language that there is not is answered with those that there are, which the help lists, too', () => {
    const result = example('--lang', 'cobol', `${petstore()}/endpoint/post/pets`)
    assert.equal(result.status, 2)
    const [, names] = result.stderr.match(/^apiblaze example: There is no language "cobol"\. There are (.*)\.$/m)
    const help = run(['example', '--help']).stdout.replace(/\s+/g, ' ').replace(/ \([^)]*\)/g, '')
    assert.ok(help.includes(names), names)
    for (const name of names.split(', ')) assert.equal(example('-l', name, `${petstore()}/endpoint/post/pets`).status, 0, name)
    for (const name of ['json', 'yaml', 'form', 'multipart', 'xml']) {
      assert.ok(help.includes(name), name)
      assert.equal(example('-l', name, `${petstore()}/endpoint/post/pets`).status, 0, name)
    }
  })

  test('takes short ids, and lists what several mean', () => {
    const whole = example(`${petstore()}/endpoint/post/pets`).stdout
    for (const short of ['POST /pets', `${petstore()}/POST /pets`, `${petstore()}:post /pets`]) assert.equal(example(short).stdout, whole, short)
    const several = example('name')
    assert.equal(several.status, 1)
    assert.match(several.stderr, /^apiblaze example: name may be one of these; say which:\n {2}\S+/)
  })

  test('ends with 1 for what is not there, and with 2 for what has no request', () => {
    const gone = example(`${petstore()}/endpoint/get/pest`)
    assert.equal(gone.status, 1)
    assert.match(gone.stderr, /^apiblaze example: \S.*\nNearest: /)
    assert.equal(example('--lang', 'curl', `${petstore()}/object/Pet`).status, 2)
    assert.equal(example('--server', 'nowhere', `${petstore()}/endpoint/post/pets`).status, 2)
  })

  test('prints a payload in the format and the tier asked for', () => {
    const result = example('--tier', 'minimal', `${petstore()}/object/Pet`)
    assert.equal(result.status, 0, result.stderr)
    assert.deepEqual(Object.keys(JSON.parse(result.stdout)), ['id', 'name'])
    assert.match(example('--lang', 'yaml', '-t', 'full', `${petstore()}/object/Pet`).stdout, /^name: Rex$/m)
    assert.match(example('--lang', 'xml', `${petstore()}/endpoint/post/pets`).stdout, /^<Pet>\n {2}<name>Rex<\/name>$/m)
    assert.match(example('--status', '201', `${petstore()}/endpoint/post/pets`).stdout, /"id": /)
    assert.doesNotMatch(example('--lang', 'json', `${petstore()}/endpoint/post/pets`).stdout, /"id": /)
  })

  test('code has the body of the tier, and the property asked for', () => {
    const post = `${petstore()}/endpoint/post/pets`
    const body = (...args) => JSON.parse(example('--lang', 'http', ...args, post).stdout.split('\n\n')[1])
    assert.deepEqual(body('--tier', 'minimal'), { name: 'Rex' })
    assert.deepEqual(body(), JSON.parse(example('--lang', 'json', post).stdout))
    assert.deepEqual(body('--tier', 'full'), JSON.parse(example('--lang', 'json', '--tier', 'full', post).stdout))
    assert.deepEqual(body('--at', 'owner.name'), { name: 'Rex', owner: { name: 'example' } })
    const wrong = example('--at', 'owner.shoe', post)
    assert.equal(wrong.status, 2)
    assert.match(wrong.stderr, /^apiblaze example: There is no property owner\.shoe in the request's body\.$/m)
    check('app:api-element-code-action', 'reply', JSON.parse(example('--json', post).stdout))
  })

  test('of a property, where it goes; where else it is, on stderr', () => {
    const result = example(`${petstore()}/property/givenOn`)
    assert.deepEqual(JSON.parse(result.stdout), { name: 'Rex', vaccinations: [{ givenOn: '2026-01-31' }] })
    const other = example(`${petstore()}/object/Owner#name`)
    assert.match(other.stderr, /^Also in:\n {2}\S+\/object\/Pet --at name$/m)
    assert.deepEqual(JSON.parse(example(`${petstore()}/object/Pet`, '--at', 'owner.name').stdout).owner, { name: 'example' })
  })

  test('--json is the reply of the event, and --batch answers lines with such replies', () => {
    const id = `${petstore()}/object/Pet`
    const reply = check('app:api-element-example-action', 'reply', JSON.parse(example('--json', id).stdout))
    const batch = run(['example', '--index', index, '--batch'], { input: `${JSON.stringify({ id })}\n{"id":"nowhere"}\n` })
    assert.equal(batch.status, 2)
    const [first, second] = batch.stdout.trim().split('\n').map((line) => JSON.parse(line))
    assert.deepEqual(first, reply)
    assert.equal(second.error.code, 'not-found')
    const minimal = run(['example', '--index', index, '--batch', '--tier', 'minimal'], { input: `${JSON.stringify({ id })}\n` })
    assert.deepEqual(Object.keys(JSON.parse(JSON.parse(minimal.stdout).example.code)), ['id', 'name'])
  })

  test('says what there is not', () => {
    assert.equal(example(`${petstore()}/object/Pett`).status, 1)
    const wrong = example('--at', 'name.first', `${petstore()}/object/Pet`)
    assert.equal(wrong.status, 2)
    assert.match(wrong.stderr, /^apiblaze example: .*name\.first/)
  })
})

describe('apiblaze refs', () => {
  const refs = (...args) => run(['refs', '--index', index, ...args])
  const petstore = () => JSON.parse(run(['search', '--index', index, '--json', '-k', 'api', 'pet store']).stdout).hits[0].api

  test('tells a pipe a line for each use', () => {
    const result = refs('-n', '100', `${petstore()}/object/Pet`)
    assert.equal(result.status, 0, result.stderr)
    const rows = result.stdout.trimEnd().split('\n').map((line) => line.split('\t'))
    assert.ok(rows.length > 2 && rows.every((row) => row.length === 9))
    assert.ok(rows.some(([use, roles]) => use === 'endpoint' && roles.includes('response')))
  })

  test('--json is the reply of the event, -n, --offset and --use choose the rows', () => {
    const ask = (...args) => check('app:api-element-refs-action', 'reply', JSON.parse(refs('--json', ...args, `${petstore()}/object/Pet`).stdout))
    const all = ask('-n', '100')
    assert.equal(all.total, all.refs.length)
    assert.deepEqual(ask('-n', '1', '--offset', '1').refs, all.refs.slice(1, 2))
    const ways = ask('--use', 'root,reach')
    assert.equal(ways.total, all.totals.root + all.totals.reach)
    assert.deepEqual(ways.totals, all.totals)
  })

  test('ends with 1 for what is not there, and with 2 for a use that there is not', () => {
    const result = refs(`${petstore()}/object/Pett`)
    assert.equal(result.status, 1)
    assert.match(result.stderr, /Pet\b/)
    assert.equal(refs('--use', 'roots', petstore()).status, 2)
    assert.equal(refs().status, 2)
  })
})

describe('an index that cannot be used', () => {
  for (const [what, bytes] of [['no file', null], ['an empty file', ''], ['another file', 'x'.repeat(10000)], ['a folder', undefined]])
    test(`${what}: a sentence that tells how to go on, and status 2`, () => {
      const path = join(folder, what.replaceAll(' ', '-'))
      if (bytes === undefined) mkdirSync(path)
      else if (bytes !== null) writeFileSync(path, bytes)
      for (const args of [['serve', '--port', '0'], ['search', 'pet'], ['show', 'pet'], ['example', 'pet']]) {
        const result = run([...args.slice(0, 1), '--index', path, ...args.slice(1)])
        assert.equal(result.status, 2, what)
        assert.match(result.stderr, new RegExp(`^apiblaze ${args[0]}: .*${path}`))
        assert.match(result.stderr, /apiblaze import PATH…/)
      }
    })

  test('a truncated and a changed index are refused', () => {
    const whole = readFileSync(index)
    const path = join(folder, 'damaged')
    for (const size of [1, 63, 64, 100, 1000, whole.length >> 1, whole.length - 1]) {
      writeFileSync(path, whole.subarray(0, size))
      assert.equal(run(['search', '--index', path, 'pet']).status, 2, `${size} bytes`)
    }
    const changed = Buffer.from(whole)
    changed[changed.length >> 1] ^= 1
    writeFileSync(path, changed)
    assert.ok([0, 2].includes(run(['search', '--index', path, 'pet']).status))
  })
})
