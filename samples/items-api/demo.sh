#!/usr/bin/env bash
# Deploys the sample into a running cloud and uses it over HTTP. ENDPOINT says where (http://127.0.0.1:4566).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
endpoint=${ENDPOINT:-http://127.0.0.1:4566}
aws() { command "${AWS_CLI:-aws}" --endpoint-url "$endpoint" --output text "$@"; }
fail() { printf 'demo: %s\n' "$*" >&2; exit 1; }

# call STATUS METHOD PATH [BODY]: sends a request, shows it, and insists on the status.
call() {
  local answer status
  answer=$(curl -sS -m 60 -X "$2" "$url$3" -H 'content-type: application/json' ${4:+-d "$4"} -w '\n%{http_code} %{time_total}')
  status=${answer##*$'\n'}
  body=${answer%$'\n'*}
  printf '  %-6s %-44s -> %s in %s s  %s\n' "$2" "$3" "${status% *}" "${status#* }" "$body"
  [ "${status% *}" = "$1" ] || fail "expected $1"
}

echo "Deploying samples/items-api with $(${AWS_CLI:-aws} --version 2>&1 | cut -d' ' -f1):"
api=$(./deploy.sh)
url="$endpoint/_aws/execute-api/$api/\$default"
echo
echo "Calling it over HTTP (the first call to each function starts its sandbox):"
call 201 POST /items '{"name":"sky"}'
id=$(printf '%s' "$body" | sed -n 's/.*"id": *"\([^"]*\)".*/\1/p')
call 201 POST /items '{"name":"cloud"}'
call 400 POST /items '{}'
call 200 GET /items
call 200 GET "/items/$id"
call 204 DELETE "/items/$id"
call 404 GET "/items/$id"
call 404 GET /nothing
echo
echo "What the functions logged, written with the permissions of their role:"
for name in items-write items-read; do
  for _ in $(seq 50); do
    stream=$(aws logs describe-log-streams --log-group-name "/aws/lambda/$name" --query 'logStreams[0].logStreamName' 2>/dev/null) && break
    sleep 0.1
  done
  aws logs get-log-events --log-group-name "/aws/lambda/$name" --log-stream-name "$stream" --start-from-head --query 'events[].[message]' |
    grep -E "REPORT|stored|looked up" | head -n 3 | sed "s/^/  $name  /"
done
echo
echo "The demo worked: HTTP API -> Lambda (Python, Node.js) -> DynamoDB."
