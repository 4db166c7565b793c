#pragma once
#include <alsa/asoundlib.h>

// ALSA prints its errors to stderr, where they would tear the screen; the codes that its functions
// return say enough. Its error handler is variadic, which Swift cannot write.
static inline void etude_alsa_discard_message(
    const char *file, int line, const char *function, int code, const char *format, ...) {
  (void)file, (void)line, (void)function, (void)code, (void)format;
}

static inline void etude_alsa_discard_messages(void) {
  snd_lib_error_set_handler(etude_alsa_discard_message);
}
