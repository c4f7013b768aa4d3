// clipboard.js - copies texts, on plain http too.
//
// A button with data-copy copies that text; one with data-copy-from what the server has at that address.

/** Listens for clicks on such buttons below `page` (a document); `tell()` is called when something was copied. */
export function listenForCopies(page, tell) {
  page.addEventListener('click', async ({ target }) => {
    const button = target.closest?.('[data-copy], [data-copy-from]')
    if (!button || !(await copyText(await textOf(button.dataset)))) return
    button.classList.add('is-copied')
    setTimeout(() => button.classList.remove('is-copied'), 1500)
    tell()
  })
}

async function textOf({ copy, copyFrom }) {
  return copyFrom ? (await fetch(copyFrom)).text() : copy
}

/** Resolves with whether `text` was copied. */
async function copyText(text) {
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
