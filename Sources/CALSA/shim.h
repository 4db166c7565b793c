#pragma once
#include <alsa/asoundlib.h>

// ALSA prints errors to stderr, which would corrupt the screen; its return codes say enough. The
// handler is variadic, so it cannot be written in Swift.
static inline void etude_alsa_discard_message(
    const char *file, int line, const char *function, int code, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)code, (void)format;
}

static inline void etude_alsa_discard_messages(void) {
  snd_lib_error_set_handler(etude_alsa_discard_message);
}
