import type { Sources } from './program.ts'

export const erlang: Sources = {
  greets: 'main(_) -> io:format("Hello, World!~n").',
  echoes:
    'main(_) -> ok = io:setopts([{encoding, unicode}]), copy(io:get_line("")).\ncopy(eof) -> ok;\ncopy(Line) -> io:put_chars(Line), copy(io:get_line("")).',
  isBroken: 'main(_) -> .',
  exitsWith3: 'main(_) -> halt(3).',
  loops: 'main(_) -> loop().\nloop() -> loop().',
  sleeps: 'main(_) -> timer:sleep(600000).',
  hogsMemory: 'main(_) -> hog([]).\nhog(Kept) -> hog([binary:copy(<<"x">>, 10000000) | Kept]).',
}
