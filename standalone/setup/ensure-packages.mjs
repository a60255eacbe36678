import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { announce } from './announce.mjs'
import { runCommand } from './run-command.mjs'

const installTimeoutMs = 15 * 60_000

/** @param {string} root */
const lockfileHash = root =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

/** @param {string} root */
const stampFile = root => join(root, 'node_modules', '.runledger-lockfile')

/** @param {string} root */
const installed = root => existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === lockfileHash(root)

// The npm that runs this script is asked again, by the node it runs on: `npm ci` deletes the node in node_modules/.bin.
const npm = () => {
  const { npm_node_execpath: node, npm_execpath: cli } = process.env
  return node !== undefined && cli !== undefined ? [node, cli] : ['npm']
}

/**
 * Installs exactly what the lockfile names, unless that was done before. Install scripts must run: the package `node`
 * fetches its binary in one.
 * @param {string} root
 */
export const ensurePackages = async root => {
  if (installed(root)) return
  announce('installing packages (first start, or the lockfile changed)')
  const argv = [
    ...npm(),
    'ci',
    '--include=dev',
    '--loglevel=error',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
  ]
  await runCommand(argv, { cwd: root, timeoutMs: installTimeoutMs })
  writeFileSync(stampFile(root), lockfileHash(root))
}
