import CLibFuzzer
import Glibc

// Started by scripts/fuzz: ETUDE_FUZZ names the target, the arguments are libFuzzer's.
// In the environment, since libFuzzer starts the program again with the same arguments at times.
guard FuzzTarget.chosen != nil else {
  print("set ETUDE_FUZZ to one of: \(FuzzTarget.names)")
  exit(2)
}
exit(FuzzTarget.runChosen())
