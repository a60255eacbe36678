import type { Sources } from './program.ts'

export const prolog: Sources = {
  greets: ":- initialization(main, main).\nmain :- writeln('Hello, World!').",
  echoes: ':- initialization(main, main).\nmain :- copy_stream_data(user_input, user_output).',
  isBroken: 'main :- (',
  exitsWith3: ':- initialization(main, main).\nmain :- halt(3).',
  loops: 'main :- repeat, fail.\n:- initialization(main, main).',
  sleeps: ':- initialization(main, main).\nmain :- sleep(600).',
  hogsMemory:
    ':- initialization(main, main).\nmain :- numlist(1, 10000000, List), main(List).\nmain(List) :- append(List, List, More), main(More).',
}
