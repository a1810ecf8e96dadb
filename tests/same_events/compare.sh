#!/bin/sh
# compare.sh WRITE_STREAMS TELL_EVENTS TELL_EVENTS_OTHERWISE FOLDER PRACTICES: exit 0 when both tell the same, byte for byte.
set -eu
write=$1 tell=$2 otherwise=$3 folder=$4 practices=$5
rm -rf -- "$folder"
mkdir -p -- "$folder"
"$write" "$folder" "$practices"
"$tell" "$folder" >"$folder/events.txt"
"$otherwise" "$folder" >"$folder/events_otherwise.txt"
cmp -- "$folder/events.txt" "$folder/events_otherwise.txt"
# Events there were.
grep -c '^repetition ' "$folder/events.txt"
