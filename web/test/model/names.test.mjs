import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shiftRanges, splitName } from '../../src/model/names.js'

test('the short name is the last part, unless that is a version', () => {
  assert.deepEqual(splitName('io.k8s.api.core.v1.PodSpec'), { prefix: 'io.k8s.api.core.v1.', short: 'PodSpec' })
  for (const name of ['Pod', 'thing.v1', 'A sentence. With dots', 'a.b-c', '.x']) assert.equal(splitName(name).short, name)
})

test('ranges move along with the part that is shown', () => {
  assert.deepEqual(shiftRanges([[0, 2], [3, 6], [8, 9]], 5), [[0, 1], [3, 4]])
})
