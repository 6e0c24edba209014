#!/bin/sh
# Prints the ids of the list of faults that no test cites, in its name or in a comment, and that no row of the table in README.md here explains
# away. Sections A to H and L.
cd "$(dirname "$0")/.." || exit 1
cited=$(grep -rhE '(//|\*).*\b[A-HL][0-9]+\b' --include='*Test.java' --include='*IT.java' .)
explained=$(sed -nE 's/^\| *([A-HL][0-9]+(, [A-HL][0-9]+)*) *\|.*/\1/p' itests/README.md)
for section in A:19 B:21 C:14 D:24 E:8 F:7 G:9 H:16 L:14; do
  letter=${section%%:*}
  number=1
  while [ "$number" -le "${section##*:}" ]; do
    id=$letter$number
    printf '%s\n%s\n' "$cited" "$explained" | grep -qw "$id" || printf '%s ' "$id"
    number=$((number + 1))
  done
done
echo
