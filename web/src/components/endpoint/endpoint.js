// endpoint.js - what an endpoint takes and gives: parameters, request body, responses, callbacks, access.
import { element } from '../../framework/element.js'
import { addressOf } from '../../model/address.js'
import { said, t } from '../../model/texts.js'
import { fieldList, modelTree } from '../field-tree/field-tree.js'
import { typeLink } from '../field-tree/field-row.js'
import { flagBadges } from '../kind-badge/kind-badge.js'
import { nameText } from '../name-text/name-text.js'
import { code, facts, fault, inline, outside, part } from '../part/part.js'
import { richText } from '../rich-text/rich-text.js'

const PLACES = ['path', 'query', 'header', 'cookie']

/** `tree`: as for modelTree. */
export function endpointParts({ details, tree }) {
  const { id, parameters = [], bodies = [], callbacks } = details
  const [request, responses] = [bodies.filter(({ status }) => !status), bodies.filter(({ status }) => status)]
  return [
    parameters.length > 0 && part(t('parameters-title'), PLACES.map((place) => parameterGroup(parameters, place, { id, tree })), details.parameterTotal),
    request.length > 0 && part(t('request-body'), bodiesOf(request, { id, tree, key: 'request', at: 'request' })),
    responses.length > 0 && part(t('responses'), responsesOf(responses, { id, tree, key: '' })),
    callbacks && part(t('callbacks'), callbacks.map((callback, place) => callbackOf(callback, { id, tree, key: `callback ${place}` }))),
    access(details),
  ]
}

function parameterGroup(parameters, place, { id, tree }) {
  const fields = parameters.filter((field) => field.in === place)
  const name = t(`in-${place}`)
  return fields.length > 0 && element('div', { class: 'parameters', key: place },
    element('h3', null, name), fieldList({ fields, tree, from: { id, at: '' }, path: `parameter ${place}`, name }))
}

// Several media types of one body: its text is told once, and so is a model that they share.
function bodiesOf(bodies, { id, tree, key, at }) {
  const groups = new Map()
  for (const body of bodies) {
    const { typeId } = body.schema
    const like = typeId ? `${body.schema.type} ${typeId}` : body
    groups.set(like, { ...body, ...groups.get(like), mediaTypes: [...(groups.get(like)?.mediaTypes ?? []), body.mediaType] })
  }
  return [richText({ html: bodies[0].html, text: bodies[0].description, level: 3 }),
    [...groups.values()].map((body, place) => bodyOf(body, { id, tree, key: `${key} ${place}`, at }))]
}

function bodyOf({ mediaType, mediaTypes, schema, required, note, encoding }, { id, tree, key, at }) {
  if (!mediaType && !schema.type && !schema.fields) return element('p', { class: 'quiet', key }, t('no-body'))
  const isOwn = schema.fields?.length > 0 || schema.choices?.length > 0
  const isOpen = isOwn || tree.open.has(key)
  const self = isOwn ? schema : tree.modelOf(schema.typeId)
  return element('div', { class: 'body', key },
    element('div', { class: 'body__head' }, mediaType && mediaTypes.map(code), typeLink(schema), required && flagBadges(['required'])),
    fault(note),
    !isOwn && schema.typeId && element('button', { class: 'more', type: 'button', 'aria-expanded': String(isOpen), onClick: () => tree.onToggle(key, schema) },
      t(isOpen ? 'hide-properties' : 'show-properties')),
    isOpen && self && modelTree({ self, tree, from: isOwn ? { id, at } : { id: schema.typeId, at: '' }, path: key }),
    encoding && element('details', null, element('summary', null, t('encoding')),
      facts(encoding.map(({ name, description }) => [name, inline(said(description))]), 'limits')))
}

// One block a status. The first success is open.
function responsesOf(responses, { id, tree, key }) {
  return [...new Set(responses.map(({ status }) => status))].map((status, place) => {
    const bodies = responses.filter((body) => body.status === status)
    const { summary = '', headers, links } = bodies[0]
    const path = `${key}response ${status}`
    return element('details', { class: `response response--${status[0]}`, key: path, open: place === 0 && /^2/.test(status) },
      element('summary', null, element('span', { class: 'response__status' }, status), element('span', { class: 'response__text' }, summary)),
      bodiesOf(summary === bodies[0].description ? bodies.map((body) => ({ ...body, html: '', description: '' })) : bodies, { id, tree, key: path, at: status }),
      headers && [element('h3', null, t('headers')), fieldList({ fields: headers, tree, from: { id, at: status }, path: `${path} headers`, name: t('headers') })],
      links && [element('h3', null, t('links')), facts(links.map((link) => [link.name, linkOf(link)]))])
  })
}

function linkOf({ endpoint, operation, html, description, parameters, note }) {
  return [
    endpoint ? element('a', { class: 'mono', href: addressOf(endpoint) }, nameText(operation)) : code(operation),
    Object.entries(parameters).map(([name, value]) => element('div', { key: name }, code(`${name} = ${value}`))),
    richText({ html, text: description, level: 4 }), fault(note),
  ]
}

function callbackOf({ name, url, method, summary, html, description, bodies, note }, { id, tree, key }) {
  return element('div', { class: 'callback', key },
    element('h3', null, name),
    element('p', { class: 'mono' }, method, ' ', nameText(url)),
    summary && element('p', null, summary), richText({ html, text: description, level: 4 }), fault(note),
    bodies.some(({ status }) => !status) && bodiesOf(bodies.filter(({ status }) => !status), { id, tree, key, at: '' }),
    responsesOf(bodies.filter(({ status }) => status), { id, tree, key: `${key} ` }))
}

/** Who may, how, and where: of an endpoint or of an API. */
export function access({ security = [], schemes = [], servers = [] }) {
  return [
    (security.length > 0 || schemes.length > 0) && part(t('access'), [
      security.length > 0 && element('p', null, t('needs', { count: security.length, schemes: security.map(({ text }, place) => [place > 0 && ` ${t('or')} `, code(text)]) })),
      facts(schemes.map((scheme) => [scheme.name, schemeOf(scheme)])),
    ]),
    servers.length > 0 && part(t('servers', { count: servers.length }), element('ul', { class: 'plain' }, servers.map(serverOf))),
  ]
}

function schemeOf({ type, how, html, description, scopes, note }) {
  return [
    element('span', { class: 'flag' }, type),
    how.map((line) => element('div', { key: line }, inline(said(line)))),
    richText({ html, text: description, level: 3 }),
    facts((scopes ?? []).map(({ name, description: text }) => [name, text || ' ']), 'limits'),
    fault(note),
  ]
}

function serverOf({ url, written, html, description, variables, note }) {
  return element('li', { key: written },
    code(variables ? written : url), richText({ html, text: description, level: 3 }), fault(note),
    variables && facts(variables.map(({ name, default: value, values, description: text }) =>
      [name, [code(value), values && [' ', t('of-these', { values: values.join(', ') })], text && ` ${text}`]]), 'limits'))
}

/** Tags and further documentation. */
export function tagsOf({ tags, self }) {
  return (tags || self?.docs) && element('p', { class: 'tags' },
    tags?.map(({ name, docs }) => element('span', { class: 'flag', key: name }, docs ? outside(docs.url, name) : name)),
    self?.docs && outside(self.docs.url, self.docs.description || t('docs')))
}

