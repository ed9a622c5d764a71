#!/usr/bin/env bash
# Deploys the sample with the AWS CLI: a role, a table, two functions and an HTTP API. Prints the id of the API.
# Where: ENDPOINT (http://127.0.0.1:4566). Keys and region come from the environment, as always with the AWS CLI.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
endpoint=${ENDPOINT:-http://127.0.0.1:4566}
export AWS_PAGER="" AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1}
aws() { command "${AWS_CLI:-aws}" --endpoint-url "$endpoint" --output text "$@"; }
step() { printf '  %s\n' "$*" >&2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step "role items-api: may use the table and write logs"
aws iam create-role --role-name items-api --query Role.Arn --assume-role-policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}' >"$work/role"
aws iam attach-role-policy --role-name items-api --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
aws iam put-role-policy --role-name items-api --policy-name table --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:DeleteItem", "dynamodb:Scan"],
                 "Resource": "arn:aws:dynamodb:*:*:table/items"}]}'

step "table items"
aws dynamodb create-table --table-name items --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH >/dev/null
aws dynamodb wait table-exists --table-name items

step "function items-write (Python), function items-read (Node.js with the AWS SDK)"
(cd python && python3 -m zipfile -c "$work/python.zip" handler.py)
[ -d node/node_modules ] || (cd node && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
(cd node && python3 -m zipfile -c "$work/node.zip" index.mjs package.json node_modules)
create() {
  aws lambda create-function --function-name "$1" --runtime "$2" --handler "$3" --zip-file "fileb://$4" --role "$(cat "$work/role")" \
    --memory-size 256 --timeout 15 --environment Variables={TABLE=items} --query FunctionArn
}
write=$(create items-write python3.11 handler.handle "$work/python.zip")
read=$(create items-read nodejs20.x index.handler "$work/node.zip")
aws lambda wait function-active-v2 --function-name items-write
aws lambda wait function-active-v2 --function-name items-read

step "HTTP API with four routes"
api=$(aws apigatewayv2 create-api --name items --protocol-type HTTP --query ApiId)
route() {
  local integration
  integration=$(aws apigatewayv2 create-integration --api-id "$api" --integration-type AWS_PROXY --payload-format-version 2.0 \
    --integration-uri "$1" --query IntegrationId)
  for key in "${@:2}"; do
    aws apigatewayv2 create-route --api-id "$api" --route-key "$key" --target "integrations/$integration" >/dev/null
  done
}
route "$write" "POST /items" "GET /items"
route "$read" "GET /items/{id}" "DELETE /items/{id}"
aws apigatewayv2 create-stage --api-id "$api" --stage-name '$default' --auto-deploy >/dev/null
for name in items-write items-read; do
  aws lambda add-permission --function-name "$name" --statement-id api --action lambda:InvokeFunction --principal apigateway.amazonaws.com \
    --source-arn "arn:aws:execute-api:$AWS_DEFAULT_REGION:$(aws sts get-caller-identity --query Account):$api/*" >/dev/null
done
echo "$api"
