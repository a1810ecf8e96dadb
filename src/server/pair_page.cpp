#include "server/pair_page.h"

#include <algorithm>

namespace matside::server {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view kCookie = "__Host-matside=";
constexpr std::string_view kField = "code=";

constexpr const char* kPolicy =
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
      <p>Type the code that stands in the terminal where Matside was started.</p>
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
  --ink: #16211f;
  --paper: #f7f5f0;
  --strong: #1d5c54;
  --stop: #a3201b;
  font: 1.25rem/1.45 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #eef2ef;
    --paper: #14191a;
    --stop: #ff8f88;
  }
}
body { margin: 0 auto; max-width: 30rem; padding: 1rem; }
h1 { margin: 0; font-size: 1.8rem; }
.trouble { font-weight: bold; color: var(--stop); }
label { display: block; font-weight: bold; }
input, button { box-sizing: border-box; width: 100%; margin: 0.5rem 0; padding: 1rem; font: inherit; font-size: 1.8rem;
  border-radius: 0.75rem; }
input { color: inherit; background: var(--paper); border: 2px solid var(--ink); letter-spacing: 0.1em; }
button { font-weight: bold; color: #fff; background: var(--strong); border: 0; cursor: pointer; }
input:focus-visible, button:focus-visible { outline: 4px solid currentcolor; outline-offset: 3px; }
)";

/// Without its Referer a browser would also keep the Origin of a form to itself.
Answer for_the_form(Answer answer) {
  answer.set("Content-Security-Policy", kPolicy);
  answer.set("Referrer-Policy", "same-origin");
  return answer;
}

}  // namespace

Answer pair_page(http::status status, std::string_view trouble) {
  std::string body(kBefore);
  if (!trouble.empty()) {
    body += "      <p class=\"trouble\" role=\"alert\">" + std::string(trouble) + "</p>\n";
  }
  body += kAfter;
  return for_the_form(make_answer(status, "text/html; charset=utf-8", body));
}

Answer pair_style() { return make_answer(http::status::ok, "text/css; charset=utf-8", kStyle); }

Answer redirect(std::string_view target) {
  Answer answer = make_answer(http::status::see_other, "text/plain", "");
  answer.set(http::field::location, std::string(target));
  return answer;
}

Answer try_to_pair(Pairing& pairing, std::string_view form, Pairing::Time now) {
  const std::string_view code =
      form.starts_with(kField) ? form.substr(kField.size()) : std::string_view();
  switch (pairing.try_code(code, now)) {
    case Pairing::Answer::wrong:
      return pair_page(http::status::forbidden, "That is not the code. Look again.");
    case Pairing::Answer::locked:
      return pair_page(http::status::too_many_requests,
                       "Too many wrong codes. Wait a minute, then try again.");
    case Pairing::Answer::expired:
      pairing.invite(now);
      return pair_page(http::status::forbidden,
                       "That code was used or is too old. There is a new one in the terminal.");
    case Pairing::Answer::paired:
      break;
  }
  const std::string secret = pairing.admit();
  if (secret.empty()) {
    return pair_page(http::status::internal_server_error, "This can't be done right now.");
  }
  Answer answer = for_the_form(redirect("/"));
  answer.set(http::field::set_cookie,
             std::string(kCookie) + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict");
  return answer;
}

bool is_paired(const Pairing& pairing, std::string_view cookies) {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(kCookie) && pairing.admitted(one.substr(kCookie.size()))) return true;
  }
  return false;
}

}  // namespace matside::server
