// embed.mjs - the page as a C source: one table of sio_asset.
import { extname } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8',
}
const LINE = 32 // bytes

/** The C source with `page_assets` and `page_asset_count`. Numbers, not string literals: those may be no longer than
 * 4,095 bytes in standard C. */
export function cSource(assets) {
  const arrays = assets.flatMap(({ bytes, gzip, brotli }, place) => [
    byteArray(`asset_${place}`, bytes), gzip && byteArray(`asset_${place}_gzip`, gzip), brotli && byteArray(`asset_${place}_brotli`, brotli),
  ]).filter(Boolean)
  return `/* Made by web/build.mjs: the page, inside the program. */
#include "sio_http.h"

extern const sio_asset page_assets[];
extern const size_t page_asset_count;

${arrays.join('\n')}
const sio_asset page_assets[] = {
${assets.map(entry).join('\n')}
};
const size_t page_asset_count = sizeof page_assets / sizeof *page_assets;
`
}

function byteArray(name, bytes) {
  const lines = []
  for (let start = 0; start < bytes.length; start += LINE) lines.push([...bytes.subarray(start, start + LINE)].join(','))
  return `static const unsigned char ${name}[] = {\n${lines.join(',\n')}};\n`
}

function entry({ path, etag, isImmutable, gzip, brotli }, place) {
  const variant = (bytes, name) => (bytes ? `.${name} = asset_${place}_${name}, .${name}_size = sizeof asset_${place}_${name},` : '')
  return `    {.path = "${path}", .type = "${TYPES[extname(path)]}", .etag = "\\"${etag}\\"", .is_immutable = ${isImmutable},
     .bytes = asset_${place}, .size = sizeof asset_${place}, ${variant(gzip, 'gzip')} ${variant(brotli, 'brotli')}},`
}
