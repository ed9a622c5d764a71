using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Haneul.ApiGateway.Integrations;
using Haneul.Kernel.Operations;

namespace Haneul.ApiGateway.Execute.Calls;

/// <summary>
/// Calls an operation of a service with the parameters that the integration maps, as the integration's role.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html"/>
/// </summary>
internal sealed class ServiceIntegration(IEnumerable<IServiceCalls> services, RouteCallers callers)
{
    // Parameters that are numbers or JSON values; all others are texts.
    private static readonly string[] s_numbers = ["DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"];
    private static readonly string[] s_json = ["MessageAttributes", "MessageSystemAttributes", "AttributeNames", "MessageAttributeNames", "Resources"];

    public async Task<IntegrationAnswer> CallAsync(ApiCall call, ApiIntegration integration, Func<string, string?> find, CancellationToken cancel)
    {
        if (ServiceSubtype.Find(integration.IntegrationSubtype!) is not { } subtype || services.FirstOrDefault() is not { } port)
        {
            return IntegrationAnswer.Failed($"There is no {integration.IntegrationSubtype} in this cloud.");
        }

        var values = new Dictionary<string, string>();
        foreach (var (name, expression) in integration.RequestParameters ?? new Dictionary<string, string>())
        {
            if (MappingValue.Parse(expression, ofResponse: false)?.Evaluate(find) is { } value)
            {
                values[name] = value;
            }
        }

        if (subtype.Required.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing)
        {
            return new IntegrationAnswer { BadRequest = true, Error = $"The parameter {missing} has no value." };
        }

        if (Body(subtype, values) is not { } body)
        {
            return new IntegrationAnswer { BadRequest = true, Error = "A parameter is no number or no JSON." };
        }

        var caller = await callers.FindAsync(call, integration.CredentialsArn, cancel);
        if (!caller.Succeeded)
        {
            return IntegrationAnswer.Failed($"{caller.Error.Shape.Name}: {caller.Error.Message}");
        }

        var region = values.GetValueOrDefault(ServiceSubtype.Region);
        var answer = await port.CallAsync(
            new ServiceRequest
            {
                Service = subtype.Service,
                Action = subtype.Target[(subtype.Target.IndexOf('.', StringComparison.Ordinal) + 1)..],
                Method = "POST",
                Headers = [new("Content-Type", "application/x-amz-json-" + subtype.JsonVersion), new("X-Amz-Target", subtype.Target)],
                Body = body,
            },
            region is null ? caller.Value : RouteCallers.InRegion(call, caller.Value, region),
            cancel);
        return IntegrationAnswer.Of(new FunctionAnswer(answer.Status, answer.Headers, answer.Body), answer.Status);
    }

    private static ReadOnlyMemory<byte>? Body(ServiceSubtype subtype, Dictionary<string, string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var events = subtype.Name == "EventBridge-PutEvents";
            json.WriteStartObject();
            if (events)
            {
                json.WriteStartArray("Entries");
                json.WriteStartObject();
            }

            foreach (var (name, value) in values)
            {
                if (name != ServiceSubtype.Region && !TryWrite(json, subtype, name, value))
                {
                    return null;
                }
            }

            if (events)
            {
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static bool TryWrite(Utf8JsonWriter json, ServiceSubtype subtype, string name, string value)
    {
        if (s_numbers.Contains(name))
        {
            if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            json.WriteNumber(name, number);
            return true;
        }

        if (s_json.Contains(name))
        {
            try
            {
                using var document = JsonDocument.Parse(value);
                json.WritePropertyName(name);
                document.RootElement.WriteTo(json);
                return true;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return false;
            }
        }

        // Step Functions has its members in small letters; Kinesis takes bytes as base64.
        var member = subtype.Service == "states" ? char.ToLowerInvariant(name[0]) + name[1..] : name;
        json.WriteString(member, value);
        return true;
    }
}
