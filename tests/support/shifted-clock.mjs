// Loaded into a process ahead of its program: its wall clock is off by CLOCK_SHIFT_MS, its monotonic clock is not.
const shift = Number(process.env['CLOCK_SHIFT_MS'] ?? 0)
const trueNow = Date.now
const now = () => trueNow() + shift

globalThis.Date = new Proxy(Date, {
  construct: (target, parts, made) => Reflect.construct(target, parts.length === 0 ? [now()] : parts, made),
  apply: target => new target(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
