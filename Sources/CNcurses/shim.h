#pragma once
// SwiftPM does not hand pkg-config's -D_XOPEN_SOURCE to the Clang importer: ask for the wide API here.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1      // functions, not macros, for everything that exists as both
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include <curses.h>

extern int wcwidth(wchar_t);    // hidden unless _XOPEN_SOURCE
// --- global variables: Swift 6 refuses `extern` mutable globals, so read them in C
static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline int cn_lines(void) { return LINES; }
static inline int cn_cols(void)  { return COLS; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }
// --- function-like / cast macros Swift cannot import
static inline chtype cn_color_pair(int n) { return COLOR_PAIR(n); }
static inline int cn_key_f(int n) { return KEY_F(n); }
static const attr_t CN_NORMAL = WA_NORMAL, CN_BOLD = WA_BOLD, CN_REVERSE = WA_REVERSE,
  CN_UNDERLINE = WA_UNDERLINE, CN_DIM = WA_DIM, CN_STANDOUT = WA_STANDOUT, CN_ITALIC = A_ITALIC;
static const mmask_t CN_MOUSE_ALL = ALL_MOUSE_EVENTS, CN_MOUSE_POS = REPORT_MOUSE_POSITION,
  CN_B1_PRESSED = BUTTON1_PRESSED, CN_B1_RELEASED = BUTTON1_RELEASED, CN_B1_CLICKED = BUTTON1_CLICKED,
  CN_B1_DOUBLE = BUTTON1_DOUBLE_CLICKED, CN_WHEEL_UP = BUTTON4_PRESSED, CN_WHEEL_DOWN = BUTTON5_PRESSED;
static const int CN_ERR = ERR, CN_OK = OK, CN_KEY_CODE = KEY_CODE_YES;
static inline void cn_getyx(WINDOW *w, int *y, int *x) { getyx(w, *y, *x); }
static inline void cn_getmaxyx(WINDOW *w, int *y, int *x) { getmaxyx(w, *y, *x); }
static inline int cn_border(WINDOW *w) { return wborder_set(w, 0, 0, 0, 0, 0, 0, 0, 0); }
// one cell: base char + up to 4 combining marks
static inline int cn_put(WINDOW *w, int y, int x, const wchar_t *s, attr_t a, int pair) {
  cchar_t c; short p = (short)pair;
  if (setcchar(&c, s, a, p, pair > 32767 ? (void *)&pair : 0) == ERR) return ERR;
  return mvwadd_wch(w, y, x, &c);
}
// styled UTF-32 run, never more than `n` wchar_t
static inline int cn_puts(WINDOW *w, int y, int x, const wchar_t *s, int n, attr_t a, int pair) {
  attr_t oa; short op; wattr_get(w, &oa, &op, 0);
  wattr_set(w, a, (short)pair, 0);
  int r = mvwaddnwstr(w, y, x, s, n);
  wattr_set(w, oa, op, 0);
  return r;
}
