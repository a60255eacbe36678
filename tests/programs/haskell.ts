import type { Sources } from './program.ts'

export const haskell: Sources = {
  greets: 'main :: IO ()\nmain = putStrLn "Hello, World!"',
  echoes: 'main :: IO ()\nmain = interact id',
  isBroken: 'main :: IO ()\nmain = nothing',
  exitsWith3: 'import System.Exit\nmain :: IO ()\nmain = exitWith (ExitFailure 3)',
  loops:
    'main :: IO ()\nmain = go (0 :: Int) where go n = if n < 0 then print n else go (if n > 1000 then 0 else n + 1)',
  sleeps: 'import Control.Concurrent\nmain :: IO ()\nmain = threadDelay 600000000',
  hogsMemory: 'main :: IO ()\nmain = let kept = [1 ..] :: [Integer] in print (sum kept) >> print (length kept)',
}
