import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from './temp-folder.ts'

/** A file system of its own with little room, which a ballast file can fill up and free again. */
export type SmallDisk = Readonly<{ path: string; fill: () => void; free: () => void; remove: () => void }>

const mebibyte = 1024 * 1024

const isNoSpace = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC'

const writeUntilFull = (file: string): void => {
  for (const piece of [mebibyte, 65_536, 4096]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(piece), { flag: 'a' })
    } catch (error) {
      if (!isNoSpace(error)) throw error
    }
  }
}

export const smallDisk = (mebibytes: number): SmallDisk => {
  const folder = tempFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'runledger-test', folder.path])
  const path = join(folder.path, 'data')
  mkdirSync(path)
  const ballast = join(folder.path, 'ballast')
  return {
    path,
    fill: () => writeUntilFull(ballast),
    free: () => rmSync(ballast),
    remove: () => {
      execFileSync('umount', [folder.path])
      folder.remove()
    },
  }
}
