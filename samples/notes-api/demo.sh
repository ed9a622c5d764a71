#!/usr/bin/env bash
# Deploys the sample into a running cloud and uses it over HTTP. ENDPOINT says where (http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
endpoint=${ENDPOINT:-http://127.0.0.1:4566}
fail() { printf 'demo: %s\n' "$*" >&2; exit 1; }

# call STATUS METHOD PATH [options of curl...]: sends a request, shows it, and insists on the status.
call() {
  local expected=$1 verb=$2 path=$3 answer status
  shift 3
  answer=$(curl -sS -m 60 -X "$verb" "$url$path" -H 'content-type: application/json' "$@" -w '\n%{http_code} %{time_total}')
  status=${answer##*$'\n'}
  body=${answer%$'\n'*}
  printf '  %-6s %-44s -> %s in %s s  %s\n' "$verb" "$path" "${status% *}" "${status#* }" "$body"
  [ "${status% *}" = "$expected" ] || fail "expected $expected"
}

echo "Deploying samples/notes-api:"
api=$(./deploy.sh)
url="$endpoint/_aws/execute-api/$api/dev"
echo
echo "Calling it over HTTP:"
call 201 POST /notes -d '{"text":"the \"sky\""}'
id=$(printf '%s' "$body" | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
call 400 POST /notes -d '{"txt":"wrong"}'
call 200 GET /notes
call 200 GET "/notes/$id"
call 404 GET /notes/none
call 403 DELETE "/notes/$id"
call 200 DELETE "/notes/$id" --aws-sigv4 aws:amz:us-east-1:execute-api --user "${AWS_ACCESS_KEY_ID:-test}:${AWS_SECRET_ACCESS_KEY:-test}"
call 200 GET "/notes/$id"
echo "  (the cache still knows the note)"
call 403 GET /nothing
echo
echo "The demo worked: REST API -> DynamoDB, without a function."
