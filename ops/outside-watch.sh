#!/bin/sh
# At another site than the house's: the house climbs its own chain when a part of it is missing, but not when all of it is. Asks every quarter of
# a minute whether it is ready; after two bad answers, and when it is well again, it hands one line to a program that reaches the owner's
# telephone by a way of its own (a GSM modem, a gateway of somebody else).
#   outside-watch.sh ADDRESS PROGRAM…      outside-watch.sh https://itsso.example/health/ready gammu sendsms TEXT +919800000000 -text
# The line is the last argument of the program. EVERY sets the seconds.
address=$1
shift
bad=0
while :; do
  answer=$(curl -fsS -m 10 "$address" 2>/dev/null) || answer=
  case $answer in
    # a web process answers 200 though no worker goes its rounds: it names it
    '' | *'"worker":"not-ready"'* | *'"database":"not-ready"'*)
      bad=$((bad + 1))
      [ "$bad" -eq 2 ] && "$@" "ITSSO: $address does not answer as it should"
      ;;
    *)
      [ "$bad" -ge 2 ] && "$@" "ITSSO: $address is well again"
      bad=0
      ;;
  esac
  sleep "${EVERY:-15}"
done
