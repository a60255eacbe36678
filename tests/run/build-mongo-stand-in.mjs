import { cpSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { announce } from '../../standalone/setup/announce.mjs'
import { runCommand } from '../../standalone/setup/run-command.mjs'

const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
const timeoutMs = 10 * 60_000

/** @param {string} folder */
const sourcesIn = folder => readdirSync(folder).filter(name => name.endsWith('.java'))

/**
 * Fetches the stand-in's packages with Maven and compiles it. What is half made is never taken for whole.
 * @param {{ source: string, made: string }} folder
 */
export const buildMongoStandIn = async ({ source, made }) => {
  announce('making the stand-in for MongoDB: its packages come from Maven Central, once')
  mkdirSync(dirname(made), { recursive: true })
  const draft = mkdtempSync(`${made}-`)
  try {
    cpSync(source, draft, { recursive: true })
    await runCommand(['mvn', '-B', '-q', copyDependencies, '-DoutputDirectory=lib'], { cwd: draft, timeoutMs })
    const javac = ['javac', '-cp', join('lib', '*'), '-d', 'classes', ...sourcesIn(draft)]
    await runCommand(javac, { cwd: draft, timeoutMs })
    renameSync(draft, made)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
