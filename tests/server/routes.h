// Every route of the server, with a request that would give or change something.
#pragma once

#include <array>

namespace matside::server {

struct Route {
  const char* method;
  const char* target;
  const char* body;
};

inline constexpr auto kRoutes = std::to_array<Route>({
    {"GET", "/", ""},
    {"HEAD", "/", ""},
    {"GET", "/page.js", ""},
    {"GET", "/hearing.js", ""},
    {"GET", "/page.css", ""},
    {"GET", "/body.bin", ""},
    {"GET", "/icon.svg", ""},
    {"GET", "/voice/dropped_foot.ogg", ""},
    {"GET", "/nothing", ""},
    {"GET", "/pair", ""},
    {"POST", "/pair", "code=12345678"},
    {"GET", "/practice", ""},
    {"GET", "/poses", ""},
    {"POST", "/analyze", "x"},
    {"GET", "/api/persons", ""},
    {"POST", "/api/persons", R"({"name":"Eve"})"},
    {"GET", "/api/today?person=1", ""},
    {"GET", "/api/progress?person=1", ""},
    {"GET", "/api/practice?id=1", ""},
    {"GET", "/api/repetition?practice=1&index=1", ""},
    {"GET", "/api/report?id=1", ""},
    {"GET", "/api/calendar?person=1", ""},
    {"GET", "/api/export?person=1", ""},
    {"POST", "/api/import?person=1", R"({"schema":"matside.export/1"})"},
    {"POST", "/api/keep?person=1",
     R"({"recording":"0","start_unix_s":1767600000,"utc_offset_min":0})"},
    {"POST", "/api/unlock", R"({"person":1,"pin":"2468"})"},
    {"POST", "/api/change", R"({"change":"name","person":1,"name":"Eve"})"},
    {"POST", "/api/change", R"({"change":"erase_person","person":1})"},
    {"GET", "/api/devices", ""},
    {"POST", "/api/unpair", R"({"device":1})"},
    {"GET", "/api/nothing", ""},
    {"DELETE", "/api/persons", ""},
    {"OPTIONS", "*", ""},
});

}  // namespace matside::server
