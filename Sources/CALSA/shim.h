#pragma once
#include <alsa/asoundlib.h>
#include <poll.h>

// ALSA prints its troubles on standard error, which would spoil a curses screen. The handler is variadic, so it lives in C.
static inline void ca_quiet_handler(const char *file, int line, const char *function, int error, const char *format, ...) {
  (void)file; (void)line; (void)function; (void)error; (void)format;
}
static inline void ca_quiet(void) { snd_lib_error_set_handler(ca_quiet_handler); }
