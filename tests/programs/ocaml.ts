import type { Sources } from './program.ts'

export const ocaml: Sources = {
  greets: 'let () = print_endline "Hello, World!"',
  echoes: 'let () = print_string (In_channel.input_all stdin)',
  isBroken: 'let () = nothing',
  exitsWith3: 'let () = exit 3',
  loops: 'let () = while true do ignore (Sys.opaque_identity 0) done',
  sleeps: 'let () = Unix.sleep 600',
  hogsMemory: "let () =\n  let kept = ref [] in\n  while true do kept := Bytes.make 10_000_000 'x' :: !kept done",
}
