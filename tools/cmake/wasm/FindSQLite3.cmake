# SQLite's amalgamation, which the npm package better-sqlite3 contains. Only its source is used.
set(sqlite "${PROJECT_SOURCE_DIR}/web/node_modules/better-sqlite3/deps/sqlite3")
if(NOT EXISTS "${sqlite}/sqlite3.c")
  message(FATAL_ERROR "${sqlite}/sqlite3.c is missing: run npm ci in web")
endif()
if(NOT TARGET SQLite::SQLite3)
  add_library(matside_sqlite STATIC "${sqlite}/sqlite3.c")
  target_include_directories(matside_sqlite SYSTEM PUBLIC "${sqlite}")
  # Small rather than fast: the disk takes most of the time.
  target_compile_options(matside_sqlite PRIVATE -Oz)
  # One thread; files come from src/records/sqlite/browser; temporary data stays in memory. What is omitted, nothing of
  # src/records/sqlite uses.
  target_compile_definitions(matside_sqlite PRIVATE
    SQLITE_THREADSAFE=0 SQLITE_OS_OTHER=1 SQLITE_TEMP_STORE=3 SQLITE_STMTJRNL_SPILL=-1 SQLITE_MAX_MMAP_SIZE=0
    SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_DQS=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_OMIT_COMPLETE SQLITE_OMIT_DATETIME_FUNCS SQLITE_OMIT_DECLTYPE SQLITE_OMIT_DEPRECATED SQLITE_OMIT_EXPLAIN
    SQLITE_OMIT_GET_TABLE SQLITE_OMIT_JSON SQLITE_OMIT_LOAD_EXTENSION SQLITE_OMIT_PROGRESS_CALLBACK
    SQLITE_OMIT_SHARED_CACHE SQLITE_OMIT_TCL_VARIABLE SQLITE_OMIT_TRACE)
  add_library(SQLite::SQLite3 ALIAS matside_sqlite)
endif()
set(SQLite3_FOUND TRUE)
