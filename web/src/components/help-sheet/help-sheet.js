// help-sheet.js - every key, and what can be set.
import { element } from '../../framework/element.js'
import { language, languages, listOf, t } from '../../model/texts.js'
import { icon } from '../icon/icon.js'

/** `hasKeys`: single letters are keys, too. */
export function helpSheet({ hasKeys, onKeys, onLanguage, onClose }) {
  return element('dialog', { class: 'sheet', 'aria-labelledby': 'sheet-title', use: show, onClose, onClick: (event) => closeOutside(event, onClose) },
    element('div', { class: 'sheet__inner' },
      element('div', { class: 'sheet__head' }, element('h2', { id: 'sheet-title' }, t('help')),
        element('button', { class: 'icon-button', type: 'button', 'aria-label': t('close'), onClick: onClose }, icon('close'))),
      element('div', { class: 'sheet__keys' }, listOf('keys').map(([title, keys]) => element('section', { key: title },
        element('h3', null, title),
        element('dl', null, keys.map(([names, does]) => element('div', { key: names },
          element('dt', null, names.split(' ').map((name) => element('kbd', null, name))), element('dd', null, does))))))),
      element('div', { class: 'sheet__settings' },
        element('label', null, element('input', { type: 'checkbox', checked: hasKeys, onChange: (event) => onKeys(event.target.checked) }), t('single-keys')),
        element('label', null, t('language'), ' ', element('select', { class: 'input', value: language(), onChange: (event) => onLanguage(event.target.value) },
          Object.keys(languages()).map((code) => element('option', { value: code, key: code, lang: code, selected: code === language() }, ownName(code))))))))
}

const ownName = (code) => new Intl.DisplayNames([code], { type: 'language' }).of(code)

function show(dialog) {
  if (!dialog.open) dialog.showModal()
}

function closeOutside(event, onClose) {
  if (event.target === event.currentTarget) onClose()
}
