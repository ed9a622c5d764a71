terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
variable "size" { default = 10 }
resource "aws_api_gateway_rest_api" "shop" {
  name                     = "shop"
  description              = "things"
  binary_media_types       = ["image/png", "image/jpeg"]
  minimum_compression_size = var.size
  tags                     = { team = "sky" }
  endpoint_configuration { types = ["REGIONAL"] }
}
resource "aws_api_gateway_rest_api_policy" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = "*", Action = "execute-api:Invoke", Resource = "${aws_api_gateway_rest_api.shop.execution_arn}/*" }]
  })
}
resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "pets"
}
resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = "{id}"
}
resource "aws_api_gateway_model" "pet" {
  rest_api_id  = aws_api_gateway_rest_api.shop.id
  name         = "Pet"
  content_type = "application/json"
  schema       = jsonencode({ type = "object", properties = { id = { type = "integer" } } })
}
resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.shop.id
  name                        = "all"
  validate_request_body       = true
  validate_request_parameters = true
}
resource "aws_api_gateway_authorizer" "token" {
  rest_api_id                      = aws_api_gateway_rest_api.shop.id
  name                             = "token"
  authorizer_uri                   = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f/invocations"
  authorizer_result_ttl_in_seconds = 60
}
resource "aws_api_gateway_method" "pet" {
  rest_api_id          = aws_api_gateway_rest_api.shop.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = "POST"
  authorization        = "CUSTOM"
  authorizer_id        = aws_api_gateway_authorizer.token.id
  api_key_required     = true
  request_validator_id = aws_api_gateway_request_validator.all.id
  request_models       = { "application/json" = aws_api_gateway_model.pet.name }
  request_parameters   = { "method.request.path.id" = true, "method.request.querystring.size" = false }
}
resource "aws_api_gateway_method_response" "pet" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  resource_id         = aws_api_gateway_resource.pet.id
  http_method         = aws_api_gateway_method.pet.http_method
  status_code         = "200"
  response_models     = { "application/json" = "Empty" }
  response_parameters = { "method.response.header.X-Size" = true }
}
resource "aws_api_gateway_integration" "pet" {
  rest_api_id          = aws_api_gateway_rest_api.shop.id
  resource_id          = aws_api_gateway_resource.pet.id
  http_method          = aws_api_gateway_method.pet.http_method
  type                 = "MOCK"
  timeout_milliseconds = var.size * 100
  cache_key_parameters = ["method.request.path.id"]
  request_templates    = { "application/json" = "{\"statusCode\": 200}" }
}
resource "aws_api_gateway_integration_response" "pet" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  resource_id         = aws_api_gateway_resource.pet.id
  http_method         = aws_api_gateway_integration.pet.http_method
  status_code         = aws_api_gateway_method_response.pet.status_code
  response_parameters = { "method.response.header.X-Size" = "'${var.size}'" }
  response_templates  = { "application/json" = "" }
}
resource "aws_api_gateway_gateway_response" "denied" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  response_type       = "ACCESS_DENIED"
  status_code         = "401"
  response_parameters = { "gatewayresponse.header.X-Why" = "'no'" }
  response_templates  = { "application/json" = "{\"message\":$context.error.messageString}" }
}
resource "aws_api_gateway_documentation_part" "api" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  location { type = "API" }
  properties = jsonencode({ description = "the shop" })
}
resource "aws_api_gateway_documentation_version" "one" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  version     = "one"
  depends_on  = [aws_api_gateway_documentation_part.api]
}
resource "aws_api_gateway_deployment" "one" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  depends_on  = [aws_api_gateway_integration_response.pet]
}
resource "aws_api_gateway_client_certificate" "one" { description = "ours" }
resource "aws_api_gateway_stage" "dev" {
  rest_api_id           = aws_api_gateway_rest_api.shop.id
  deployment_id         = aws_api_gateway_deployment.one.id
  stage_name            = "dev"
  client_certificate_id = aws_api_gateway_client_certificate.one.id
  documentation_version = aws_api_gateway_documentation_version.one.version
  variables             = { size = var.size }
  access_log_settings {
    destination_arn = "arn:aws:logs:us-east-1:000000000000:log-group:shop"
    format          = "$context.requestId"
  }
}
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.dev.stage_name
  method_path = "*/*"
  settings {
    metrics_enabled        = true
    throttling_burst_limit = var.size
    throttling_rate_limit  = 100
  }
}
resource "aws_api_gateway_api_key" "one" { name = "one" }
resource "aws_api_gateway_usage_plan" "basic" {
  name = "basic"
  api_stages {
    api_id = aws_api_gateway_rest_api.shop.id
    stage  = aws_api_gateway_stage.dev.stage_name
    throttle {
      path        = "/pets/{id}/POST"
      burst_limit = var.size
      rate_limit  = 2
    }
  }
  quota_settings {
    limit  = var.size
    offset = 2
    period = "WEEK"
  }
  throttle_settings {
    burst_limit = 5
    rate_limit  = 10
  }
}
resource "aws_api_gateway_usage_plan_key" "one" {
  key_id        = aws_api_gateway_api_key.one.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.basic.id
}
