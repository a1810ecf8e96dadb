#include "server/pair_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matside::server {
namespace {

namespace http = boost::beast::http;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

class PairPageTest : public ::testing::Test {
 protected:
  HttpResponse submit(const std::string& form) {
    return handle_pair_form(pairing_, form, "Firefox Android", now_);
  }
  static std::string cookie_of(const HttpResponse& response) {
    const std::string set(response[http::field::set_cookie]);
    return set.substr(0, set.find(';'));
  }

  std::vector<std::string> shown_;
  Pairing pairing_{[this](const std::string& code) { shown_.push_back(code); }};
  Pairing::Time now_{seconds(1000)};
};

TEST_F(PairPageTest, shows_a_form_and_the_problem_if_there_is_one) {
  const HttpResponse plain = pair_page(http::status::ok, "");
  EXPECT_THAT(plain.body(), HasSubstr("<form method=\"post\" action=\"/pair\">"));
  EXPECT_THAT(plain.body(), Not(HasSubstr("role=\"alert\"")));
  EXPECT_THAT(std::string(plain["Content-Security-Policy"]), HasSubstr("form-action 'self'"));
  EXPECT_EQ(std::string(plain["Referrer-Policy"]), "same-origin");
  const HttpResponse failed = pair_page(http::status::forbidden, "Wrong code.");
  EXPECT_THAT(failed.body(), HasSubstr("role=\"alert\">Wrong code.</p>"));
}

TEST_F(PairPageTest, the_right_code_sets_a_cookie_that_is_recognised) {
  pairing_.issue_code(now_);
  const HttpResponse paired = submit("code=" + shown_.back());
  EXPECT_EQ(paired.result(), http::status::see_other);
  EXPECT_EQ(std::string(paired[http::field::location]), "/");
  EXPECT_THAT(std::string(paired[http::field::set_cookie]),
              HasSubstr("; Path=/; Secure; HttpOnly; SameSite=Strict"));
  const std::string cookie = cookie_of(paired);
  EXPECT_EQ(paired_device(pairing_, cookie), 1);
  EXPECT_EQ(paired_device(pairing_, "other=1;  " + cookie + "; more=2"), 1);
  EXPECT_EQ(pairing_.devices()[0].name, "Firefox on Android");
  EXPECT_FALSE(paired_device(pairing_, ""));
  EXPECT_FALSE(paired_device(pairing_, ";;"));
  EXPECT_FALSE(paired_device(pairing_, "x" + cookie));
  EXPECT_FALSE(paired_device(pairing_, cookie + "0"));
  EXPECT_FALSE(paired_device(pairing_, "__Host-matside=" + std::string(64, '0')));
}

TEST_F(PairPageTest, a_wrong_code_is_forbidden_and_too_many_are_locked_out) {
  pairing_.issue_code(now_);
  for (int i = 0; i < Pairing::kMaxWrongTries; ++i) {
    const HttpResponse wrong = submit(i % 2 == 0 ? "code=1" : "no form at all");
    EXPECT_EQ(wrong.result(), http::status::forbidden);
    EXPECT_THAT(wrong.body(), HasSubstr("Wrong code"));
    EXPECT_EQ(cookie_of(wrong), "");
  }
  EXPECT_EQ(submit("code=" + shown_.back()).result(), http::status::too_many_requests);
}

TEST_F(PairPageTest, a_device_is_named_by_its_browser_and_system) {
  EXPECT_EQ(
      device_name("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Chrome/126.0 Mobile Safari/537.36"),
      "Chrome on Android");
  EXPECT_EQ(device_name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
                        "AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari on iPhone");
  EXPECT_EQ(device_name("<b>curl</b>"), "Browser");
  EXPECT_EQ(device_name(""), "Browser");
}

TEST_F(PairPageTest, an_expired_code_is_replaced) {
  pairing_.issue_code(now_);
  const std::string old = shown_.back();
  now_ += minutes(10);
  const HttpResponse expired = submit("code=" + old);
  EXPECT_EQ(expired.result(), http::status::forbidden);
  EXPECT_THAT(expired.body(), HasSubstr("new one from the terminal"));
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_EQ(submit("code=" + shown_.back()).result(), http::status::see_other);
}

}  // namespace
}  // namespace matside::server
