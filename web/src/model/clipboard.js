// clipboard.js - copies a text, on plain http too.

/** Resolves with whether `text` was copied. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(text) // no secure context, or not allowed
  }
}

function copyOldWay(text) {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  focused?.focus()
  return isCopied
}
