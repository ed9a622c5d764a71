#!/usr/bin/env bash
# Deploys the sample with the AWS CLI: a role, a table and a REST API that calls it. Prints the id of the API.
# Where: ENDPOINT (http://127.0.0.1:4566). Keys and region come from the environment, as always with the AWS CLI.
set -euo pipefail
endpoint=${ENDPOINT:-http://127.0.0.1:4566}
export AWS_PAGER="" AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1}
aws() { command "${AWS_CLI:-aws}" --endpoint-url "$endpoint" --output text "$@"; }
step() { printf '  %s\n' "$*" >&2; }

step "role notes-api: API Gateway may use the table"
role=$(aws iam create-role --role-name notes-api --query Role.Arn --assume-role-policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}]}')
aws iam put-role-policy --role-name notes-api --policy-name table --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{"Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:DeleteItem", "dynamodb:Scan"],
                 "Resource": "arn:aws:dynamodb:*:*:table/notes"}]}'

step "table notes"
aws dynamodb create-table --table-name notes --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH >/dev/null
aws dynamodb wait table-exists --table-name notes

step "REST API with a model, two resources and four methods"
api=$(aws apigateway create-rest-api --name notes --query id)
root=$(aws apigateway get-resources --rest-api-id "$api" --query 'items[0].id')
notes=$(aws apigateway create-resource --rest-api-id "$api" --parent-id "$root" --path-part notes --query id)
note=$(aws apigateway create-resource --rest-api-id "$api" --parent-id "$notes" --path-part '{id}' --query id)
aws apigateway create-model --rest-api-id "$api" --name Note --content-type application/json --schema '{
  "$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "required": ["text"],
  "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 1000}}, "additionalProperties": false}' >/dev/null
validator=$(aws apigateway create-request-validator --rest-api-id "$api" --name body --validate-request-body --query id)

# method RESOURCE METHOD ACTION REQUEST-TEMPLATE STATUS RESPONSE-TEMPLATE [options of put-method...]
method() {
  local resource=$1 verb=$2 action=$3 request=$4 status=$5 response=$6
  shift 6
  aws apigateway put-method --rest-api-id "$api" --resource-id "$resource" --http-method "$verb" "$@" >/dev/null
  aws apigateway put-method-response --rest-api-id "$api" --resource-id "$resource" --http-method "$verb" --status-code "$status" >/dev/null
  aws apigateway put-integration --rest-api-id "$api" --resource-id "$resource" --http-method "$verb" --type AWS --integration-http-method POST \
    --uri "arn:aws:apigateway:$AWS_DEFAULT_REGION:dynamodb:action/$action" --credentials "$role" --passthrough-behavior NEVER \
    --request-templates "$(json application/json "$request")" >/dev/null
  aws apigateway put-integration-response --rest-api-id "$api" --resource-id "$resource" --http-method "$verb" --status-code "$status" \
    --response-templates "$(json application/json "$response")" >/dev/null
}
json() { python3 -c 'import json, sys; print(json.dumps({sys.argv[1]: sys.argv[2]}))' "$1" "$2"; }

method "$notes" POST PutItem \
  '{"TableName": "notes", "Item": {"id": {"S": "$context.requestId"}, "text": {"S": $input.json("$.text")}}}' \
  201 '{"id": "$context.requestId"}' --authorization-type NONE --request-validator-id "$validator" --request-models application/json=Note
method "$notes" GET Scan '{"TableName": "notes"}' \
  200 '[#foreach($item in $input.path("$.Items")){"id": "$item.id.S", "text": "$util.escapeJavaScript($item.text.S)"}#if($foreach.hasNext), #end#end]' \
  --authorization-type NONE
method "$note" GET GetItem '{"TableName": "notes", "Key": {"id": {"S": "$util.escapeJavaScript($input.params("id"))"}}}' \
  200 '#set($item = $input.path("$.Item"))#if($item == "")#set($context.responseOverride.status = 404){"message": "no such note"}#else{"id": "$item.id.S", "text": "$util.escapeJavaScript($item.text.S)"}#end' \
  --authorization-type NONE --request-parameters method.request.path.id=true
method "$note" DELETE DeleteItem '{"TableName": "notes", "Key": {"id": {"S": "$util.escapeJavaScript($input.params("id"))"}}}' \
  200 '{"deleted": true}' --authorization-type AWS_IAM
aws apigateway update-integration --rest-api-id "$api" --resource-id "$note" --http-method GET \
  --patch-operations op=add,path=/cacheKeyParameters/method.request.path.id >/dev/null

step "stage dev with a cache for GET /notes/{id}"
aws apigateway create-deployment --rest-api-id "$api" --stage-name dev --cache-cluster-enabled --cache-cluster-size 0.5 >/dev/null
aws apigateway update-stage --rest-api-id "$api" --stage-name dev --patch-operations '[
  {"op": "replace", "path": "/~1notes~1{id}/GET/caching/enabled", "value": "true"},
  {"op": "replace", "path": "/~1notes~1{id}/GET/caching/ttlInSeconds", "value": "60"}]' >/dev/null
echo "$api"
