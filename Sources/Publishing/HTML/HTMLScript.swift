/// What an exported lesson does: players that switch at the same position, and questions that uncover what follows.
enum HTMLScript {
  static let text = """
    "use strict";
    document.documentElement.classList.add("js");

    const sounds = JSON.parse(document.getElementById("sounds").textContent);
    const addresses = new Map();
    function address(number) {
      if (!addresses.has(number)) {
        const bytes = Uint8Array.from(atob(sounds[number]), character => character.charCodeAt(0));
        addresses.set(number, URL.createObjectURL(new Blob([bytes], { type: "audio/flac" })));
      }
      return addresses.get(number);
    }

    let playing = null;
    for (const player of document.querySelectorAll(".player")) {
      const audio = new Audio();
      const play = player.querySelector(".play");
      const seek = player.querySelector(".seek");
      const time = player.querySelector(".time");
      const tracks = [...player.querySelectorAll(".track")];
      const minutes = seconds => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
      function show() {
        const duration = audio.duration || 0;
        seek.value = duration ? audio.currentTime / duration : 0;
        time.textContent = `${minutes(audio.currentTime)}/${minutes(duration)}`;
        play.textContent = audio.paused ? "▶" : "⏸";
        play.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      }
      function select(track) {
        const position = audio.currentTime, wasPlaying = !audio.paused;
        for (const other of tracks) other.setAttribute("aria-pressed", other === track);
        audio.addEventListener("loadedmetadata", () => {
          audio.currentTime = Math.min(position, audio.duration);
          if (wasPlaying) audio.play();
          show();
        }, { once: true });
        audio.src = address(Number(track.dataset.sound));
      }
      function start() {
        if (!audio.src) select(tracks[0]);
        if (playing && playing !== audio) playing.pause();
        playing = audio;
        if (audio.ended) audio.currentTime = 0;
        audio.play();
      }
      play.addEventListener("click", () => audio.paused ? start() : audio.pause());
      for (const track of tracks) track.addEventListener("click", () => { select(track); if (audio.paused) start(); });
      seek.addEventListener("input", () => { if (audio.duration) audio.currentTime = seek.value * audio.duration; });
      player.addEventListener("keydown", event => {
        const track = tracks[Number(event.key) - 1];
        if (track && !event.ctrlKey && !event.metaKey && !event.altKey) select(track);
      });
      for (const name of ["timeupdate", "play", "pause", "ended"]) audio.addEventListener(name, show);
    }

    for (const form of document.querySelectorAll(".question")) {
      const boxes = [...form.querySelectorAll("input")];
      function close(given) {
        form.classList.add("answered");
        for (const box of boxes) box.disabled = true;
        const chosen = boxes.find(box => box.value === given);
        if (chosen) chosen.checked = true;
        const right = chosen && chosen.parentElement.hasAttribute("data-right");
        form.querySelector(".verdict").textContent =
          chosen ? (right ? "✓ Right." : "✗ Not quite: the right answer is marked.") : "The right answer is marked.";
        for (const part of document.querySelectorAll(".covered"))
          if (part.dataset.question === form.dataset.question) part.classList.add("open");
      }
      form.addEventListener("submit", event => {
        event.preventDefault();
        const chosen = boxes.find(box => box.checked);
        if (chosen) close(chosen.value); else boxes[0].focus();
      });
      form.querySelector(".skip").addEventListener("click", () => close("skipped"));
      if (form.dataset.given) close(form.dataset.given);
    }
    """
}
