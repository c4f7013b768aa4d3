// hostile.mjs - a specification whose every value tries to be read as code, and what must be sent for each operation:
// written down here a second time, by other means than the program's.

import { encode, FILE_CONTENT } from './reference.mjs'

const quotes = `'"\`´‘’‚‛“”`
const code = '$HOME ${HOME} $(id) `id` #{1+1} #$0 {{x}} %{y} ${{z}} %s %n %20 \\(1) \\x41 \\u0041 \\n \\ <?php ?> ??/ ??\' <% %> !! @{u}'
const ends = `"""#"##"""\`\`\` ''' \'\'\' '@ "@ ?> */ // -- ; </script><!-- --> ]]> EOF`
const letters = 'é ß 漢字 🦊 \u0301 \u202eright-to-left\u202c \u2028\u2029 \ufeff \u00a0 \u0085'
export const line = `${quotes} ${code} ${ends} a&b=c+d?e#f/g:h;i,j|k~l*m(n) ${letters}`
export const block = `\r\n\n  two spaces\n\ttab \n${line}\r\n'@\n"@\nEOF\nBODY\n"""\n\\`
const ascii = `${quotes.slice(0, 3)} ${code} ${ends} a&b=c+d?e#f/g:h;i,j|k~l*m(n)`

/** What the environment holds. Headers hold no other characters than ASCII: clients do not agree on them. */
export const secrets = {
  BEARER_AUTH_TOKEN: `t0"k'e\`n $HOME \${x} #{1} %20 &=+ \\\\ {{y}}`,
  QUERY_KEY: `k'"\`$HOME & = + % # é`,
  HEADER_API_KEY: `h"'\`$(id)\${x}#{y}`,
  SESSION_KEY: 'Zm9v+/=',
  BASIC_AUTH_USERNAME: `us'"er é`,
  BASIC_AUTH_PASSWORD: `p:a$s\`s é\\`,
  DIGEST_AUTH_USERNAME: 'user',
  DIGEST_AUTH_PASSWORD: `p'a$s:s`,
  CUSTOM_CREDENTIALS: 'a=b, c="d"',
}

const json = (example) => ({ content: { 'application/json': { example } } })
const parameter = (where, name, example, more = {}) => ({ in: where, name, required: true, example, ...more })
const header = (name, value) => [name.toLowerCase(), value]
const accepts = { 200: { description: 'good', content: { 'application/json': {} } } }

/** {operation, and what is expected of it}: `query` and `target` as they are sent, `body` as bytes or as a check. */
export const cases = {
  body: {
    path: '/pets/{petId}/{class}/{PATH}', method: 'post',
    operation: {
      security: [{ bearerAuth: [], queryKey: [], headerApiKey: [], session: [] }],
      parameters: [parameter('path', 'petId', line), parameter('path', 'class', 'a b'), parameter('path', 'PATH', '..'),
        parameter('query', `q ${ascii}`, line), parameter('query', 'key', 'sent by the scheme'), parameter('header', 'X-Line', `${ascii}\r\nX-Evil: 1`),
        parameter('header', 'X-Empty', ''), parameter('header', 'X-Operator', '=@x'), parameter('header', 'Host', 'evil'), parameter('cookie', 'crumb', ' ;,"\\')],
      requestBody: json({ [line]: block, nul: 'a\u0000b', deep: [{ '</script>': null }, -0.5, true] }),
      responses: accepts,
    },
    target: `/pets/${encode(line)}/a%20b/PATH?${encode(`q ${ascii}`)}=${encode(line)}&key=${encode(secrets.QUERY_KEY)}`,
    headers: [header('Authorization', `Bearer ${secrets.BEARER_AUTH_TOKEN}`), header('X-Key', secrets.HEADER_API_KEY), header('X-Line', [...`${ascii}  X-Evil: 1`].map((c) => (c > '~' ? encode(c) : c)).join('')),
      header('X-Empty', ''), header('X-Operator', '=@x'), header('Cookie', `sid=${secrets.SESSION_KEY}; crumb=${encode(' ;,"\\')}`), header('Accept', 'application/json'), header('Content-Type', 'application/json')],
    json: { [line]: block, nul: 'a\u0000b', deep: [{ '</script>': null }, -0.5, true] },
  },
  text: {
    path: '/text', method: 'put',
    operation: { requestBody: { content: { 'text/plain; charset=utf-8': { example: block } } } },
    target: '/text', headers: [header('Content-Type', 'text/plain; charset=utf-8')], body: block,
  },
  plain: {
    path: '/plain', method: 'patch',
    operation: { requestBody: { content: { 'text/plain': { example: ` ${quotes}\n\n  $HOME ${'"""'}\n\n"` } } } },
    target: '/plain', headers: [header('Content-Type', 'text/plain')], body: ` ${quotes}\n\n  $HOME """\n\n"`,
  },
  form: {
    path: '/form?fixed=1', method: 'post',
    operation: {
      requestBody: { content: { 'application/x-www-form-urlencoded': {
        example: { [ascii]: line, list: ['a b', 'c&d'], flat: ['a,b', 'c'], deep: { a: { b: ['x'] } }, json: { k: line }, nul: 'a\u0000b' },
        encoding: { flat: { style: 'form', explode: false }, deep: { style: 'deepObject', explode: true }, json: { contentType: 'application/json' } },
      } } },
      parameters: [parameter('query', 'empty', '')],
    },
    target: '/form?fixed=1&empty=', headers: [header('Content-Type', 'application/x-www-form-urlencoded')],
    body: `${encode(ascii)}=${encode(line)}&list=a%20b&list=c%26d&flat=a%2Cb,c&deep%5Ba%5D%5Bb%5D%5B0%5D=x&json=${encode(JSON.stringify({ k: line }))}&nul=a%00b`,
  },
  multipart: {
    path: '/multipart', method: 'post',
    operation: {
      requestBody: { content: { 'multipart/form-data': {
        schema: { type: 'object', properties: {
          text: { type: 'string', example: block }, empty: { type: 'string', example: '' }, typed: { type: 'string', example: line }, meta: { type: 'object', example: { k: line } },
          photo: { type: 'string', format: 'binary' }, 'name "x" = \\': { type: 'string' }, 'a:b@c;d,e': { type: 'string', example: '=@x' }, é: { type: 'array', items: { type: 'string' }, example: ['@/etc/passwd', '<x'] },
        }, required: ['text', 'empty', 'typed', 'meta', 'photo', 'a:b@c;d,e', 'é'] },
        encoding: { photo: { contentType: 'image/png, image/jpeg' }, typed: { contentType: 'text/csv' } },
      } } },
    },
    target: '/multipart',
    parts: [
      { name: 'text', filename: null, type: null, content: block }, { name: 'empty', filename: null, type: null, content: '' },
      { name: 'typed', filename: null, type: 'text/csv', content: line },
      { name: 'meta', filename: null, type: 'application/json', content: JSON.stringify({ k: line }) },
      { name: 'photo', filename: 'file.png', type: 'image/png', content: FILE_CONTENT },
      { name: 'a:b@c;d,e', filename: null, type: null, content: '=@x' },
      { name: 'é', filename: null, type: null, content: '@/etc/passwd' }, { name: 'é', filename: null, type: null, content: '<x' },
    ],
  },
  file: {
    path: '/file', method: 'put',
    operation: { requestBody: { content: { 'image/png': {} } } },
    target: '/file', headers: [header('Content-Type', 'image/png')], body: FILE_CONTENT,
  },
  styles: {
    path: '/styles/{simple}/{flat}/x{label}/y{labels}/z{matrix}/{point}/n{numbers}', method: 'delete',
    operation: {
      security: [{ basicAuth: [], bearerAuth: [] }],
      parameters: [
        parameter('path', 'simple', ['a,b', 'c']), parameter('path', 'flat', { r: 1, g: '/' }, { explode: true }), parameter('path', 'label', 'l.m', { style: 'label' }),
        parameter('path', 'labels', ['a', 'b'], { style: 'label', explode: true }), parameter('path', 'matrix', 'm;n', { style: 'matrix' }),
        parameter('path', 'point', { x: 1, y: 2 }, { style: 'matrix', explode: true }), parameter('path', 'numbers', [1, 2], { style: 'matrix' }),
        parameter('query', 'form', ['a', 'b&c']), parameter('query', 'joined', ['a,b', 'c'], { explode: false }), parameter('query', 'object', { k: 'v w', l: 1 }),
        parameter('query', 'pairs', { k: 'v', l: 1 }, { explode: false }), parameter('query', 'spaces', ['a', 'b'], { style: 'spaceDelimited', explode: false }),
        parameter('query', 'pipes', ['a', 'b'], { style: 'pipeDelimited', explode: false }), parameter('query', 'deep', { a: { b: '1' }, c: [2] }, { style: 'deepObject', explode: true }),
        parameter('query', 'reserved', "a/b?c:d@e!f$g(h)*i,j;k=l&m+n#o[p]q'r%20s t", { allowReserved: true }),
        { in: 'query', name: 'json', required: true, content: { 'application/json': { example: { a: [1, 'b c'] } } } },
        parameter('header', 'X-List', ['a', 'b c']), parameter('header', 'X-Object', { k: 'v', l: 'é' }, { explode: true }), parameter('cookie', 'list', ['a', 'b'], { explode: false }),
        { in: 'query', name: 'optional', example: 'not sent' },
      ],
    },
    target: "/styles/a%2Cb,c/r=1,g=%2F/x.l.m/y.a.b/z;matrix=m%3Bn/;x=1;y=2/n;numbers=1,2?form=a&form=b%26c&joined=a%2Cb,c&k=v%20w&l=1&pairs=k,v,l,1&spaces=a%20b&pipes=a%7Cb&deep%5Ba%5D%5Bb%5D=1&deep%5Bc%5D%5B0%5D=2"
      + "&reserved=a/b?c:d@e!f$g(h)*i,j;k=l%26m%2Bn%23o%5Bp%5Dq%27r%20s%20t&json=%7B%22a%22%3A%5B1%2C%22b%20c%22%5D%7D",
    headers: [header('Authorization', `Basic ${Buffer.from(`${secrets.BASIC_AUTH_USERNAME}:${secrets.BASIC_AUTH_PASSWORD}`).toString('base64')}`), header('X-List', 'a,b c'),
      header('X-Object', 'k=v,l=%C3%A9'), header('Cookie', 'list=a%2Cb')],
  },
  head: {
    path: "/odata('{host}')/../steps/%2e/%7Euser/50%/{type}{end}{id}{id}", method: 'head',
    operation: { security: [{ custom: [] }], parameters: [parameter('path', 'host', "o'k"), parameter('path', 'type', 1), parameter('path', 'end', 'true'), parameter('path', 'id', '%')] },
    target: '/steps/~user/50%25/1true%25%25', headers: [header('Authorization', `Custom ${secrets.CUSTOM_CREDENTIALS}`)],
  },
  options: { path: '/options', method: 'options', operation: { security: [{}, { bearerAuth: [] }] }, target: '/options', headers: [] },
  empty: { path: '/empty', method: 'post', operation: { responses: accepts }, target: '/empty', headers: [header('Accept', 'application/json')] },
  ignored: { path: '/ignored', method: 'get', operation: { security: [], requestBody: json({ a: 1 }) }, target: '/ignored', headers: [] },
  digest: { path: '/digest', method: 'get', operation: { security: [{ digestAuth: [] }] }, target: '/digest', isDigest: true, headers: [] },
}

export function hostileDocument() {
  const paths = {}
  for (const { path, method, operation } of Object.values(cases)) paths[path] = { [method]: operation }
  return {
    openapi: '3.1.0', info: { title: 'Hostile', version: '1' }, servers: [{ url: '{where}/{version}', variables: { where: { default: 'http://127.0.0.1:1' } } }],
    components: { securitySchemes: {
      bearerAuth: { type: 'http', scheme: 'bearer' }, queryKey: { type: 'apiKey', in: 'query', name: 'key' }, headerApiKey: { type: 'apiKey', in: 'header', name: 'X-Key' },
      session: { type: 'apiKey', in: 'cookie', name: 'sid' }, basicAuth: { type: 'http', scheme: 'basic' }, digestAuth: { type: 'http', scheme: 'digest' }, custom: { type: 'http', scheme: 'Custom' },
    } },
    paths,
  }
}
