import type { Sources } from './program.ts'

export const elixir: Sources = {
  greets: 'IO.puts("Hello, World!")',
  echoes: 'IO.write(IO.read(:stdio, :eof))',
  isBroken: 'defmodule',
  exitsWith3: 'System.halt(3)',
  loops: 'loop = fn again -> again.(again) end\nloop.(loop)',
  sleeps: 'Process.sleep(600_000)',
  hogsMemory: 'hog = fn again, kept -> again.(again, [:binary.copy("x", 10_000_000) | kept]) end\nhog.(hog, [])',
}
