// kinds.js - how the kinds of elements are called.
import { t } from './texts.js'

/** "object", "2 objects": the kind's name, counted where a number is given. */
export const kindName = (kind, count) => (count === undefined ? t(kind) : t(`count-${kind}`, { count }))
