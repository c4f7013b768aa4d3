import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, elementOf, searchOf, searchQuery } from '../../src/model/address.js'

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
]

for (const id of IDS) {
  test(`there and back: ${id}`, () => {
    const location = new URL(addressOf(id), 'http://host')
    assert.equal(elementOf(location).id, id)
    assert.deepEqual([location.search, location.pathname.slice(0, 5)], ['', '/api/'])
  })
}

test('an address is easy to read', () => {
  assert.equal(addressOf(IDS[3]), '/api/kubernetes.io/object/io.k8s.api.core.v1.PodSpec#imagePullSecrets')
  assert.equal(addressOf('a:b/object/x@y'), '/api/a:b/object/x@y')
})

test('the API of an element, whose id may hold slashes', () => {
  const apiOf = (path) => elementOf(new URL(path, 'http://host')).api
  assert.equal(apiOf('/api/amazonaws.com/ec2/object/Address'), 'amazonaws.com/ec2')
  assert.equal(apiOf('/api/amazonaws.com/ec2'), 'amazonaws.com/ec2')
  assert.equal(apiOf('/api/kubernetes.io/'), 'kubernetes.io')
})

test('a fragment counts for objects only', () => {
  assert.equal(elementOf(new URL('http://host/api/x.io#top')).id, 'x.io')
})

test('a stray percent sign is taken as it is', () => {
  assert.equal(elementOf(new URL('http://host/api/x.io/property/50%')).id, 'x.io/property/50%')
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
