using System.Formats.Cbor;
using Haneul.DynamoDb.Contracts;
using Haneul.Gateway.Routing;
using Haneul.Iam.Contracts;
using Haneul.Kernel.Operations;
using Haneul.Kernel.Shapes;
using Haneul.Kernel.Shapes.Validation;
using Haneul.Lambda.Contracts;
using Haneul.Logs.Contracts;
using Haneul.Wire;
using Haneul.Wire.EventStream;

namespace Haneul.Fuzz.Targets;

/// <summary>The readers of all protocols, over inputs of real services, and the validation that follows them.</summary>
internal static class WireTargets
{
    private static readonly string[] s_items =
    [
        """{"TableName":"t","Item":{"id":{"S":"1"},"n":{"N":"-1.5e3"},"b":{"B":"AAEC"},"m":{"M":{"l":{"L":[{"BOOL":true},{"NULL":true}]}}},"ss":{"SS":["a","b"]},"ns":{"NS":["1"]},"bs":{"BS":["AA=="]}}}""",
        """{"TableName":"t","Item":{"id":{"S":"\u00e9\ud83d\ude00"}},"ConditionExpression":"a = :b","ExpressionAttributeNames":{"#a":"b"},"ExpressionAttributeValues":{":b":{"N":"1"}},"ReturnValues":"ALL_OLD"}""",
    ];

    private static readonly string[] s_json =
    [
        "\\u0000", "\\ud800", "null", "true", "{}", "[]", "1e400", "-0", "9223372036854775808", "{\"L\":[", "{\"M\":{\"a\":", "\"Infinity\"", "\"S\":", "\"N\":",
    ];

    private static readonly string[] s_form = ["&", "=", "%", "%00", "%ff", ".member.", ".entry.1.", ".1", ".99999999999", "+", "Tags.member.1.Key="];

    private static readonly RestRoutes s_lambdaRoutes = new(LambdaOperations.Model);

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        Of("json-item", Protocol.AwsJson10, DynamoDbOperations.PutItem, s_items, s_json),
        Of("json-table", Protocol.AwsJson10, DynamoDbOperations.CreateTable,
            ["""{"TableName":"t","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST","Tags":[{"Key":"a","Value":"b"}]}"""],
            s_json),
        Of("json-events", Protocol.AwsJson11, LogsOperations.PutLogEvents,
            ["""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1700000000000,"message":"m"}],"sequenceToken":"1"}"""], s_json),
        Of("query-role", Protocol.AwsQuery, IamOperations.CreateRole,
            ["Action=CreateRole&Version=2010-05-08&RoleName=r&Path=%2F&AssumeRolePolicyDocument=%7B%7D&MaxSessionDuration=3600&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Tags.member.2.Value="],
            s_form),
        Of("query-simulation", Protocol.AwsQuery, IamOperations.SimulateCustomPolicy,
            ["Action=SimulateCustomPolicy&PolicyInputList.member.1=%7B%7D&ActionNames.member.1=s3%3AGetObject&ContextEntries.member.1.ContextKeyName=k&ContextEntries.member.1.ContextKeyValues.member.1=v&ContextEntries.member.1.ContextKeyType=string&MaxItems=10"],
            s_form),
        Of("ec2", Protocol.Ec2Query, IamOperations.CreateRole, ["RoleName=r&AssumeRolePolicyDocument=%7B%7D&Tags.1.Key=a&Tags.1.Value=b"], s_form),
        Rest("rest-json", [
            "POST /2015-03-31/functions\ncontent-type: application/json\n\n"
                + """{"FunctionName":"f","Runtime":"nodejs22.x","Role":"arn:aws:iam::000000000000:role/r","Handler":"i.h","Code":{"ZipFile":"UEsFBg=="},"Environment":{"Variables":{"a":"b"}},"Timeout":3,"Layers":["l"],"Tags":{"k":"v"}}""",
            "POST /2015-03-31/functions/f/invocations?Qualifier=1\nx-amz-invocation-type: Event\nx-amz-client-context: e30=\n\n{}",
            "GET /2015-03-31/functions?MaxItems=5&Marker=m\n\n",
            "DELETE /2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Af?tagKeys=a&tagKeys=b\n\n",
        ]),
        new FuzzTarget("rest-xml", FuzzTarget.Bytes(
            [
                "<CreateRoleRequest xmlns=\"https://a.example/\"><RoleName>r</RoleName><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument><MaxSessionDuration>3600</MaxSessionDuration><Tags><member><Key>a</Key><Value>b</Value></member></Tags></CreateRoleRequest>",
            ]),
            FuzzTarget.Bytes(["<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&#0;", "&amp;", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<Tags>", "<member>", "xmlns:a=\"b\"", "\u00ff"]),
            input => Read(IamOperations.CreateRole, Protocol.RestXml, new BodyRequest(input)), typeof(WireFormatException)),
        new FuzzTarget("cbor-item", [Cbor(s_items[0]), Cbor(s_items[1])],
            [[0xBF], [0x9F], [0xFF], [0xF6], [0xF7], [0x7F], [0xC1], [0xFB], [0x1B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xBF, 0x61, (byte)'L', 0x9F], [0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]],
            input => Read(DynamoDbOperations.PutItem, Protocol.RpcV2Cbor, new BodyRequest(input)), typeof(WireFormatException)),
        new FuzzTarget("cbor-events",
            [Cbor("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1700000000000,"message":"m"}]}""")], [[0xC1], [0xF6], [0xBF], [0xFF], [0xFB]],
            input => Read(LogsOperations.PutLogEvents, Protocol.RpcV2Cbor, new BodyRequest(input)), typeof(WireFormatException)),
        new FuzzTarget("event-stream", [Frame()], [[7, 0, 1], [8], [9], [0xFF, 0xFF], [6, 0xFF, 0xFF]], DecodeFrames, typeof(WireFormatException)),
    ];

    private static FuzzTarget Of(string name, Protocol protocol, Operation operation, string[] seeds, string[] dictionary) =>
        new(name, FuzzTarget.Bytes(seeds), FuzzTarget.Bytes(dictionary), input => Read(operation, protocol, new BodyRequest(input)), typeof(WireFormatException));

    private static FuzzTarget Rest(string name, string[] seeds) => new(
        name, FuzzTarget.Bytes(seeds), FuzzTarget.Bytes([.. s_json, "/", "//", "/..", "%2F", "%", "?", "&", "tagKeys=", "\n\n"]),
        input =>
        {
            var request = new FuzzRequest(input);
            if (s_lambdaRoutes.Match(request.Method, request.RawPath, request.RawQuery) is var (name, labels))
            {
                Read(LambdaOperations.Model.Operations.First(operation => operation.Name == name), Protocol.RestJson1, request, labels);
            }
        },
        typeof(WireFormatException));

    private static void Read(Operation operation, Protocol protocol, WireRequest request, RouteLabels? labels = null) =>
        Validator.Check(operation.ReadInput(WireProtocols.Of(protocol).Read(operation, request, labels ?? RouteLabels.None)));

    // Checksums keep mutations out of what is behind them, so a frame is tried as it is and once more with its checksums made right.
    private static void DecodeFrames(byte[] input)
    {
        try
        {
            EventStreamMessage.TryDecode(input, out _, out _);
        }
        catch (WireFormatException)
        {
            // The second try counts.
        }

        if (input.Length >= 16)
        {
            FrameRepair.Fix(input);
            EventStreamMessage.TryDecode(input, out _, out _);
        }
    }

    private static byte[] Frame() => new EventStreamMessage(
        [
            new(":event-type", "Chunk"), new("yes", true), new("byte", (byte)1), new("short", (short)2), new("int", 3), new("long", 4L),
            new("blob", new byte[] { 1, 2 }), new("time", DateTimeOffset.UnixEpoch), new("id", Guid.Empty),
        ], "payload"u8.ToArray()).Encode();

    private static byte[] Cbor(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var writer = new CborWriter(CborConformanceMode.Lax);
        Write(writer, document.RootElement);
        return writer.Encode();
    }

    private static void Write(CborWriter cbor, System.Text.Json.JsonElement json)
    {
        switch (json.ValueKind)
        {
            case System.Text.Json.JsonValueKind.Object:
                cbor.WriteStartMap(null);
                foreach (var member in json.EnumerateObject())
                {
                    cbor.WriteTextString(member.Name);
                    if (member.Name is "B")
                    {
                        cbor.WriteByteString(member.Value.GetBytesFromBase64());
                    }
                    else if (member.Name is "BS")
                    {
                        cbor.WriteStartArray(1);
                        cbor.WriteByteString(member.Value[0].GetBytesFromBase64());
                        cbor.WriteEndArray();
                    }
                    else
                    {
                        Write(cbor, member.Value);
                    }
                }

                cbor.WriteEndMap();
                break;
            case System.Text.Json.JsonValueKind.Array:
                cbor.WriteStartArray(null);
                foreach (var element in json.EnumerateArray())
                {
                    Write(cbor, element);
                }

                cbor.WriteEndArray();
                break;
            case System.Text.Json.JsonValueKind.String:
                cbor.WriteTextString(json.GetString()!);
                break;
            case System.Text.Json.JsonValueKind.Number:
                cbor.WriteInt64(json.GetInt64());
                break;
            default:
                cbor.WriteBoolean(json.GetBoolean());
                break;
        }
    }

    private sealed class BodyRequest(byte[] body) : WireRequest
    {
        public override string Method => "POST";

        public override string RawPath => "/";

        public override string RawQuery => "";

        public override ReadOnlyMemory<byte> Body => body;

        public override Stream BodyStream => new MemoryStream(body, writable: false);

        public override string? Header(string name) => null;

        public override IEnumerable<KeyValuePair<string, string>> HeadersWithPrefix(string prefix) => [];
    }
}
