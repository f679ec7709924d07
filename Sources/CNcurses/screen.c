#include "CNcurses.h"
#include <stdio.h>
#include <sys/ioctl.h>

// From <term.h>, whose macros (lines, columns, ...) would rewrite half of any file.
extern char *tigetstr(const char *name);

SCREEN *cn_open(void) { return newterm(NULL, stdout, stdin); }

int cn_put(WINDOW *window, int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, attributes, (short)pair, NULL) == ERR) return ERR;
  // Writing the bottom right cell reports ERR because the cursor cannot move on; the cell is drawn.
  mvwadd_wch(window, row, column, &cell);
  return OK;
}

const char *cn_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

int cn_width(wchar_t character) { return wcwidth(character); }

int cn_terminal_size(int descriptor, int *rows, int *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}
