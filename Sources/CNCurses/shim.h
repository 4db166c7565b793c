#pragma once
// Wide-character curses, wrappers for its macros and variables, which Swift cannot import, and three
// Linux calls missing from Swift's Glibc module.

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// MARK: Variables

static inline WINDOW *curses_screen(void) { return stdscr; }
static inline WINDOW *curses_new_screen_content(void) { return curscr; }
static inline int curses_colors(void) { return COLORS; }
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

// MARK: Macros

static const attr_t curses_bold = A_BOLD;
static const attr_t curses_dim = A_DIM;
static const attr_t curses_italic = A_ITALIC;
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

static inline int curses_first_realtime_signal(void) { return SIGRTMIN; }
static inline int curses_last_realtime_signal(void) { return SIGRTMAX; }

static inline int curses_width(void) { return getmaxx(stdscr); }
static inline int curses_height(void) { return getmaxy(stdscr); }

// MARK: Calls

static inline SCREEN *curses_new_terminal(const char *type) {
  return newterm((char *)type, stdout, stdin);
}

/// A string capability of the terminal, or NULL; tigetstr signals absence by -1 or NULL.
static inline const char *curses_capability(const char *name) {
  const char *value = tigetstr((char *)name);
  return value == (char *)-1 ? NULL : value;
}

/// wattr_set with a colour pair that may exceed a short.
static inline int curses_set_attributes(WINDOW *window, attr_t attributes, int pair) {
  return wattr_set(window, attributes, 0, &pair);
}

static inline int curses_memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */);
}

extern int wcwidth(wchar_t character);
static inline int curses_character_width(wchar_t character) { return wcwidth(character); }

// MARK: Signals

/// The C library keeps the first two real-time signals to itself, so that sigaction refuses them; until
/// it uses them, they end the program and leave the terminal as it is. Ignores them meanwhile.
static inline void curses_ignore_internal_signals(void) {
  // The kernel's struct, longer than on any machine; the first member is the handler.
  struct { void (*handler)(int); unsigned long rest[7]; } action = {0}, ignore = {SIG_IGN, {0}};
  for (int number = 32; number < SIGRTMIN; number++) {
    long code = syscall(SYS_rt_sigaction, number, NULL, &action, 8ul);
    if (code == 0 && action.handler == SIG_DFL) syscall(SYS_rt_sigaction, number, &ignore, NULL, 8ul);
  }
}
