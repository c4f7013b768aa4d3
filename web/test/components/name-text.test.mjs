import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markedText, nameText } from '../../src/components/name-text/name-text.js'

const flat = (nodes) => nodes.flat(Infinity).map((node) => (typeof node === 'string' ? node : node.tag === 'wbr' ? '|' : `<${flat(node.children.map((child) => child.text ?? child))}>`)).join('')

test('names break at dots, slashes and humps', () => {
  assert.equal(flat(nameText('io.k8s.PodSpec')), 'io.|k8s.|Pod|Spec')
  assert.equal(flat(nameText('/v1/{pod_name}')), '/|v1/|{pod_|name}')
})

test('what matched is marked, once, inside the name', () => {
  assert.equal(flat(nameText('PodSpec', [[0, 3]])), '<Pod>Spec')
  assert.equal(flat(nameText('abcd', [[0, 2], [1, 3], [3, 9]])), '<ab>cd')
})

test('prose is marked and breaks where prose does', () => {
  assert.equal(flat(markedText('ImagePullSecrets is a list', [[5, 9]])), 'Image<Pull>Secrets is a list')
  assert.equal(flat(markedText('none')), 'none')
})
