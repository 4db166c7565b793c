#pragma once
// Wide-character curses, and the accessors that Swift 6 cannot import.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
