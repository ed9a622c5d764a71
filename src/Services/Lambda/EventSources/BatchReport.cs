using System.Text.Json;
using Haneul.Integration;

namespace Haneul.Lambda.EventSources;

/// <summary>
/// What a function says of the records of its batch.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html"/>
/// </summary>
internal static class BatchReport
{
    /// <summary>The place of the first record that failed; null if none did, 0 if the report names what is not in the batch.</summary>
    public static int? FirstFailure(ReadOnlyMemory<byte> payload, ArraySegment<StreamedRecord> records)
    {
        if (payload.IsEmpty)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(payload);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("batchItemFailures"u8, out var failures)
                || failures.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            int? first = null;
            foreach (var failure in failures.EnumerateArray())
            {
                var id = failure.GetProperty("itemIdentifier"u8).GetString();
                var place = records.ToList().FindIndex(record => record.SequenceNumber == id);
                first = Math.Min(first ?? int.MaxValue, Math.Max(place, 0));
            }

            return first;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return 0;
        }
    }
}
