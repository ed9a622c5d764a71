// Reads and deletes one item. The HTTP API calls it for GET and DELETE /items/{id}.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env.TABLE;

export const handler = async (event) => {
  const Key = { id: event.pathParameters.id };
  if (event.requestContext.http.method === "DELETE") {
    const { Attributes } = await client.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
    return Attributes ? { statusCode: 204 } : answer(404, { error: "no such item" });
  }

  const { Item } = await client.send(new GetCommand({ TableName, Key }));
  console.log("looked up", Key.id);
  return Item ? answer(200, Item) : answer(404, { error: "no such item" });
};

const answer = (statusCode, body) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
