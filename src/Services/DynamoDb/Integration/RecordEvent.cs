using System.Globalization;
using System.Text;
using Haneul.DynamoDb.Streams.Contracts;
using Haneul.DynamoDb.Values;
using Haneul.Integration;

namespace Haneul.DynamoDb.Integration;

/// <summary>
/// A stream's record as functions get it.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html"/>
/// </summary>
internal static class RecordEvent
{
    public static StreamedRecord Of(Record record, string streamArn)
    {
        var change = record.Dynamodb!;
        var created = change.ApproximateCreationDateTime!.Value;
        using var json = new JsonBuffer(1024);
        json.Raw("{"u8);
        Text(json, "eventID"u8, record.EventID!);
        Text(json, "eventName"u8, record.EventName!);
        Text(json, "eventVersion"u8, record.EventVersion!);
        Text(json, "eventSource"u8, record.EventSource!);
        Text(json, "awsRegion"u8, record.AwsRegion!);
        json.Raw("\"dynamodb\":{"u8);
        Number(json, "ApproximateCreationDateTime"u8, created.ToUnixTimeSeconds());
        Map(json, "Keys"u8, change.Keys);
        Map(json, "NewImage"u8, change.NewImage);
        Map(json, "OldImage"u8, change.OldImage);
        Text(json, "SequenceNumber"u8, change.SequenceNumber!);
        Number(json, "SizeBytes"u8, change.SizeBytes!.Value);
        Name(json, "StreamViewType"u8);
        json.Text(Encoding.UTF8.GetBytes(change.StreamViewType!));
        json.Raw("},"u8);
        if (record.UserIdentity is { } identity)
        {
            json.Raw("\"userIdentity\":{"u8);
            Text(json, "type"u8, identity.Type!);
            Name(json, "principalId"u8);
            json.Text(Encoding.UTF8.GetBytes(identity.PrincipalId!));
            json.Raw("},"u8);
        }

        Name(json, "eventSourceARN"u8);
        json.Text(Encoding.UTF8.GetBytes(streamArn));
        json.Raw("}"u8);
        return new StreamedRecord(change.SequenceNumber!, created, json.Written.ToArray());
    }

    private static void Name(JsonBuffer json, ReadOnlySpan<byte> name)
    {
        json.Text(name);
        json.Raw(":"u8);
    }

    private static void Text(JsonBuffer json, ReadOnlySpan<byte> name, string value)
    {
        Name(json, name);
        json.Text(Encoding.UTF8.GetBytes(value));
        json.Raw(","u8);
    }

    private static void Number(JsonBuffer json, ReadOnlySpan<byte> name, long value)
    {
        Name(json, name);
        json.Raw(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        json.Raw(","u8);
    }

    private static void Map(JsonBuffer json, ReadOnlySpan<byte> name, AttributeMap? map)
    {
        if (map is not null)
        {
            Name(json, name);
            JsonValueWriter.WriteMap(json, map.Span);
            json.Raw(","u8);
        }
    }
}
