#pragma once
// SwiftPM does not hand pkg-config's -D_XOPEN_SOURCE to the Clang importer: ask for the wide API here.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <wchar.h>

// --- what Swift cannot import: mutable globals and casting macros
static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }
static const attr_t CN_NORMAL = WA_NORMAL, CN_BOLD = WA_BOLD, CN_REVERSE = WA_REVERSE,
                    CN_UNDERLINE = WA_UNDERLINE, CN_DIM = WA_DIM, CN_ITALIC = A_ITALIC;
static const int CN_ERR = ERR;

/// Starts curses on standard input and output, with the terminal TERM names; NULL when it is unknown.
SCREEN *cn_open(void);
/// Draws one cell: a base character with its combining marks. Returns ERR for what curses cannot hold.
int cn_put(WINDOW *window, int row, int column, const wchar_t *text, attr_t attributes, int pair);
/// A string capability of the terminal by its terminfo name, or NULL.
const char *cn_capability(const char *name);
/// The columns the C library gives a character; curses believes it.
int cn_width(wchar_t character);
/// Size of the terminal behind a descriptor; 0 on success.
int cn_terminal_size(int descriptor, int *rows, int *columns);

// --- signals: handlers only write the signal's number to a pipe
/// Lets SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT and SIGTSTP write their number to `pipe_end`. A second
/// request to end restores the terminal and ends the process at once.
void cn_signals_install(int pipe_end);
/// Gives the signals back to whoever had them.
void cn_signals_remove(void);
/// Stops the process as SIGTSTP would by default and returns when it is continued.
void cn_stop_process(void);

/// A pipe that no child inherits and that never blocks; 0 on success.
int cn_wake_pipe(int ends[2]);

// --- a crash or an exit never leaves the terminal in raw mode
/// Remembers the terminal's present modes and installs handlers for deadly signals and exit; 0 on success.
int cn_guard_install(int descriptor);
/// Lets the calling thread survive a stack overflow long enough to restore the terminal; cheap, call it often.
void cn_guard_thread(void);
/// From now on a crash writes `leave` and restores the modes remembered. At most 511 bytes are kept.
void cn_guard_arm(const char *leave, size_t length);
/// The terminal is in order again; a crash leaves it alone.
void cn_guard_disarm(void);
/// Restores the terminal now if the guard is armed. Safe in a signal handler.
void cn_guard_restore(void);
/// Writes the modes remembered at installation back; 0 on success.
int cn_guard_restore_modes(void);
