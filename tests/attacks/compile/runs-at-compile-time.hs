{-# LANGUAGE TemplateHaskell #-}
-- The splice runs inside the compiler: it tells who it is and what it can reach.
import Control.Exception (SomeException, try)
import Language.Haskell.TH.Syntax (lift, runIO)

main :: IO ()
main =
  putStr
    $( do
        told <- runIO $ do
          status <- readFile "/proc/self/status"
          let facts = [words line | line <- lines status, take 4 line == "Uid:" || take 7 line == "CapEff:"]
              root = ["root " ++ show ("0" `elem` values) | "Uid:" : values <- facts]
              capable = [unwords values | "CapEff:" : values <- facts]
          shadow <- try (readFile "/etc/shadow" >>= \text -> length text `seq` pure ()) :: IO (Either SomeException ())
          write <- try (writeFile "/etc/owned" "x") :: IO (Either SomeException ())
          let refused outcome = either (const "refused") (const "allowed") outcome
          pure (unlines (root ++ capable ++ ["shadow " ++ refused shadow, "write " ++ refused write]))
        lift told
     )
