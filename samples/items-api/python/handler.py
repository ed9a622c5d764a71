"""Writes and lists items. The HTTP API calls it for POST /items and GET /items."""

import json
import os
import time
import uuid

import boto3

table = boto3.resource("dynamodb", endpoint_url=os.environ.get("AWS_ENDPOINT_URL")).Table(os.environ["TABLE"])


def handle(event, context):
    if event["routeKey"] == "POST /items":
        item = json.loads(event.get("body") or "{}")
        if not isinstance(item.get("name"), str):
            return answer(400, {"error": "an item needs a name"})
        item = {"id": str(uuid.uuid4()), "name": item["name"], "created": int(time.time())}
        table.put_item(Item=item)
        print("stored", item["id"])
        return answer(201, item)

    items = table.scan(Limit=100)["Items"]
    return answer(200, sorted(items, key=lambda item: item["name"]))


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body, default=int)}
