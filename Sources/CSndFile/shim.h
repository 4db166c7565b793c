#pragma once
#include <sndfile.h>
#include <stdio.h>

/* The stream that C libraries print their messages to. */
static inline FILE *sound_files_error_stream(void) { return stderr; }
static inline void sound_files_set_error_stream(FILE *stream) { stderr = stream; }
