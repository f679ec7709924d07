#include "CNcurses.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static int terminal = -1;
static volatile sig_atomic_t armed;
static char leave_text[512];
static size_t leave_length;

static const int deadly[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGQUIT};
static struct sigaction before_crash[NSIG];
static int guarded;
static char signal_stack[64 * 1024];

void cn_guard_restore(void) {
  if (!armed) return;
  armed = 0;
  ssize_t written = write(terminal, leave_text, leave_length);
  (void)written;
  tcsetattr(terminal, TCSANOW, &saved);    // async-signal-safe by POSIX
}

int cn_guard_restore_modes(void) { return tcsetattr(terminal, TCSADRAIN, &saved); }

/// Installs one handler for several signals and keeps what was there before.
static void take_over(const int *numbers, size_t count, struct sigaction action, struct sigaction *before) {
  action.sa_flags |= SA_ONSTACK;
  for (size_t i = 0; i < count; i++) sigaction(numbers[i], &action, &before[numbers[i]]);
}

static void crashed(int number, siginfo_t *info, void *context) {
  cn_guard_restore();
  // Hand over to whoever was there before: the Swift runtime's backtracer, or the default action.
  struct sigaction *old = &before_crash[number];
  if (old->sa_flags & SA_SIGINFO) {
    old->sa_sigaction(number, info, context);
  } else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
    old->sa_handler(number);
  } else {
    signal(number, SIG_DFL);
    raise(number);
  }
}

void cn_guard_thread(void) {
  // A stack overflow can only be handled on another stack; the Swift runtime may have set one up. One stack
  // serves all threads: only one of them crashes.
  stack_t now;
  if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE)) {
    stack_t mine = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack, .ss_flags = 0};
    sigaltstack(&mine, NULL);
  }
}

int cn_guard_install(int descriptor) {
  if (tcgetattr(descriptor, &saved) != 0) return -1;
  terminal = descriptor;
  if (guarded) return 0;
  guarded = 1;
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  take_over(deadly, sizeof deadly / sizeof *deadly, action, before_crash);
  atexit(cn_guard_restore);
  return 0;
}

void cn_guard_arm(const char *leave, size_t length) {
  if (length >= sizeof leave_text) length = sizeof leave_text - 1;
  memcpy(leave_text, leave, length);
  leave_length = length;
  armed = 1;
}

void cn_guard_disarm(void) { armed = 0; }

static const int watched[] = {SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT, SIGTSTP};
static struct sigaction before_watch[NSIG];
static volatile sig_atomic_t watching, pipe_end = -1, ending;

static void report(int number) {
  int error = errno;
  if (number == SIGTERM || number == SIGHUP || number == SIGINT) {
    if (ending) {
      cn_guard_restore();
      _exit(128 + number);
    }
    ending = 1;
  }
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(pipe_end, &byte, 1);
  (void)written;
  errno = error;
}

void cn_signals_install(int end) {
  pipe_end = end;
  ending = 0;
  if (watching) return;
  watching = 1;
  struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  take_over(watched, sizeof watched / sizeof *watched, action, before_watch);
}

void cn_signals_remove(void) {
  if (!watching) return;
  watching = 0;
  for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
    sigaction(watched[i], &before_watch[watched[i]], NULL);
}

void cn_stop_process(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, &old);
  // Raised for this thread, so that it has stopped before the handler comes back; worker threads block signals.
  sigset_t only, before;
  sigemptyset(&only);
  sigaddset(&only, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &only, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &old, NULL);
}

int cn_wake_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }
