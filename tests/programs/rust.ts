import type { Sources } from './program.ts'

export const rust: Sources = {
  greets: 'fn main() { println!("Hello, World!"); }',
  echoes: 'fn main() { std::io::copy(&mut std::io::stdin(), &mut std::io::stdout()).unwrap(); }',
  isBroken: 'fn main() { nothing }',
  exitsWith3: 'fn main() { std::process::exit(3) }',
  loops: 'fn main() { loop {} }',
  sleeps: 'fn main() { std::thread::sleep(std::time::Duration::from_secs(600)) }',
  hogsMemory: 'fn main() {\n    let mut kept = Vec::new();\n    loop { kept.push(vec![1u8; 10_000_000]) }\n}',
}
