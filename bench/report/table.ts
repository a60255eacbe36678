export type Row = ReadonlyArray<string>

/** Rows under a header as an aligned Markdown table. */
export const table = (header: Row, rows: ReadonlyArray<Row>): string => {
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map(row => (row[column] ?? '').length), title.length),
  )
  const line = (row: Row): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(header), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}
