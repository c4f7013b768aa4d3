// schemas.mjs - the schemas of an OpenAPI document as JSON Schema 2020-12, so that ajv can judge what was made of them.
//
// OpenAPI 3.0 differs (§4.7.24): nullable, boolean exclusive limits, nothing counts beside a $ref. In both versions a
// request need not have what is readOnly, nor a response what is writeOnly. Keywords whose values no standard allows
// (a type that there is not, `required: true`, a pattern that is no regular expression) are left out, and counted.

import { createContext, runInContext } from 'node:vm'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A regular expression of ECMA-262: with unicode, or, where only that does not take it, as older browsers read it. null when it
 * is none, or of another language: \\A, \\z, \\h and \\p{Print} would mean the letters there.
 */
function regularExpression(pattern) {
  for (const flags of ['u', '']) {
    if (flags === '' && /\\[AZzGhHRXQEpPaegkK]/.test(pattern)) return null
    try {
      return new RegExp(pattern, flags)
    } catch {}
  }
  return null
}

/** Repeats inside of what repeats may take years to find nothing: they get a tenth of a second, and what takes longer is none. */
const slow = createContext({})
function boundedTest(expression, text) {
  slow.expression = expression
  slow.text = text
  try {
    return runInContext('expression.test(text)', slow, { timeout: 100 })
  } catch {
    return false
  }
}

/** What ajv asks: an object that can test, and whose text tells it from others. */
function makeRegExp(pattern) {
  const expression = regularExpression(pattern) ?? /(?:)/
  return /[*+}][^()]*\)[*+{]/.test(pattern) ? { test: (text) => boundedTest(expression, text), toString: () => String(expression) } : expression
}
makeRegExp.code = 'makeRegExp'

/** What `$ref` leads to in the document, or undefined. */
function resolve(document, reference, hops = 0) {
  if (typeof reference !== 'string' || !reference.startsWith('#') || hops > 32) return undefined
  let value = document
  for (const token of decodeURIComponent(reference.slice(1)).split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return typeof value?.$ref === 'string' ? resolve(document, value.$ref, hops + 1) ?? value : value
}

/** The validators of one document, for values that go in one direction: "request", "response" or "any". */
export class Schemas {
  constructor(document, direction) {
    this.document = document
    this.direction = direction
    this.is30 = String(document.openapi).startsWith('3.0')
    this.compiled = new Map()
    this.dropped = 0
    this.ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, addUsedSchema: false, code: { regExp: makeRegExp, optimize: false } })
    addFormats(this.ajv)
    this.ajv.addFormat('url', true) // no standard has it, and ajv's takes no localhost
    this.ajv.addKeyword({ keyword: 'refersTo', errors: 'full', validate: this.follower() })
  }

  /**
   * A reference as a keyword of our own: what it leads to is compiled when a value comes there first. With ajv's $ref one
   * schema of Microsoft Graph would compile ten thousand others.
   */
  follower() {
    const follow = (reference, value) => {
      const validate = this.validator({ $ref: reference })
      const isGood = validate(value)
      follow.errors = validate.errors
      return isGood
    }
    return follow
  }

  boxed(schema) {
    const converted = this.convert(schema)
    return converted === true ? {} : converted === false ? { not: {} } : converted
  }

  isExcused(schema, depth = 0) {
    const keyword = this.direction === 'request' ? 'readOnly' : 'writeOnly'
    const target = typeof schema?.$ref === 'string' ? resolve(this.document, schema.$ref) : schema
    if (!isObject(target) || depth > 8) return false
    return schema[keyword] === true || target[keyword] === true ||
      (Array.isArray(target.allOf) && target.allOf.some((part) => this.isExcused(part, depth + 1)))
  }

  /** All definitions of a property around, in the schema and in what its allOf is made of. */
  propertiesNamed(schema, name, depth = 0) {
    const target = typeof schema?.$ref === 'string' ? resolve(this.document, schema.$ref) : schema
    if (!isObject(target) || depth > 8) return []
    const own = isObject(target.properties) && Object.hasOwn(target.properties, name) ? [target.properties[name]] : []
    const parts = Array.isArray(target.allOf) ? target.allOf : []
    return [...own, ...parts.flatMap((part) => this.propertiesNamed(part, name, depth + 1))]
  }

  required(schema, around) {
    const names = [...new Set(schema.required.filter((name) => typeof name === 'string'))]
    if (this.direction === 'any') return names
    return names.filter((name) => ![...this.propertiesNamed(schema, name), ...around.flatMap((part) => this.propertiesNamed(part, name))]
      .some((property) => this.isExcused(property)))
  }

  /** `around`: the schemas that this one is a part of by allOf, whose properties it may require. */
  convert(schema, around = []) {
    if (typeof schema === 'boolean') return schema
    if (!isObject(schema)) return true
    if (typeof schema.$ref === 'string') {
      const reference = resolve(this.document, schema.$ref) === undefined ? {} : { refersTo: schema.$ref }
      const { $ref, ...beside } = schema
      return this.is30 || Object.keys(beside).length === 0 ? reference : { ...this.convert(beside, around), ...reference }
    }
    const result = {}
    for (const [keyword, value] of Object.entries(schema)) {
      const convert = keywords[keyword]
      if (!convert) continue
      const converted = convert.call(this, value, schema, around)
      if (converted === undefined) this.dropped++
      else result[keyword] = converted
    }
    if (Array.isArray(result.items)) {
      result.prefixItems = result.items
      delete result.items
      if (schema.additionalItems !== undefined) result.items = this.convert(schema.additionalItems)
    }
    if (this.is30) this.convert30(schema, result)
    return result
  }

  convert30(schema, result) {
    if (schema.nullable === true && typeof result.type === 'string') result.type = [result.type, 'null']
    for (const [open, limit] of [['exclusiveMinimum', 'minimum'], ['exclusiveMaximum', 'maximum']]) {
      if (schema[open] !== true || typeof result[limit] !== 'number') continue
      result[open] = result[limit]
      delete result[limit]
    }
  }

  /** A validator for a schema, or for what a reference leads to. */
  validator(schema) {
    const isReference = typeof schema?.$ref === 'string' && Object.keys(schema).length === 1
    const key = isReference ? schema.$ref : schema
    if (!this.compiled.has(key))
      this.compiled.set(key, this.ajv.compile(this.boxed(isReference ? resolve(this.document, schema.$ref) : schema)))
    return this.compiled.get(key)
  }
}

const number = (value) => (typeof value === 'number' ? value : undefined)
const count = (value) => (Number.isInteger(value) && value >= 0 ? value : undefined)
const one = function (value) { return isObject(value) || typeof value === 'boolean' ? this.convert(value) : undefined }
const list = function (value) {
  return Array.isArray(value) && value.length ? value.map((item) => this.convert(item)) : undefined
}
const map = function (value) {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.convert(item)])) : undefined
}
const limit = function (value) { return this.is30 && typeof value === 'boolean' ? undefined : number(value) }

const keywords = {
  type(value) {
    const known = [value].flat().filter((type) => types.has(type))
    return known.length === 0 ? undefined : Array.isArray(value) ? [...new Set(known)] : known[0]
  },
  enum: (value) => (Array.isArray(value) && value.length ? value : undefined),
  const: (value) => value,
  format: (value) => (typeof value === 'string' ? value : undefined),
  minimum: number, maximum: number, exclusiveMinimum: limit, exclusiveMaximum: limit,
  multipleOf: (value) => (typeof value === 'number' && value > 0 ? value : undefined),
  minLength: count, maxLength: count, minItems: count, maxItems: count, minProperties: count, maxProperties: count,
  minContains: count, maxContains: count,
  uniqueItems: (value) => (typeof value === 'boolean' ? value : undefined),
  pattern: (value) => (typeof value === 'string' && regularExpression(value) ? value : undefined),
  required(value, schema, around) { return Array.isArray(value) ? this.required(schema, around) : undefined },
  properties: map,
  patternProperties(value) {
    return isObject(value) ? map.call(this, Object.fromEntries(Object.entries(value).filter(([key]) => regularExpression(key)))) : undefined
  },
  dependentRequired: (value) => (isObject(value) ? value : undefined),
  items(value) { return Array.isArray(value) ? list.call(this, value) : one.call(this, value) },
  prefixItems: list, anyOf: list, oneOf: list,
  allOf(value, schema, around) {
    return Array.isArray(value) && value.length ? value.map((part) => this.convert(part, [...around, schema])) : undefined
  },
  additionalProperties: one, propertyNames: one, contains: one, not: one, if: one, then: one, else: one,
  unevaluatedProperties: one, unevaluatedItems: one,
}
