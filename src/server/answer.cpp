#include "server/answer.h"

#include <string>

namespace matside::server {
namespace {

namespace http = boost::beast::http;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace

Answer make_answer(http::status status, std::string_view type, std::string_view body) {
  Answer answer(status, 11);
  answer.set(http::field::content_type, std::string(type));
  answer.set(http::field::cache_control, "no-store");
  answer.set("Content-Security-Policy", kPolicy);
  answer.set("X-Content-Type-Options", "nosniff");
  answer.set("Referrer-Policy", "no-referrer");
  answer.set("Cross-Origin-Opener-Policy", "same-origin");
  answer.set("Cross-Origin-Resource-Policy", "same-origin");
  answer.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  answer.content_length(body.size());
  answer.body() = std::string(body);
  return answer;
}

}  // namespace matside::server
