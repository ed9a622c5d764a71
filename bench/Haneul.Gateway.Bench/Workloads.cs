using System.Text;

namespace Haneul.Gateway.Bench;

/// <summary>What is sent: calls of one kind, taken in turn.</summary>
internal sealed record Workload(string Key, string Name, Func<ISubject, IReadOnlyList<SignedCall>> Calls);

internal static class Workloads
{
    private const string Table = "bench";
    private static readonly HttpClient s_http = new();

    public static readonly IReadOnlyList<Workload> All =
    [
        new("get", "GetItem of 1 KB", static subject => [Get(subject)]),
        new("put", "PutItem of 1 KB", static subject => [.. Enumerable.Range(0, 512).Select(i => Put(subject, "key-" + i))]),
        new("query", "Query of 20 items", static subject => [Query(subject)]),
    ];

    /// <summary>Makes the table and what the workloads read.</summary>
    public static async Task PrepareAsync(ISubject subject)
    {
        await SendAsync(subject, subject.Sign("CreateTable", $$"""
            {"TableName":"{{Table}}","BillingMode":"PAY_PER_REQUEST",
            "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"N"}],
            "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}
            """));
        var describe = subject.Sign("DescribeTable", $$"""{"TableName":"{{Table}}"}""");
        while (!(await SendAsync(subject, describe)).Contains("\"ACTIVE\"", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        await SendAsync(subject, Put(subject, "1"));
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(subject, subject.Sign(
                "PutItem",
                $$$"""{"TableName":"{{{Table}}}","Item":{"id":{"S":"q"},"at":{"N":"{{{i}}}"},"name":{"S":"a name"},"data":{"S":"{{{new string('x', 80)}}}"} } }"""));
        }
    }

    /// <summary>Sends a call once and gives the answer's body.</summary>
    public static async Task<string> SendAsync(ISubject subject, SignedCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subject.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(call.Body)) };
        foreach (var (name, value) in call.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await s_http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{subject.Name}: {text}");
    }

    private static SignedCall Get(ISubject subject) =>
        subject.Sign("GetItem", $$$"""{"TableName":"{{{Table}}}","Key":{"id":{"S":"1"},"at":{"N":"1"} } }""");

    private static SignedCall Put(ISubject subject, string id) => subject.Sign(
        "PutItem",
        $$$"""{"TableName":"{{{Table}}}","Item":{"id":{"S":"{{{id}}}"},"at":{"N":"1"},"name":{"S":"a name"},"count":{"N":"42"},"data":{"S":"{{{new string('x', 950)}}}"} } }""");

    private static SignedCall Query(ISubject subject) => subject.Sign(
        "Query",
        $$$"""{"TableName":"{{{Table}}}","KeyConditionExpression":"id = :id","ExpressionAttributeValues":{":id":{"S":"q"} } }""");
}
