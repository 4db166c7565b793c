import Playback
import Testing

@Suite struct RemoteSessionTests {
  @Test func theMachineIsNamedOverSSH() {
    let ssh = ["SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22"]
    #expect(RemoteSession.soundRemark(host: "studio", environment: { _ in nil }) == nil)
    #expect(
      RemoteSession.soundRemark(host: "studio", environment: { ssh[$0] })
        == "you are connected by SSH: sound comes out of studio, not where you sit")
    let forwarded = ssh.merging(["PULSE_SERVER": "tcp:localhost:4713"]) { $1 }
    #expect(
      RemoteSession.soundRemark(host: "studio", environment: { forwarded[$0] })
        == "you are connected by SSH: sound goes to the PulseAudio server tcp:localhost:4713")
  }
}
