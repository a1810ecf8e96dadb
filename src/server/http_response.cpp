#include "server/http_response.h"

#include <string>

namespace matside::server {
namespace {

namespace http = boost::beast::http;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace

HttpResponse make_response(http::status status, std::string_view type, std::string_view body) {
  HttpResponse response(status, 11);
  response.set(http::field::content_type, std::string(type));
  response.set(http::field::cache_control, "no-store");
  response.set("Content-Security-Policy", kPolicy);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()");
  response.content_length(body.size());
  response.body() = std::string(body);
  return response;
}

}  // namespace matside::server
