// Writes audio/foot_steps.wav: someone walks past on gravel, from left to right.
//
// Usage: footsteps FILE.wav. The seed is fixed, so the file is always the same.

import Glibc
import SoundFiles

guard CommandLine.arguments.count == 2 else {
  print("usage: footsteps FILE.wav")
  exit(2)
}
let recording = Recording(seed: Recording.seed)
let sound = SoundFile(
  samples: .int16(recording.interleaved), channelCount: 2, sampleRate: Recording.sampleRate)
do {
  _ = try sound.write(to: CommandLine.arguments[1])
} catch {
  print("footsteps: \(error)")
  exit(1)
}
