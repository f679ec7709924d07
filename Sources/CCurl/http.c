#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

const int acogida_http_cannot_resolve = CURLE_COULDNT_RESOLVE_HOST;
const int acogida_http_cannot_connect = CURLE_COULDNT_CONNECT;
const int acogida_http_timed_out = CURLE_OPERATION_TIMEDOUT;
const int acogida_http_untrusted = CURLE_PEER_FAILED_VERIFICATION;
const int acogida_http_cancelled = CURLE_ABORTED_BY_CALLBACK;
const int acogida_http_too_large = CURLE_FILESIZE_EXCEEDED;
const int acogida_http_bad_proxy = CURLE_COULDNT_RESOLVE_PROXY;
const int acogida_http_bad_authority_file = CURLE_SSL_CACERT_BADFILE;

// The library's functions, found once.
static struct {
  CURL *(*init)(void);
  CURLcode (*setopt)(CURL *, CURLoption, ...);
  CURLcode (*perform)(CURL *);
  CURLcode (*getinfo)(CURL *, CURLINFO, ...);
  void (*reset)(CURL *);
  void (*cleanup)(CURL *);
  struct curl_slist *(*append)(struct curl_slist *, const char *);
  void (*free_all)(struct curl_slist *);
  int ready;
} curl;

static void load(void) {
  static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};
  void *library = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  CURLcode (*global)(long) = (CURLcode(*)(long))dlsym(library, "curl_global_init");
  curl.init = (CURL * (*)(void)) dlsym(library, "curl_easy_init");
  curl.setopt = (CURLcode(*)(CURL *, CURLoption, ...))dlsym(library, "curl_easy_setopt");
  curl.perform = (CURLcode(*)(CURL *))dlsym(library, "curl_easy_perform");
  curl.getinfo = (CURLcode(*)(CURL *, CURLINFO, ...))dlsym(library, "curl_easy_getinfo");
  curl.reset = (void (*)(CURL *))dlsym(library, "curl_easy_reset");
  curl.cleanup = (void (*)(CURL *))dlsym(library, "curl_easy_cleanup");
  curl.append = (struct curl_slist * (*)(struct curl_slist *, const char *)) dlsym(library, "curl_slist_append");
  curl.free_all = (void (*)(struct curl_slist *))dlsym(library, "curl_slist_free_all");
  curl.ready = global && curl.init && curl.setopt && curl.perform && curl.getinfo && curl.reset && curl.cleanup &&
               curl.append && curl.free_all && global(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

struct acogida_http {
  CURL *easy;
  char *proxy, *ca_file, *user_agent;
  int64_t bytes_per_second;
  long connect_timeout_ms, stall_timeout_s;
  atomic_int cancelled;
};

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

acogida_http *acogida_http_open(const acogida_http_settings *settings) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  if (!curl.ready) return NULL;
  acogida_http *client = calloc(1, sizeof *client);
  if (!client) return NULL;
  if (!(client->easy = curl.init())) {
    free(client);
    return NULL;
  }
  client->proxy = copy(settings->proxy);
  client->ca_file = copy(settings->ca_file);
  client->user_agent = copy(settings->user_agent);
  client->bytes_per_second = settings->bytes_per_second;
  client->connect_timeout_ms = settings->connect_timeout_ms;
  client->stall_timeout_s = settings->stall_timeout_s;
  return client;
}

void acogida_http_close(acogida_http *client) {
  if (!client) return;
  curl.cleanup(client->easy);
  free(client->proxy);
  free(client->ca_file);
  free(client->user_agent);
  free(client);
}

void acogida_http_cancel(acogida_http *client) { atomic_store(&client->cancelled, 1); }

// Bytes that grow, up to a limit.
typedef struct {
  uint8_t *bytes;
  size_t length, capacity, limit;
  int overflow;
} sink;

static int put(sink *target, const char *bytes, size_t count) {
  if (count > target->limit - target->length) {
    target->overflow = 1;
    return 0;
  }
  if (target->length + count > target->capacity) {
    size_t capacity = target->capacity ? target->capacity * 2 : 4096;
    while (capacity < target->length + count) capacity *= 2;
    uint8_t *grown = realloc(target->bytes, capacity);
    if (!grown) return 0;
    target->bytes = grown;
    target->capacity = capacity;
  }
  memcpy(target->bytes + target->length, bytes, count);
  target->length += count;
  return 1;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
  return put(context, bytes, size * count) ? size * count : 0;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
  sink *headers = context;
  // A new status line begins a new response: the ones before it (100, a 401 that asks for a digest) are done with.
  if (size * count > 5 && memcmp(bytes, "HTTP/", 5) == 0) headers->length = 0;
  return put(headers, bytes, size * count) ? size * count : 0;
}

static int progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)a, (void)b, (void)c, (void)d;
  return atomic_load(&((acogida_http *)context)->cancelled);
}

// A request body that can be sent again, as a digest or a closed connection asks for.
typedef struct {
  const uint8_t *bytes;
  size_t length, sent;
} source;

static size_t give(char *target, size_t size, size_t count, void *context) {
  source *body = context;
  size_t room = size * count, left = body->length - body->sent, part = room < left ? room : left;
  memcpy(target, body->bytes + body->sent, part);
  body->sent += part;
  return part;
}

static int rewind_body(void *context, curl_off_t offset, int origin) {
  source *body = context;
  if (origin != SEEK_SET || offset < 0 || (size_t)offset > body->length) return CURL_SEEKFUNC_FAIL;
  body->sent = (size_t)offset;
  return CURL_SEEKFUNC_OK;
}

static void set_client(acogida_http *client) {
  CURL *easy = client->easy;
  curl.setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl.setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  curl.setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  // A redirect would send a signed, perhaps sealed, request to a place nobody configured.
  curl.setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl.setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl.setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, client->connect_timeout_ms);
  curl.setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl.setopt(easy, CURLOPT_LOW_SPEED_TIME, client->stall_timeout_s);
  curl.setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl.setopt(easy, CURLOPT_XFERINFOFUNCTION, progress);
  curl.setopt(easy, CURLOPT_XFERINFODATA, client);
  if (client->proxy) curl.setopt(easy, CURLOPT_PROXY, client->proxy);
  if (client->ca_file) curl.setopt(easy, CURLOPT_CAINFO, client->ca_file);
  if (client->user_agent) curl.setopt(easy, CURLOPT_USERAGENT, client->user_agent);
  if (client->bytes_per_second > 0) {
    curl.setopt(easy, CURLOPT_MAX_SEND_SPEED_LARGE, (curl_off_t)client->bytes_per_second);
    curl.setopt(easy, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)client->bytes_per_second);
  }
}

static void set_body(CURL *easy, const acogida_http_request *request, source *body) {
  if (strcmp(request->method, "HEAD") == 0) {
    curl.setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (request->body || strcmp(request->method, "PUT") == 0 || strcmp(request->method, "POST") == 0) {
    curl.setopt(easy, CURLOPT_UPLOAD, 1L);
    curl.setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->body_length);
    curl.setopt(easy, CURLOPT_READFUNCTION, give);
    curl.setopt(easy, CURLOPT_READDATA, body);
    curl.setopt(easy, CURLOPT_SEEKFUNCTION, rewind_body);
    curl.setopt(easy, CURLOPT_SEEKDATA, body);
    curl.setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
  } else {
    curl.setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
  }
}

void acogida_http_send(acogida_http *client, const acogida_http_request *request, acogida_http_response *response) {
  CURL *easy = client->easy;
  struct curl_slist *list = NULL;
  char error[CURL_ERROR_SIZE] = "";
  sink headers = {.limit = 1 << 18}, answer = {.limit = request->response_limit};
  source body = {request->body, request->body_length, 0};
  memset(response, 0, sizeof *response);
  curl.reset(easy);
  set_client(client);
  set_body(easy, request, &body);
  for (size_t i = 0; i < request->header_count; i++) {
    struct curl_slist *longer = curl.append(list, request->headers[i]);
    if (longer) list = longer;
  }
  curl.setopt(easy, CURLOPT_URL, request->url);
  curl.setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  curl.setopt(easy, CURLOPT_HTTPHEADER, list);
  curl.setopt(easy, CURLOPT_ERRORBUFFER, error);
  curl.setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl.setopt(easy, CURLOPT_WRITEDATA, &answer);
  curl.setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl.setopt(easy, CURLOPT_HEADERDATA, &headers);
  if (request->user) {
    curl.setopt(easy, CURLOPT_HTTPAUTH, (long)(request->digest ? CURLAUTH_DIGEST : CURLAUTH_BASIC));
    curl.setopt(easy, CURLOPT_USERNAME, request->user);
    curl.setopt(easy, CURLOPT_PASSWORD, request->password ? request->password : "");
  }
  response->code = (int)curl.perform(easy);
  if (answer.overflow || headers.overflow) response->code = CURLE_FILESIZE_EXCEEDED;
  curl.getinfo(easy, CURLINFO_RESPONSE_CODE, &response->status);
  response->headers = (char *)headers.bytes;
  response->headers_length = headers.length;
  response->body = answer.bytes;
  response->body_length = answer.length;
  strncpy(response->error, error, sizeof response->error - 1);
  // The next request must not find this one's buffers.
  curl.reset(easy);
  curl.free_all(list);
}

void acogida_http_free(acogida_http_response *response) {
  free(response->headers);
  free(response->body);
  memset(response, 0, sizeof *response);
}
