// Loaded before a program (LD_PRELOAD): writes down what it does to files, or makes its disk fail.
//
// FAULTS_LOG=FILE      every change of a file under FAULTS_ROOT, and every line on standard output, in order, so that the state
//                      of the disk after a power cut at any point can be made (powercut.py)
// FAULTS_ROOT=FOLDER   the files that are meant
// FAULTS_ERROR=EIO|ENOSPC, FAULTS_RATE=N, FAULTS_SEED=N
//                      one of N writes, syncs and truncations fails; half of the failing writes are short
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4096
// By inode, which a file keeps when its name goes to another.
static char *paths[FILES];
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int log_file = -1;
static const char *root;
static int error_code;
static uint64_t rate, state;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
  root = getenv("FAULTS_ROOT");
  const char *log = getenv("FAULTS_LOG");
  if (log) log_file = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *error = getenv("FAULTS_ERROR");
  if (error) error_code = strcmp(error, "ENOSPC") ? EIO : ENOSPC;
  const char *text = getenv("FAULTS_RATE");
  rate = text ? strtoull(text, 0, 10) : 0;
  text = getenv("FAULTS_SEED");
  state = (text ? strtoull(text, 0, 10) : 1) * 0x9E3779B97F4A7C15ull + 1;
}

static int is_ours(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static int fails(void) {
  if (!rate || !error_code) return 0;
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state % rate == 0;
}

// One record: kind, path, second path or "-", offset, length; then the bytes.
static void record(const char *kind, const char *path, const char *other, off_t offset, const void *bytes, size_t count) {
  if (log_file < 0) return;
  char head[9000];
  int length = snprintf(head, sizeof head, "%s\t%s\t%s\t%lld\t%zu\n", kind, path, other ? other : "-", (long long)offset, count);
  char *whole = malloc(length + count);
  memcpy(whole, head, length);
  if (count) memcpy(whole + length, bytes, count);
  REAL(write)(log_file, whole, length + count);
  free(whole);
}

static const char *path_of(int fd) { return fd >= 0 && fd < FILES ? paths[fd] : NULL; }

static int opened(int fd, const char *path, int flags, int existed) {
  if (fd < 0 || fd >= FILES || !is_ours(path)) return fd;
  pthread_mutex_lock(&lock);
  struct stat status;
  char inode[32] = "inode:0";
  if (fstat(fd, &status) == 0) snprintf(inode, sizeof inode, "inode:%llu", (unsigned long long)status.st_ino);
  free(paths[fd]);
  paths[fd] = strdup(inode);
  if (!existed) record("create", path, inode, 0, NULL, 0);
  if (flags & O_TRUNC) record("truncate", inode, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return fd;
}

#define OPEN(name, call, ...)                                  \
  int existed = access(path, F_OK) == 0;                       \
  mode_t mode = 0;                                             \
  if (flags & (O_CREAT | O_TMPFILE)) {                         \
    va_list list;                                              \
    va_start(list, flags);                                     \
    mode = va_arg(list, mode_t);                               \
    va_end(list);                                              \
  }                                                            \
  return opened(call, path, flags, existed)

int open(const char *path, int flags, ...) { OPEN(open, REAL(open)(path, flags, mode)); }
int open64(const char *path, int flags, ...) { OPEN(open64, REAL(open64)(path, flags, mode)); }

int close(int fd) {
  if (fd >= 0 && fd < FILES) {
    pthread_mutex_lock(&lock);
    free(paths[fd]);
    paths[fd] = NULL;
    pthread_mutex_unlock(&lock);
  }
  return REAL(close)(fd);
}

static ssize_t written(int fd, const void *bytes, size_t count, off_t offset, int moves) {
  const char *path = path_of(fd);
  if (!path) return moves ? REAL(write)(fd, bytes, count) : REAL(pwrite64)(fd, bytes, count, offset);
  if (fails()) {
    if (state & 1 || count < 2) return errno = error_code, -1;
    count /= 2;
  }
  pthread_mutex_lock(&lock);
  if (moves) offset = lseek(fd, 0, SEEK_CUR);
  ssize_t done = moves ? REAL(write)(fd, bytes, count) : REAL(pwrite64)(fd, bytes, count, offset);
  if (done > 0) record("write", path, NULL, offset, bytes, done);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  if (fd == 1 && log_file >= 0) {
    pthread_mutex_lock(&lock);
    record("say", "-", NULL, 0, bytes, count);
    pthread_mutex_unlock(&lock);
  }
  return written(fd, bytes, count, 0, 1);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset, 0); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset, 0); }

static int synced(int fd, int (*call)(int)) {
  const char *path = path_of(fd);
  if (path && fails()) return errno = error_code, -1;
  int result = call(fd);
  if (path && result == 0) record("sync", path, NULL, 0, NULL, 0);
  return result;
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

static int truncated(int fd, off_t size) {
  const char *path = path_of(fd);
  if (path && fails()) return errno = error_code, -1;
  int result = REAL(ftruncate64)(fd, size);
  if (path && result == 0) record("truncate", path, NULL, size, NULL, 0);
  return result;
}
int ftruncate(int fd, off_t size) { return truncated(fd, size); }
int ftruncate64(int fd, off_t size) { return truncated(fd, size); }

int rename(const char *from, const char *to) {
  int result = REAL(rename)(from, to);
  if (result == 0 && is_ours(from)) record("rename", from, to, 0, NULL, 0);
  return result;
}
int link(const char *from, const char *to) {
  int result = REAL(link)(from, to);
  if (result == 0 && is_ours(from)) record("link", from, to, 0, NULL, 0);
  return result;
}
int unlink(const char *path) {
  int result = REAL(unlink)(path);
  if (result == 0 && is_ours(path)) record("unlink", path, NULL, 0, NULL, 0);
  return result;
}
int mkdir(const char *path, mode_t mode) {
  int result = REAL(mkdir)(path, mode);
  if (result == 0 && is_ours(path)) record("mkdir", path, NULL, 0, NULL, 0);
  return result;
}
