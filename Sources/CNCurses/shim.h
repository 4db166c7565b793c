#pragma once
// Wide-character curses, wrappers for its macros and variables, which Swift cannot import, and three
// Linux calls missing from Swift's Glibc module.

#define NCURSES_WIDECHAR 1
#include <curses.h>
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
static const attr_t curses_underline = A_UNDERLINE;
static const attr_t curses_reverse = A_REVERSE;

static inline int curses_width(void) { return getmaxx(stdscr); }
static inline int curses_height(void) { return getmaxy(stdscr); }

// MARK: Calls

static inline SCREEN *curses_new_terminal(void) { return newterm(NULL, stdout, stdin); }

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
