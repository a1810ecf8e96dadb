#include "server/http_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace matside::server {
namespace {

namespace http = boost::beast::http;
using ::testing::HasSubstr;

std::string header(const HttpResponse& response, const char* name) {
  return std::string(response[name]);
}

TEST(HttpResponse, carries_status_type_body_and_length) {
  const HttpResponse response = make_response(http::status::not_found, "text/plain", "none\n");
  EXPECT_EQ(response.result(), http::status::not_found);
  EXPECT_EQ(header(response, "Content-Type"), "text/plain");
  EXPECT_EQ(header(response, "Content-Length"), "5");
  EXPECT_EQ(response.body(), "none\n");
}

TEST(HttpResponse, forbids_caching_framing_and_other_origins) {
  const HttpResponse response = make_response(http::status::ok, "text/html", "");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(header(response, "Cross-Origin-Resource-Policy"), "same-origin");
  const std::string policy = header(response, "Content-Security-Policy");
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, HasSubstr("form-action 'none'"));
}

TEST(HttpResponse, allows_the_camera_and_the_microphone_to_our_page_only) {
  const HttpResponse response = make_response(http::status::ok, "text/html", "");
  EXPECT_EQ(header(response, "Permissions-Policy"),
            "camera=(self), microphone=(self), geolocation=()");
}

}  // namespace
}  // namespace matside::server
