#include "server/pair_page.h"

#include <array>
#include <utility>

#include "server/secret.h"

namespace matside::server {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view kCookie = "__Host-matside";
constexpr std::string_view kField = "code=";

constexpr const char* kPairPagePolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

constexpr std::string_view kBefore = R"(<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Pair with Matside</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/pair.css">
  </head>
  <body>
    <main>
      <h1>Pair this device</h1>
      <p>Enter the code shown in the terminal where Matside was started.</p>
)";
constexpr std::string_view kAfter = R"(      <form method="post" action="/pair">
        <label for="code">Code</label>
        <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required autofocus>
        <button>Pair</button>
      </form>
    </main>
  </body>
</html>
)";

constexpr std::string_view kStyle = R"(:root {
  --ink: #10231f;
  --paper: #eef3ef;
  --strong: #0f5b4f;
  --stop: #a3201b;
  font: 1.25rem/1.45 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #edf3ef;
    --paper: #0c1413;
    --stop: #ff8f88;
  }
}
body { margin: 0 auto; max-width: 30rem; padding: 1rem; }
h1 { margin: 0; font-size: 1.8rem; }
.problem { font-weight: bold; color: var(--stop); }
label { display: block; font-weight: bold; }
input, button { box-sizing: border-box; width: 100%; margin: 0.5rem 0; padding: 1rem; font: inherit; font-size: 1.8rem;
  border-radius: 0.75rem; }
input { color: inherit; background: var(--paper); border: 2px solid var(--ink); letter-spacing: 0.1em; }
button { font-weight: bold; color: #fff; background: var(--strong); border: 0; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 4px solid currentcolor; outline-offset: 3px; }
)";

/// Allows the form. With no-referrer, browsers would send a form's Origin as null.
HttpResponse allow_form(HttpResponse response) {
  response.set("Content-Security-Policy", kPairPagePolicy);
  response.set("Referrer-Policy", "same-origin");
  return response;
}

}  // namespace

HttpResponse pair_page(http::status status, std::string_view problem) {
  std::string body(kBefore);
  if (!problem.empty()) {
    body += "      <p class=\"problem\" role=\"alert\">" + std::string(problem) + "</p>\n";
  }
  body += kAfter;
  return allow_form(make_response(status, "text/html; charset=utf-8", body));
}

HttpResponse pair_style() {
  return make_response(http::status::ok, "text/css; charset=utf-8", kStyle);
}

HttpResponse redirect(std::string_view target) {
  HttpResponse response = make_response(http::status::see_other, "text/plain", "");
  response.set(http::field::location, std::string(target));
  return response;
}

HttpResponse handle_pair_form(Pairing& pairing, std::string_view form, std::string_view browser,
                              Pairing::Time now) {
  const std::string_view code =
      form.starts_with(kField) ? form.substr(kField.size()) : std::string_view();
  switch (pairing.try_code(code, now)) {
    case Pairing::Result::wrong:
      return pair_page(http::status::forbidden, "Wrong code. Check it and try again.");
    case Pairing::Result::locked:
      return pair_page(http::status::too_many_requests,
                       "Too many wrong codes. Wait a minute, then try again.");
    case Pairing::Result::expired:
      pairing.issue_code(now);
      return pair_page(
          http::status::forbidden,
          "That code was used or has expired. Enter the new one from the terminal.");
    case Pairing::Result::paired:
      break;
  }
  const std::string secret = pairing.register_device(device_name(browser));
  if (secret.empty()) {
    return pair_page(http::status::internal_server_error,
                     "Pairing is not possible right now. Try again.");
  }
  HttpResponse response = allow_form(redirect("/"));
  response.set(http::field::set_cookie, std::string(kCookie) + "=" + secret +
                                            "; Path=/; Secure; HttpOnly; SameSite=Strict");
  return response;
}

std::optional<int> paired_device(const Pairing& pairing, std::string_view cookies) {
  return pairing.device(cookie_value(cookies, kCookie));
}

std::string device_name(std::string_view browser) {
  using Known = std::pair<std::string_view, std::string_view>;
  // In this order: Edge also calls itself Chrome, and Chrome calls itself Safari.
  static constexpr std::array kBrowsers{Known{"Edg", "Edge"},      Known{"Firefox", "Firefox"},
                                        Known{"FxiOS", "Firefox"}, Known{"Chrome", "Chrome"},
                                        Known{"CriOS", "Chrome"},  Known{"Safari", "Safari"}};
  static constexpr std::array kSystems{Known{"iPhone", "iPhone"},   Known{"iPad", "iPad"},
                                       Known{"Android", "Android"}, Known{"Windows", "Windows"},
                                       Known{"Mac OS", "Mac"},      Known{"Linux", "Linux"}};
  const auto first = [browser](const auto& all) {
    for (const auto& [sign, name] : all) {
      if (browser.find(sign) != std::string_view::npos) return std::string(name);
    }
    return std::string();
  };
  std::string name = first(kBrowsers);
  if (name.empty()) name = "Browser";
  const std::string system = first(kSystems);
  return system.empty() ? name : name + " on " + system;
}

}  // namespace matside::server
