import CLibFuzzer
import Glibc

// Started by scripts/fuzz: ETUDE_FUZZ names the target, the arguments are libFuzzer's. An environment
// variable, because libFuzzer sometimes restarts the program with its arguments.
guard FuzzTarget.chosen != nil else {
  print("set ETUDE_FUZZ to one of: \(FuzzTarget.names)")
  exit(2)
}
exit(FuzzTarget.runChosen())
