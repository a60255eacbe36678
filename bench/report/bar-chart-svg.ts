export type Bar = Readonly<{ label: string; value: number }>

const rowHeight = 28
const labelWidth = 320
const barWidth = 420

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const drawn =
  (longest: number) =>
  ({ label, value }: Bar, row: number): string => {
    const y = 50 + row * rowHeight
    const width = longest === 0 ? 0 : Math.max(1, (value / longest) * barWidth)
    return [
      `<text x="${labelWidth - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="20" fill="#2b6cb0"/>`,
      `<text x="${(labelWidth + width + 6).toFixed(1)}" y="${y + 15}">${value.toFixed(1)}</text>`,
    ].join('')
  }

/** One group of horizontal bars on a common scale, as the inside of an SVG. */
const group = (title: string, bars: ReadonlyArray<Bar>): string =>
  [
    `<text x="10" y="30" font-weight="bold">${escaped(title)}</text>`,
    ...bars.map(drawn(Math.max(...bars.map(bar => bar.value)))),
  ].join('\n')

/** Bar charts below one another, each with a scale of its own. */
export const barChartsSvg = (charts: ReadonlyArray<Readonly<{ title: string; bars: ReadonlyArray<Bar> }>>): string => {
  const heights = charts.map(({ bars }) => 70 + bars.length * rowHeight)
  const tops = heights.map((_, index) => heights.slice(0, index).reduce((sum, height) => sum + height, 0))
  const total = heights.reduce((sum, height) => sum + height, 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${labelWidth + barWidth + 110}" height="${total}" font-family="sans-serif" font-size="13">`,
    '<rect width="100%" height="100%" fill="white"/>',
    ...charts.map(({ title, bars }, index) => `<g transform="translate(0 ${tops[index]})">${group(title, bars)}</g>`),
    '</svg>',
    '',
  ].join('\n')
}
