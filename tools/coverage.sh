#!/usr/bin/env bash
# Prints which share of the lines of each parser of untrusted input runs in its unit tests and on the committed corpora of
# the fuzz targets. Exits with 1 if a reader has less than 90 %.
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
# shellcheck source=tools/setup.sh
. "$here/setup.sh"

least=90
build_dir=$root/build/coverage
tests=(base_test files_test strict_json_test catalog_test formats_test records_test records_sqlite_test
  records_full_disk_test protocol_test server_unit_test network_test decoder_test foreign_poses_test)
readers=(src/core/base/printable_text.cpp src/files/input_file.cpp src/formats/strict_json src/formats/catalog
  src/formats/c3d.cpp src/formats/c3d_file.cpp src/formats/coco.cpp src/formats/delimited_text.cpp
  src/formats/generic_pose_table.cpp src/formats/imported_poses.cpp src/formats/instance_lists.cpp
  src/formats/joint_markers.cpp src/formats/keypoint_array.cpp src/formats/knee_measurement.cpp
  src/formats/knee_tables.cpp src/formats/laboratory_axes.cpp
  src/formats/laboratory_poses.cpp src/formats/marker_names.cpp src/formats/matside_extension.cpp
  src/formats/mediapipe.cpp src/formats/motion_reader.cpp src/formats/openpose.cpp src/formats/picture_files.cpp
  src/formats/pose_codec.cpp src/formats/pose_message.cpp
  src/formats/pose_columns.cpp src/formats/pose_csv.cpp src/formats/pose_file.cpp src/formats/tracked_table.cpp
  src/formats/trc.cpp src/formats/trc_reader.cpp src/formats/yolo_labels.cpp
  src/formats/xz.cpp src/records/import_document.cpp src/records/import_export.cpp src/records/result_document.cpp src/records/sqlite
  src/protocol/client_messages.cpp src/protocol/request_body.cpp src/server/pairing.cpp src/server/origin_check.cpp
  src/vision/decoder/container_layout.cpp src/vision/decoder/decoder.cpp src/vision/decoder/demuxer.cpp
  src/vision/decoder/jpeg.cpp src/vision/decoder/picture_reader.cpp src/vision/network)

mapfile -t names < <(ls -- "$root/tests/fuzz/corpus")
take_turn
: >>"$log"
install_packages run tests check coverage
build coverage coverage_programs
let_go

rm -rf -- "$build_dir/profiles"
mkdir -p -- "$build_dir/profiles"
export LLVM_PROFILE_FILE=$build_dir/profiles/%p.profraw
objects=()
for name in "${tests[@]}"; do
  program=$(find "$build_dir/src" "$build_dir/tests" -name "$name" -type f -perm -u+x | head -n 1)
  "$program" >/dev/null || fail "$name failed."
  objects+=("$program")
done
for name in "${names[@]}"; do
  program=$build_dir/tests/fuzz/fuzz_$name
  "$program" "$root/tests/fuzz/corpus/$name" >/dev/null || fail "fuzz_$name failed."
  objects+=("$(readlink -f -- "$program")")
done
# Several corpora are replayed by one program.
mapfile -t objects < <(printf '%s\n' "${objects[@]}" | sort -u)
llvm-profdata-14 merge -sparse "$build_dir"/profiles/*.profraw -o "$build_dir/all.profdata"
llvm-cov-14 export -summary-only -instr-profile "$build_dir/all.profdata" "${objects[0]}" \
  "${objects[@]/#/-object=}" "${readers[@]/#/$root/}" >"$build_dir/coverage.json"
python3 -B "$here/coverage_table.py" "$least" "$root" "$build_dir/coverage.json" "${readers[@]}"
