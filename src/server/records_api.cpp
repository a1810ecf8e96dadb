#include "server/records_api.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "records/documents.h"
#include "records/exchange.h"
#include "records/persons.h"
#include "records/progress.h"
#include "records/today.h"

namespace matside::server {
namespace {

using base::Error;
using base::ErrorKind;
using nlohmann::json;
using records::Id;

constexpr std::string_view kRoutes = "/api/";
constexpr std::size_t kLargestSettings = 16 * 1024;
constexpr int kMostRepetitions = 1000;
constexpr int kMostComfort = 10;
constexpr int kHighestLevel = 3;

struct Status {
  static constexpr unsigned bad_request = 400;
  static constexpr unsigned forbidden = 403;
  static constexpr unsigned not_found = 404;
  static constexpr unsigned not_allowed = 405;
  static constexpr unsigned no_room = 507;
};

/// The whole number behind `key=` in a query.
std::optional<Id> id_in(std::string_view target, std::string_view key) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return std::nullopt;
  std::string_view query = target.substr(question + 1);
  const std::string wanted = std::string(key) + "=";
  if (!query.starts_with(wanted)) return std::nullopt;
  query.remove_prefix(wanted.size());
  Id id = 0;
  const auto [end, failed] = std::from_chars(query.data(), query.data() + query.size(), id);
  if (failed != std::errc() || end != query.data() + query.size()) return std::nullopt;
  return id;
}

/// A request's members, each of its kind; the first that is not is remembered.
class Body {
 public:
  explicit Body(const std::string& text) : object_(json::parse(text, nullptr, false)) {
    if (!object_.is_object()) wrong("must be a JSON object");
  }

  std::string text(const char* key) {
    const json* value = find(key);
    if (value != nullptr && value->is_string()) return value->get<std::string>();
    wrong(std::string(key) + " must be text");
    return {};
  }
  Id id(const char* key) {
    const json* value = find(key);
    if (value != nullptr && value->is_number_integer()) return value->get<Id>();
    wrong(std::string(key) + " must be a whole number");
    return 0;
  }
  int whole(const char* key, int least, int most) {
    const Id value = id(key);
    if (value >= least && value <= most) return static_cast<int>(value);
    wrong(std::string(key) + " must be from " + std::to_string(least) + " to " +
          std::to_string(most));
    return least;
  }
  std::optional<int> maybe_whole(const char* key, int least, int most) {
    if (is_null(key)) return std::nullopt;
    return whole(key, least, most);
  }
  bool flag(const char* key) {
    const json* value = find(key);
    if (value != nullptr && value->is_boolean()) return value->get<bool>();
    wrong(std::string(key) + " must be true or false");
    return false;
  }
  std::string object(const char* key) {
    const json* value = find(key);
    if (value != nullptr && value->is_object()) return value->dump();
    wrong(std::string(key) + " must be an object");
    return {};
  }
  bool is_null(const char* key) {
    const json* value = find(key);
    return value != nullptr && value->is_null();
  }
  void wrong(const std::string& why) {
    if (problem_.empty()) problem_ = "request: " + why;
  }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  const json* find(const char* key) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    return found != object_.end() ? &*found : nullptr;
  }

  json object_;
  std::string problem_;
};

RecordsAnswer failed(const Error& error) {
  if (error.kind == ErrorKind::output) return refused(Status::no_room, error.message);
  const bool missing = error.message.starts_with("there is no");
  return refused(missing ? Status::not_found : Status::bad_request, error.message);
}

RecordsAnswer document(std::string body) {
  RecordsAnswer answer;
  answer.body = std::move(body);
  return answer;
}

template <class T, std::size_t n>
T named(const std::string& text, const std::array<T, n>& all, Body& body, const char* key) {
  for (const T each : all) {
    if (name(each) == text) return each;
  }
  body.wrong(std::string(key) + " is none of its values");
  return all.front();
}

}  // namespace

bool is_records_route(std::string_view path) { return path.starts_with(kRoutes); }

RecordsAnswer refused(unsigned status, std::string_view why) {
  RecordsAnswer answer;
  answer.status = status;
  answer.body = json{{"error", why}}.dump(-1, ' ', false, json::error_handler_t::replace);
  return answer;
}

/// One request's way through the records.
class RecordsApi::Turn {
 public:
  Turn(RecordsApi& api, const RecordsRequest& request)
      : records_(*api.records_),
        exercise_(*api.exercise_),
        setup_(*api.setup_),
        unlocked_(*api.unlocked_),
        request_(request),
        now_(api.setup_->now()) {}

  RecordsAnswer answer() {
    const std::string_view target = request_.target;
    const std::string_view route = target.substr(kRoutes.size());
    const std::string_view name = route.substr(0, route.find('?'));
    if (name == "persons") return request_.post ? add_person() : persons();
    if (request_.post) {
      if (name == "unlock") return unlock();
      if (name == "change") return change();
      if (name == "import") return import();
      return refused(Status::not_allowed, "There is nothing to change here.");
    }
    if (name == "today") return for_person([this](Id id) { return today(id); });
    if (name == "progress") return for_person([this](Id id) { return progress(id); });
    if (name == "calendar") return for_person([this](Id id) { return calendar(id); });
    if (name == "export") return for_person([this](Id id) { return export_all(id); });
    if (name == "practice") return practice();
    return refused(Status::not_found, "There is no such page.");
  }

 private:
  RecordsAnswer persons() {
    const auto all = records_.persons();
    return all ? document(records::persons_json(all.value())) : failed(all.error());
  }

  RecordsAnswer add_person() {
    Body body(request_.body);
    const std::string text = body.text("name");
    if (!body.problem().empty()) return refused(Status::bad_request, body.problem());
    const auto name = records::proper_name(text);
    if (!name) return failed(name.error());
    const auto added = records_.add_person(name.value(), now_.instant);
    return added ? persons() : failed(added.error());
  }

  RecordsAnswer unlock() {
    Body body(request_.body);
    const Id id = body.id("person");
    const std::string pin = body.text("pin");
    if (!body.problem().empty()) return refused(Status::bad_request, body.problem());
    const auto person = records_.person(id);
    if (!person) return failed(person.error());
    const auto token = unlocked_.unlock(person.value(), pin);
    if (!token) return refused(Status::forbidden, token.error().message);
    return document(json{{"token", token.value()}}.dump());
  }

  /// Nothing where the person may be told of; otherwise why not.
  std::optional<RecordsAnswer> closed(Id id) {
    const auto person = records_.person(id);
    if (!person) return failed(person.error());
    if (unlocked_.opens(person.value(), request_.token)) return std::nullopt;
    return refused(Status::forbidden, "A PIN is needed.");
  }
  std::optional<RecordsAnswer> closed_practice(Id id) {
    const auto practice = records_.practice(id);
    if (!practice) return failed(practice.error());
    return closed(practice.value().person);
  }

  template <class Tell>
  RecordsAnswer for_person(Tell tell) {
    const auto id = id_in(request_.target, "person");
    if (!id) return refused(Status::bad_request, "request: whose? person=ID is missing");
    if (auto shut = closed(*id)) return *std::move(shut);
    return tell(*id);
  }

  RecordsAnswer today(Id id) {
    if (const auto settled = records::settle_broken_off(records_, id, now_, exercise_);
        !settled) {
      return failed(settled.error());
    }
    const auto day = records::today(records_, id, now_, exercise_, setup_.rules);
    if (!day) return failed(day.error());
    return document(records::today_json(day.value(), exercise_, setup_.rules));
  }

  RecordsAnswer progress(Id id) {
    const auto found = records::progress(records_, id, now_);
    if (!found) return failed(found.error());
    return document(records::progress_json(found.value(), setup_.rules));
  }

  RecordsAnswer calendar(Id id) {
    const auto day = records::today(records_, id, now_, exercise_, setup_.rules);
    if (!day) return failed(day.error());
    RecordsAnswer answer;
    answer.type = "text/calendar";
    answer.body = records::calendar_file(day.value(), exercise_);
    answer.file_name = "single-leg-kick.ics";
    return answer;
  }

  RecordsAnswer export_all(Id id) {
    auto text = records::export_json(records_, id);
    if (!text) return failed(text.error());
    RecordsAnswer answer = document(std::move(text).value());
    answer.file_name = "matside.json";
    return answer;
  }

  RecordsAnswer practice() {
    const auto id = id_in(request_.target, "id");
    if (!id) return refused(Status::bad_request, "request: which? id=ID is missing");
    if (auto shut = closed_practice(*id)) return *std::move(shut);
    auto text = records::practice_json(records_, *id, exercise_);
    return text ? document(std::move(text).value()) : failed(text.error());
  }

  RecordsAnswer import() {
    return for_person([this](Id id) {
      const auto kept = records::import_json(records_, id, request_.body, "the file", now_);
      if (!kept) return failed(kept.error());
      return document(json{{"practices", kept.value()}}.dump());
    });
  }

  RecordsAnswer change() {
    Body body(request_.body);
    const std::string what = body.text("change");
    if (what == "erase_person") return erase_person(body);
    const bool of_practice = what == "comfort" || what == "next_day" || what == "counts" ||
                             what == "side" || what == "end" || what == "erase_practice";
    const Id id = body.id(of_practice ? "practice" : "person");
    if (!body.problem().empty()) return refused(Status::bad_request, body.problem());
    if (auto shut = of_practice ? closed_practice(id) : closed(id)) return *std::move(shut);
    Id person = id;
    if (of_practice) {
      const auto known = records_.practice(id);
      if (!known) return failed(known.error());
      person = known.value().person;
    }
    const auto done =
        of_practice ? change_practice(what, id, body) : change_person(what, id, body);
    if (!body.problem().empty()) return refused(Status::bad_request, body.problem());
    return done ? today(person) : failed(done.error());
  }

  base::Result<void> change_practice(const std::string& what, Id id, Body& body) {
    const auto known = records_.practice(id);
    if (!known) return known.error();
    records::Comfort comfort = known.value().comfort;
    if (what == "comfort") {
      comfort.after = body.whole("after", 0, kMostComfort);
      comfort.leg_symptoms = body.flag("leg_symptoms");
    } else if (what == "next_day") {
      constexpr std::array kNextDays{plan::NextDay::better, plan::NextDay::same,
                                     plan::NextDay::worse};
      comfort.next_day = named(body.text("next_day"), kNextDays, body, "next_day");
    } else if (what == "counts") {
      return correct_counts(id, body);
    } else if (what == "side") {
      return correct_side(id, body);
    } else if (what == "end") {
      if (known.value().ended_by) return {};
      return records::end_practice(records_, id, records::EndedBy::interrupted, exercise_);
    } else {
      return records_.erase_practice(id);
    }
    if (!body.problem().empty()) return {};
    return records_.set_comfort(id, comfort);
  }

  base::Result<void> correct_counts(Id id, Body& body) {
    std::optional<records::Correction> counts;
    if (!body.is_null("left") || !body.is_null("right")) {
      counts = {body.whole("left", 0, kMostRepetitions),
                body.whole("right", 0, kMostRepetitions)};
    }
    if (!body.problem().empty()) return {};
    return records_.correct(id, counts);
  }

  base::Result<void> correct_side(Id id, Body& body) {
    constexpr std::array kSides{exercise::KickingSide::left, exercise::KickingSide::right};
    const int index = body.whole("index", 1, kMostRepetitions);
    std::optional<exercise::KickingSide> side;
    if (!body.is_null("side")) side = named(body.text("side"), kSides, body, "side");
    if (!body.problem().empty()) return {};
    return records::correct_side(records_, id, index, side);
  }

  base::Result<void> change_person(const std::string& what, Id id, Body& body) {
    auto known = records_.person(id);
    if (!known) return known.error();
    records::Person& person = known.value();
    if (what == "informed") {
      person.informed = now_.instant;
    } else if (what == "asked") {
      person.asked_since = now_.instant;
    } else if (what == "settings") {
      person.settings = body.object("settings");
      if (person.settings.size() > kLargestSettings) body.wrong("settings are too large");
    } else if (what == "teacher") {
      person.teacher_level = body.maybe_whole("level", 0, kHighestLevel);
    } else if (what == "name") {
      auto name = records::proper_name(body.text("name"));
      if (!name) return name.error();
      person.name = std::move(name).value();
    } else if (what == "pin") {
      auto hidden = records::hidden_pin(body.text("pin"));
      if (!hidden) return hidden.error();
      person.pin = std::move(hidden).value();
    } else {
      body.wrong("there is no such change");
    }
    if (!body.problem().empty()) return {};
    return records_.change(person);
  }

  RecordsAnswer erase_person(Body& body) {
    const Id id = body.id("person");
    if (!body.problem().empty()) return refused(Status::bad_request, body.problem());
    if (auto shut = closed(id)) return *std::move(shut);
    const auto erased = records_.erase_person(id);
    return erased ? persons() : failed(erased.error());
  }

  records::Repository& records_;
  const exercise::Definition& exercise_;
  const RecordsSetup& setup_;
  Unlocked& unlocked_;
  const RecordsRequest& request_;
  records::Now now_;
};

RecordsAnswer RecordsApi::answer(const RecordsRequest& request) {
  return Turn(*this, request).answer();
}

}  // namespace matside::server
