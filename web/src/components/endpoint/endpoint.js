// endpoint.js - what an endpoint takes and gives: parameters, request body, responses, security.
import { element } from '../../framework/element.js'
import { fieldTree, insideOf } from '../field-tree/field-tree.js'
import { typeLink } from '../field-tree/field-row.js'
import { flagBadges } from '../kind-badge/kind-badge.js'
import { richText } from '../rich-text/rich-text.js'

const PLACES = ['path', 'query', 'header', 'cookie']
const PLACE_TITLES = { path: 'In the path', query: 'In the query', header: 'In a header', cookie: 'In a cookie' }

/** `tree`: as for fieldTree; its open set also holds the open responses. */
export function endpointParts({ details, tree }) {
  const { parameters = [], bodies = [], security = [], schemes = [], servers = [] } = details
  const request = bodies.filter(({ status }) => !status)
  const responses = bodies.filter(({ status }) => status)
  return [
    parameterPart(parameters, tree),
    request.length > 0 && part('Request body', request.map((body, place) => bodyBlock(body, tree, `request ${place}`))),
    responses.length > 0 && part('Responses', responsesByStatus(responses, tree)),
    (security.length > 0 || servers.length > 0) && part('Access', access(security, schemes, servers)),
  ]
}

/** The body that is looked at first, what is sent or else what comes back, as { key, schema }: the key opens it. */
export function firstBody({ bodies = [] }) {
  const body = bodies.find(({ status }) => !status) ?? bodies.find(({ status }) => /^2/.test(status))
  if (!body?.schema.typeId) return undefined
  return { key: body.status ? `response ${body.status} 0` : 'request 0', schema: body.schema }
}

function part(title, content) {
  return element('section', { class: 'part', key: title }, element('h2', null, title), content)
}

function parameterPart(parameters, tree) {
  const groups = PLACES.map((place) => [place, parameters.filter((field) => field.in === place)])
    .filter(([, fields]) => fields.length > 0)
  if (groups.length === 0) return null
  return part('Parameters', groups.map(([place, fields]) => element('div', { class: 'parameters', key: place },
    element('h3', null, PLACE_TITLES[place]),
    fieldTree({ fields, tree, path: `parameter ${place}`, name: PLACE_TITLES[place] }))))
}

function bodyBlock(body, tree, key) {
  if (!hasModel(body)) return element('p', { class: 'quiet', key }, 'No body is described.')
  return element('div', { class: 'body', key },
    element('div', { class: 'body__head' },
      body.mediaType && element('code', null, body.mediaType),
      typeLink({ field: body.schema, tree }),
      body.required && flagBadges(['required'])),
    richText({ html: body.html, text: body.description, level: 3 }),
    bodyFields(body, tree, key),
    body.headers && fieldTree({ fields: body.headers, tree, path: `${key} headers`, name: 'Headers' }))
}

// The fields of a body: its own, or those of the object it names, loaded when they are opened.
function bodyFields({ schema }, tree, key) {
  const inside = insideOf(schema)
  if (inside.length > 0) return fieldTree({ fields: inside, tree, path: key, seen: [schema.typeId] })
  if (!schema.typeId) return null
  const isOpen = tree.open.has(key)
  const fields = isOpen && tree.modelOf(schema.typeId)
  return [
    element('button', {
      class: 'more', type: 'button', 'aria-expanded': String(isOpen), onClick: () => tree.onToggle(key, schema),
    }, isOpen ? 'Hide the properties' : 'Show the properties'),
    fields && fieldTree({ fields, tree, path: key, seen: [schema.typeId] }),
  ]
}

// One block a status: several media types of the same status stand together. Success is open.
function responsesByStatus(responses, tree) {
  const statuses = [...new Set(responses.map(({ status }) => status))]
  return statuses.map((status) => {
    const bodies = responses.filter((body) => body.status === status)
    const key = `response ${status}`
    return element('details', { class: `response response--${status[0]}`, key, open: /^2/.test(status) },
      element('summary', null, element('span', { class: 'response__status' }, status),
        element('span', { class: 'response__text' }, bodies[0].summary ?? bodies[0].note)),
      bodies.map((body, place) => bodyBlock({ ...body, html: '', description: '' }, tree, `${key} ${place}`)))
  })
}

function hasModel({ mediaType, schema }) {
  return Boolean(mediaType || schema?.type || schema?.typeId || schema?.fields?.length)
}

function access(security, schemes, servers) {
  return element('dl', { class: 'facts' },
    security.length > 0 && [element('dt', { key: 'security' }, 'Security'), element('dd', { key: 'security' }, security.map(({ text }) => text).join(' or '),
      schemes.map(({ name, how, note }) => [...how, note].map((line) => line && element('div', { key: `${name} ${line}`, class: 'quiet' }, line))))],
    servers.length > 0 && [element('dt', { key: 'server' }, servers.length > 1 ? 'Servers' : 'Server'),
      element('dd', { key: 'server' }, servers.map(({ url }) => element('div', { key: url }, element('code', null, url))))])
}
