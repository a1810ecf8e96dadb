#!/bin/sh
# compare.sh WRITE_STREAMS PRINT_EVENTS PRINT_EVENTS_OTHER_BUILD FOLDER PRACTICES EXERCISES: exits with 0 if both print the same bytes.
set -eu
write=$1 first=$2 second=$3 folder=$4 practices=$5 exercises=$6
rm -rf -- "$folder"
mkdir -p -- "$folder"
"$write" "$folder" "$practices"
"$first" "$folder" "$exercises" >"$folder/events.txt"
"$second" "$folder" "$exercises" >"$folder/events_other_build.txt"
cmp -- "$folder/events.txt" "$folder/events_other_build.txt"
# Fails if there were no events.
grep -c '^repetition ' "$folder/events.txt"
