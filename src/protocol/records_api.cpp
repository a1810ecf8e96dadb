#include "protocol/records_api.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/exercises_document.h"
#include "protocol/limits.h"
#include "protocol/records_changes.h"
#include "protocol/request_body.h"
#include "records/import_export.h"
#include "records/json_documents.h"
#include "records/persons.h"
#include "records/progress.h"
#include "records/saved_practice.h"
#include "records/today.h"

namespace matside::protocol {
namespace {

using nlohmann::json;
using records::Id;
using Denial = std::optional<RecordsResponse>;

constexpr std::string_view kPrefix = "/api/";

constexpr const char* kTooManyValues =
    "The file has too many values for the page. On the computer, use: matside import FILE";

constexpr const char* kForgotten =
    "Matside no longer has the results of this video. Choose the video again to keep it.";
constexpr std::int64_t kEarliestStart_unix_s = 946'684'800;  // 1 January 2000

/// No JSON text of these characters has more values, keys included.
std::size_t most_values(std::string_view text) {
  constexpr std::string_view kSeparators = ",:[{";
  const auto separators = std::ranges::count_if(
      text, [&](char c) { return kSeparators.find(c) != std::string_view::npos; });
  return static_cast<std::size_t>(separators) + 1;
}

std::string_view path_of(const RecordsRequest& request) {
  return std::string_view(request.target).substr(0, request.target.find('?'));
}

constexpr std::string_view kExercisesPath = "/api/exercises";

RecordsResponse unknown_exercise(const records::Exercises& exercises) {
  return error_response(RecordsStatus::bad_request,
                        "request: ?exercise= is not one of " + exercises.ids());
}

/// Where everybody starts.
RecordsResponse exercises_for_anybody(const records::LocalTime& now,
                                      const records::Exercises& exercises,
                                      const plan::Rules& rules) {
  std::vector<plan::Next> next;
  for (const exercise::Definition& each : exercises.all())
    next.push_back(records::first_day(now, each, rules).next);
  return json_response(exercises_json(exercises, next));
}

}  // namespace

bool is_records_route(std::string_view path) { return path.starts_with(kPrefix); }

bool is_import(const RecordsRequest& request) {
  return request.post && path_of(request) == "/api/import";
}
bool is_export(const RecordsRequest& request) {
  return !request.post && path_of(request) == "/api/export";
}

RecordsResponse response_without_records(const RecordsRequest& request,
                                         const records::Exercises& exercises,
                                         const RecordsSetup& setup) {
  const std::string_view target = request.target;
  const bool of_today = target == "/api/today" || target.starts_with("/api/today?exercise=");
  if (request.post || !(of_today || target == kExercisesPath) || !setup.now)
    return error_response(RecordsStatus::not_found, "This server doesn't save records.");
  if (!of_today) return exercises_for_anybody(setup.now(), exercises, setup.rules);
  const exercise::Definition* exercise = asked_exercise(request.target, exercises);
  if (exercise == nullptr) return unknown_exercise(exercises);
  const records::Today day = records::first_day(setup.now(), *exercise, setup.rules);
  return json_response(records::today_json(day, *exercise, setup.rules, exercises));
}

/// One request on its way through the records.
class RecordsApi::RequestHandler {
 public:
  RequestHandler(RecordsApi& api, const RecordsRequest& request)
      : records_(*api.records_),
        exercises_(api.exercises_),
        exercise_(asked_exercise(request.target, api.exercises_)),
        setup_(*api.setup_),
        pin_tokens_(*api.pin_tokens_),
        last_recording_(*api.last_recording_),
        request_(request),
        now_(api.setup_->now()) {}

  RecordsResponse handle();
  Denial denied_import();

 private:
  using Handler = RecordsResponse (RequestHandler::*)();
  using PersonHandler = RecordsResponse (RequestHandler::*)(Id person);
  struct Route {
    std::string_view name;
    bool post;
    Handler handler;
  };

  RecordsResponse exercises();
  RecordsResponse list_persons();
  RecordsResponse add_person();
  RecordsResponse unlock();
  RecordsResponse change();
  RecordsResponse erase_person(RequestBody& body);
  RecordsResponse practice();
  RecordsResponse repetition();
  RecordsResponse report();
  template <PersonHandler handler>
  RecordsResponse for_person();
  RecordsResponse today(Id person);
  RecordsResponse progress(Id person);
  RecordsResponse calendar(Id person);
  RecordsResponse export_all(Id person);
  RecordsResponse import(Id person);
  RecordsResponse keep(Id person);

  /// Nothing where the request may see the person's records; otherwise the response why not.
  Denial denied_for_person(Id id);
  Denial denied_for_practice(Id id);

  records::Repository& records_;
  const records::Exercises& exercises_;
  const exercise::Definition* exercise_;  ///< Of the plan; null: it isn't installed.
  const RecordsSetup& setup_;
  PinTokens& pin_tokens_;
  const LastRecording& last_recording_;
  const RecordsRequest& request_;
  records::LocalTime now_;
};

RecordsResponse RecordsApi::RequestHandler::handle() {
  static constexpr std::array<Route, 14> kRoutes{{
      {"exercises", false, &RequestHandler::exercises},
      {"persons", false, &RequestHandler::list_persons},
      {"persons", true, &RequestHandler::add_person},
      {"unlock", true, &RequestHandler::unlock},
      {"change", true, &RequestHandler::change},
      {"import", true, &RequestHandler::for_person<&RequestHandler::import>},
      {"keep", true, &RequestHandler::for_person<&RequestHandler::keep>},
      {"today", false, &RequestHandler::for_person<&RequestHandler::today>},
      {"progress", false, &RequestHandler::for_person<&RequestHandler::progress>},
      {"calendar", false, &RequestHandler::for_person<&RequestHandler::calendar>},
      {"export", false, &RequestHandler::for_person<&RequestHandler::export_all>},
      {"practice", false, &RequestHandler::practice},
      {"repetition", false, &RequestHandler::repetition},
      {"report", false, &RequestHandler::report},
  }};
  const std::string_view route = std::string_view(request_.target).substr(kPrefix.size());
  const std::string_view name = route.substr(0, route.find('?'));
  if (exercise_ == nullptr) return unknown_exercise(exercises_);
  bool known = false;
  for (const Route& each : kRoutes) {
    if (each.name != name) continue;
    if (each.post == request_.post) return (this->*each.handler)();
    known = true;
  }
  if (!known) return error_response(RecordsStatus::not_found, "There is no such route.");
  return error_response(RecordsStatus::method_not_allowed,
                        request_.post ? "This route needs GET." : "This route needs POST.");
}

RecordsResponse RecordsApi::RequestHandler::exercises() {
  if (request_.target == kExercisesPath)
    return exercises_for_anybody(now_, exercises_, setup_.rules);
  const auto id = query_id(request_.target, "person");
  if (!id) return error_response(RecordsStatus::bad_request, "request: ?person=ID is missing");
  if (auto denial = denied_for_person(*id)) return *std::move(denial);
  const auto next = records::next_practices(records_, *id, now_, exercises_, setup_.rules);
  return next ? json_response(exercises_json(exercises_, next.value()))
              : to_response(next.error());
}

RecordsResponse RecordsApi::RequestHandler::list_persons() {
  const auto all = records_.persons();
  if (!all) return to_response(all.error());
  return json_response(records::persons_json(all.value(), records_.erasure_pending()));
}

RecordsResponse RecordsApi::RequestHandler::add_person() {
  RequestBody body(request_.body);
  const std::string typed = body.text("name");
  if (const auto valid = body.check(); !valid) return to_response(valid.error());
  const auto name = records::normalized_name(typed);
  if (!name) return to_response(name.error());
  const auto added = records_.add_person(name.value(), now_.instant);
  return added ? list_persons() : to_response(added.error());
}

RecordsResponse RecordsApi::RequestHandler::unlock() {
  RequestBody body(request_.body);
  const Id id = body.id("person");
  const std::string pin = body.text("pin");
  if (const auto valid = body.check(); !valid) return to_response(valid.error());
  const auto person = records_.person(id);
  if (!person) return to_response(person.error());
  const auto token =
      pin_tokens_.issue(person.value(), pin, request_.device, std::chrono::steady_clock::now());
  if (!token) return error_response(RecordsStatus::forbidden, token.error().message);
  return json_response(json{{"token", token.value()}}.dump());
}

Denial RecordsApi::RequestHandler::denied_for_person(Id id) {
  const auto person = records_.person(id);
  if (!person) return to_response(person.error());
  if (pin_tokens_.authorizes(person.value(), request_.token)) return std::nullopt;
  return error_response(RecordsStatus::forbidden, "Enter this person's PIN first.");
}

Denial RecordsApi::RequestHandler::denied_import() {
  const auto id = query_id(request_.target, "person");
  if (!id) return error_response(RecordsStatus::bad_request, "request: ?person=ID is missing");
  return denied_for_person(*id);
}

Denial RecordsApi::RequestHandler::denied_for_practice(Id id) {
  const auto practice = records_.practice(id);
  if (!practice) return to_response(practice.error());
  return denied_for_person(practice.value().person);
}

template <RecordsApi::RequestHandler::PersonHandler handler>
RecordsResponse RecordsApi::RequestHandler::for_person() {
  // The exercise may be named behind it.
  const auto id = query_id(request_.target.substr(0, request_.target.find('&')), "person");
  if (!id) return error_response(RecordsStatus::bad_request, "request: ?person=ID is missing");
  if (auto denial = denied_for_person(*id)) return *std::move(denial);
  return (this->*handler)(*id);
}

RecordsResponse RecordsApi::RequestHandler::today(Id person) {
  const auto ended = records::end_stale_practices(records_, person, now_, exercises_);
  if (!ended) return to_response(ended.error());
  const auto day = records::today(records_, person, now_, *exercise_, setup_.rules);
  if (!day) return to_response(day.error());
  return json_response(records::today_json(day.value(), *exercise_, setup_.rules, exercises_));
}

RecordsResponse RecordsApi::RequestHandler::progress(Id person) {
  const auto found = records::progress(records_, person, now_, setup_.rules);
  if (!found) return to_response(found.error());
  return json_response(records::progress_json(found.value(), setup_.rules, exercises_));
}

RecordsResponse RecordsApi::RequestHandler::calendar(Id person) {
  const auto day = records::today(records_, person, now_, *exercise_, setup_.rules);
  if (!day) return to_response(day.error());
  RecordsResponse response;
  response.type = "text/calendar";
  response.body = records::calendar_file(day.value(), *exercise_);
  response.file_name = exercise_->id + ".ics";
  return response;
}

RecordsResponse RecordsApi::RequestHandler::export_all(Id person) {
  auto text = records::export_json(records_, person);
  if (!text) return to_response(text.error());
  RecordsResponse response = json_response(std::move(text).value());
  response.file_name = "matside.json";
  return response;
}

RecordsResponse RecordsApi::RequestHandler::practice() {
  const auto id = query_id(request_.target, "id");
  if (!id) return error_response(RecordsStatus::bad_request, "request: ?id=ID is missing");
  if (auto denial = denied_for_practice(*id)) return *std::move(denial);
  auto text = records::practice_json(records_, *id, exercises_);
  return text ? json_response(std::move(text).value()) : to_response(text.error());
}

RecordsResponse RecordsApi::RequestHandler::repetition() {
  const auto asked = query_repetition(request_.target);
  if (!asked) {
    return error_response(RecordsStatus::bad_request,
                          "request: ?practice=ID&index=NUMBER is missing");
  }
  if (auto denial = denied_for_practice(asked->practice)) return *std::move(denial);
  auto text =
      records::repetition_poses_json(records_, asked->practice, asked->index, exercises_);
  return text ? json_response(std::move(text).value()) : to_response(text.error());
}

RecordsResponse RecordsApi::RequestHandler::report() {
  const auto id = query_id(request_.target, "id");
  if (!id) return error_response(RecordsStatus::bad_request, "request: ?id=ID is missing");
  if (auto denial = denied_for_practice(*id)) return *std::move(denial);
  if (!setup_.report) {
    return error_response(RecordsStatus::not_found, "No reports can be made here.");
  }
  const auto practice = records_.practice(*id);
  if (!practice) return to_response(practice.error());
  auto page = setup_.report(records_, *id);
  if (!page) return to_response(page.error());
  const records::Practice& of = practice.value();
  const auto day = records::day_of(of.start, of.utc_offset_min);
  return {.type = "text/html",
          .body = std::move(page).value(),
          .file_name = "matside-" + records::date_text(day) + ".html"};
}

RecordsResponse RecordsApi::RequestHandler::keep(Id person) {
  RequestBody body(request_.body);
  const std::string name = body.text("recording");
  const records::LocalTime start{
      {body.whole("start_unix_s", kEarliestStart_unix_s, now_.instant.unix_s)},
      body.integer("utc_offset_min", -kMaxUtcOffset_min, kMaxUtcOffset_min)};
  if (const auto valid = body.check(); !valid) return to_response(valid.error());
  const auto recording = last_recording_.find(name);
  if (!recording) return error_response(RecordsStatus::not_found, kForgotten);
  const auto exercise = exercises_.find(recording->exercise);
  if (!exercise) return to_response(exercise.error());
  const auto frames = frames_of(*recording);
  if (!frames) return to_response(frames.error());
  records::PracticeDraft::Plan plan;
  plan.person = person;
  plan.level = recording->level;
  plan.origin = records::Origin::recording;
  plan.start = start;
  records::EngineInfo engine = setup_.engine;
  engine.pose_model = recording->pose_model;
  engine.eye = recording->eye;
  const auto kept =
      records::import_poses(records_, plan, frames.value(), now_, engine, *exercise.value());
  if (!kept) return to_response(kept.error());
  return json_response(
      json{{"practice", kept.value().practice}, {"already_saved", kept.value().already_saved}}
          .dump());
}

RecordsResponse RecordsApi::RequestHandler::import(Id person) {
  // Before anything is built from it.
  if (most_values(request_.body) > kMaxImportValues) {
    return error_response(RecordsStatus::too_large, kTooManyValues);
  }
  const auto saved =
      records::import_json(records_, person, request_.body, "the file", {now_, {}}, exercises_);
  if (!saved) return to_response(saved.error());
  return json_response(json{{"practices", saved.value().saved}}.dump());
}

RecordsResponse RecordsApi::RequestHandler::change() {
  RequestBody body(request_.body);
  const std::string name = body.text("change");
  if (name == "erase_person") return erase_person(body);
  const Change* change = find_change(name);
  if (change == nullptr) {
    body.add_problem("there is no such change");
    return to_response(body.check().error());
  }
  const bool of_practice = change->subject == ChangeSubject::practice;
  const Id id = body.id(of_practice ? "practice" : "person");
  if (const auto valid = body.check(); !valid) return to_response(valid.error());
  Id person = id;
  if (of_practice) {
    const auto practice = records_.practice(id);
    if (!practice) return to_response(practice.error());
    person = practice.value().person;
  }
  if (auto denial = denied_for_person(person)) return *std::move(denial);
  const auto done = change->apply({records_, exercises_, *exercise_, now_.instant}, id, body);
  return done ? today(person) : to_response(done.error());
}

RecordsResponse RecordsApi::RequestHandler::erase_person(RequestBody& body) {
  const Id id = body.id("person");
  if (const auto valid = body.check(); !valid) return to_response(valid.error());
  if (auto denial = denied_for_person(id)) return *std::move(denial);
  const auto erased = records_.erase_person(id);
  return erased ? list_persons() : to_response(erased.error());
}

std::optional<RecordsResponse> RecordsApi::refusal_before_body(const RecordsRequest& request) {
  if (!is_import(request)) return std::nullopt;
  return RequestHandler(*this, request).denied_import();
}

RecordsResponse RecordsApi::handle(const RecordsRequest& request) {
  return RequestHandler(*this, request).handle();
}

}  // namespace matside::protocol
