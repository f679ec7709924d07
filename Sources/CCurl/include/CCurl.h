// A small blocking HTTP client on libcurl, which is loaded when the first client is opened: a program that sends nothing
// neither needs the library nor loads the thirty others that come with it.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct acogida_http acogida_http;

// What holds for every request of a client. Texts may be NULL.
typedef struct {
  const char *proxy;           // URL of a proxy; NULL: as the environment says (https_proxy, no_proxy)
  const char *ca_file;         // PEM file of trusted authorities; NULL: the system's
  const char *user_agent;
  int64_t bytes_per_second;    // limit for sending and receiving; 0: none
  long connect_timeout_ms;
  long stall_timeout_s;        // gives up after so long without a byte
} acogida_http_settings;

typedef struct {
  const char *method;
  const char *url;
  const char *const *headers;  // "Name: value"; a name alone with ';' sends an empty header
  size_t header_count;
  const uint8_t *body;         // NULL: no body
  size_t body_length;
  const char *user;            // NULL: none
  const char *password;
  int digest;                  // 1: Digest, which waits for the server's challenge; 0: Basic, at once
  size_t response_limit;       // more bytes than this are an error
} acogida_http_request;

typedef struct {
  int code;                    // libcurl's; 0 is success
  long status;
  char *headers;               // as received, of the last response
  size_t headers_length;
  uint8_t *body;
  size_t body_length;
  char error[256];             // libcurl's words for `code`
} acogida_http_response;

// A client keeps its connection between requests; one thread at a time. NULL: libcurl is not there.
acogida_http *acogida_http_open(const acogida_http_settings *settings);
void acogida_http_close(acogida_http *client);

// Ends the running request, and every later one, from another thread or a signal.
void acogida_http_cancel(acogida_http *client);

void acogida_http_send(acogida_http *client, const acogida_http_request *request, acogida_http_response *response);
void acogida_http_free(acogida_http_response *response);

// libcurl's codes that a program tells apart.
extern const int acogida_http_cannot_resolve, acogida_http_cannot_connect, acogida_http_timed_out,
  acogida_http_untrusted, acogida_http_cancelled, acogida_http_too_large, acogida_http_bad_proxy, acogida_http_bad_authority_file;
