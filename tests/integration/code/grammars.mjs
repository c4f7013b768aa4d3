// grammars.mjs - the languages whose programs are parsed, by a grammar of tree-sitter each.

import { join } from 'node:path'
import { root } from '../app/support.mjs'

const grammar = (file) => join(root, 'node_modules', file)

// `holes`: the nodes of code inside of strings. `own`: those that the programs have, whatever the values are.
export const grammars = {
  swift: { wasm: grammar('@repomix/tree-sitter-wasms/out/tree-sitter-swift.wasm'), holes: 'interpolated_expression', own: ['name', 'status'] },
  kotlin: { wasm: grammar('@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm'), holes: 'interpolation', own: ['$name', '${response.code}'] },
  rust: { wasm: grammar('@repomix/tree-sitter-wasms/out/tree-sitter-rust.wasm'), holes: 'none', own: [] },
  powershell: { wasm: grammar('tree-sitter-powershell/tree-sitter-powershell.wasm'), holes: 'expandable_string_literal', own: [] },
}

export const parsed = Object.keys(grammars)
