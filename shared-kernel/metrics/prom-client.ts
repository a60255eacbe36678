import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

type PromClient = typeof import('prom-client')

// The package's entry loads OpenTelemetry, for metrics of its own that are not used here: 10 MiB of each process.
export const Registry: PromClient['Registry'] = require('prom-client/lib/registry')
export const Counter: PromClient['Counter'] = require('prom-client/lib/counter')
export const Gauge: PromClient['Gauge'] = require('prom-client/lib/gauge')
export const Histogram: PromClient['Histogram'] = require('prom-client/lib/histogram')
