import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, elementOf, optionsOf, searchOf, searchQuery } from '../../src/model/address.js'

const IDS = [
  'kubernetes.io',
  'amazonaws.com/ec2',
  'kubernetes.io/object/io.k8s.api.core.v1.PodSpec',
  'kubernetes.io/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets',
  'x.io/object/A b/ü#items.50%',
  'kubernetes.io/property/imagePullSecrets',
  'kubernetes.io/endpoint/post/apis/apps/v1/namespaces/{namespace}/deployments',
  'x.io/endpoint/get/',
  'amazonaws.com/ec2/endpoint/get/#Action=AcceptAddress',
  'x.io/endpoint/get/things/{id}?query.limit',
  'kubernetes.io/parameter/query/limit',
  'v1/object/api',
]

for (const id of IDS) {
  test(`there and back: ${id}`, () => {
    const location = new URL(addressOf(id), 'http://host')
    assert.equal(elementOf(location).id, id)
    assert.equal(location.search, '')
    assert.equal(elementOf(new URL(`/api${location.pathname}${location.hash}`, location)).id, id, 'the address it once had')
  })
}

test('an address is easy to read', () => {
  assert.equal(addressOf(IDS[3]), '/kubernetes.io/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets')
  assert.equal(addressOf('a:b/object/x@y'), '/a:b/object/x@y')
})

test('the API of an element, whose id may hold slashes', () => {
  const apiOf = (path) => elementOf(new URL(path, 'http://host')).api
  assert.equal(apiOf('/amazonaws.com/ec2/object/Address'), 'amazonaws.com/ec2')
  assert.equal(apiOf('/amazonaws.com/ec2'), 'amazonaws.com/ec2')
  assert.equal(apiOf('/kubernetes.io/'), 'kubernetes.io')
})

test('a fragment counts for objects only', () => {
  assert.equal(elementOf(new URL('http://host/x.io#top')).id, 'x.io')
})

test('a stray percent sign is taken as it is', () => {
  assert.equal(elementOf(new URL('http://host/x.io/property/50%')).id, 'x.io/property/50%')
})

test('the search stands in the query, before the fragment', () => {
  const address = addressOf(IDS[3], { text: 'a&b #', filter: 'property' })
  const location = new URL(address, 'http://host')
  assert.deepEqual(searchOf(location), { text: 'a&b #', filter: 'property' })
  assert.equal(elementOf(location).id, IDS[3])
})

test('no search, no query; an unknown filter is everything', () => {
  assert.equal(searchQuery({ text: '', filter: 'everything' }), '')
  assert.equal(searchQuery(), '')
  assert.deepEqual(searchOf(new URL('http://host/?in=nonsense')), { text: '', filter: 'everything' })
})

test('an API whose name the server uses itself has its page below /api/', () => {
  for (const id of ['api', 'health/object/State', 'socket.io', 'api/v1']) {
    const address = addressOf(id)
    assert.equal(address, `/api/${id}`)
    assert.equal(elementOf(new URL(address, 'http://host')).id, id)
  }
  assert.equal(addressOf('apiary.io'), '/apiary.io')
})

test('choices stand in the query, too; unknown ones do not come back', () => {
  const address = addressOf(IDS[2], { text: 'pod' }, { lang: 'python', tier: 'minimal', fmt: '' })
  assert.equal(address, '/kubernetes.io/object/io.k8s.api.core.v1.PodSpec?q=pod&lang=python&tier=minimal')
  assert.deepEqual(optionsOf(new URL(`${address}&x=1`, 'http://host')), { lang: 'python', tier: 'minimal' })
})
