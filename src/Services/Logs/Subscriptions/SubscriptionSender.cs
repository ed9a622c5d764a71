using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.Integration;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Logs.Contracts;
using Haneul.Logs.Events;
using Haneul.Logs.Filters;
using Microsoft.Extensions.Logging;

namespace Haneul.Logs.Subscriptions;

/// <summary>
/// Sends events to functions, compressed as they get them on AWS.
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html"/>
/// </summary>
internal sealed class SubscriptionSender(IEnumerable<IFunctions> functions, ILogger<SubscriptionSender> log)
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends what the filter picks; a failure is logged, not the writer's.</summary>
    public async ValueTask SendAsync(
        PutSubscriptionFilterInput filter, string stream, IReadOnlyList<FedEvent> events, CallContext context, CancellationToken cancel)
    {
        var pattern = FilterPattern.Parse(filter.FilterPattern);
        var picked = events.Where(item => pattern.Matches(item.Message)).ToList();
        if (picked.Count > 0 && await DeliverAsync(filter, Message("DATA_MESSAGE", filter, stream, picked, context), context, cancel) is { } error)
        {
            Log.DeliveryFailed(log, filter.FilterName, filter.LogGroupName, error.Message ?? error.Shape.Code);
        }
    }

    /// <summary>Asks whether the destination takes anything, as AWS does when a filter is made.</summary>
    public async ValueTask<bool> TryAsync(PutSubscriptionFilterInput filter, CallContext context, CancellationToken cancel)
    {
        var probe = new FedEvent(context.Time.ToUnixTimeMilliseconds(), 0, "CWL CONTROL MESSAGE: Checking health of destination Firehose.");
        return await DeliverAsync(filter, Message("CONTROL_MESSAGE", filter, "", [probe], context), context, cancel) is null;
    }

    // A function's policy may speak of the service in this region or anywhere.
    private async ValueTask<ServiceError?> DeliverAsync(PutSubscriptionFilterInput filter, byte[] payload, CallContext context, CancellationToken cancel)
    {
        if (functions.FirstOrDefault() is not { } lambda)
        {
            return CommonErrors.NotImplemented.With("This cloud has no functions.");
        }

        var source = LogArn.Group(context, filter.LogGroupName) + ":*";
        ServiceError? error = null;
        foreach (var service in (string[])[$"logs.{context.Region.Name}.amazonaws.com", "logs.amazonaws.com"])
        {
            var origin = context.ForService(service, source, context.RequestId, context.Time);
            error = (await lambda.SendAsync(filter.DestinationArn, payload, origin, cancel)).Error;
            if (error is null || error.Shape.Name != CommonErrors.AccessDeniedException.Name)
            {
                return error;
            }
        }

        return error;
    }

    private static byte[] Message(
        string type, PutSubscriptionFilterInput filter, string stream, IReadOnlyList<FedEvent> events, CallContext context)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip, s_plain))
        {
            json.WriteStartObject();
            json.WriteString("messageType", type);
            json.WriteString("owner", context.Account.Value);
            json.WriteString("logGroup", filter.LogGroupName);
            json.WriteString("logStream", stream);
            json.WriteStartArray("subscriptionFilters");
            json.WriteStringValue(filter.FilterName);
            json.WriteEndArray();
            json.WriteStartArray("logEvents");
            foreach (var item in events)
            {
                json.WriteStartObject();
                json.WriteString("id", new SearchPosition(item.Time, stream, item.Number).EventId);
                json.WriteNumber("timestamp", item.Time);
                json.WriteString("message", item.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var payload = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(payload, s_plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("awslogs");
            json.WriteBase64String("data", compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return payload.WrittenSpan.ToArray();
    }
}
