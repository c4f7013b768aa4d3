// compress.mjs - the bytes of a file of the page, as they are and compressed.
import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const SAVING = 0.9 // of the size: what saves less is not worth a variant

/** The first `length` hexadecimal digits of a text's SHA-256. */
export function hashOf(text, length) {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}

/** Adds `bytes`, `gzip` and `brotli` (null where they save nothing), and the entity tag. */
export function compress(asset) {
  const bytes = Buffer.from(asset.text)
  const worthy = (packed) => (packed.length < bytes.length * SAVING ? packed : null)
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  return { ...asset, bytes, gzip: worthy(gzipSync(bytes, { level: 9 })), brotli: worthy(brotli), etag: hashOf(asset.text, 16) }
}
