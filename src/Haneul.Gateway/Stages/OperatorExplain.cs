using System.Text.Json;
using Haneul.Gateway.Authorization;
using Haneul.Policy.Evaluation;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Tells the operator why a request was denied: <c>GET /_haneul/explain?id=REQUEST_ID</c>. From loopback only, and never for a page in a
/// browser: neither one of another origin nor one whose name was made to resolve to this machine.
/// </summary>
internal sealed class OperatorExplain(DecisionLog decisions, LocalAccess access)
{
    public const string Path = "/_haneul/explain";

    public async ValueTask HandleAsync(HttpContext http)
    {
        if (!access.IsOperator(http))
        {
            http.Response.StatusCode = 403;
            return;
        }

        if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = 405;
            return;
        }

        var found = decisions.Find(http.Request.Query["id"].ToString());
        if (found.Count == 0)
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync($"No decision of this request is known. The last {DecisionLog.Capacity} denials are kept.\n");
            return;
        }

        http.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Indented = true });
        await using (json)
        {
            json.WriteStartObject();
            json.WriteString("requestId", found[0].RequestId);
            json.WriteStartArray("decisions");
            foreach (var record in found)
            {
                Write(json, record);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, DecisionRecord record)
    {
        json.WriteStartObject();
        json.WriteString("time", record.Time);
        json.WriteString("principal", record.Principal);
        json.WriteString("action", record.Action);
        json.WriteString("resource", record.Resource);
        json.WriteBoolean("allowed", record.Allowed);
        json.WriteString("conclusion", record.Conclusion);
        json.WriteStartArray("policies");
        foreach (var policy in record.Policies)
        {
            json.WriteStartObject();
            json.WriteString("type", policy.Kind.ToString());
            json.WriteString("id", policy.PolicyId);
            json.WriteBoolean("readable", !policy.Unreadable);
            json.WriteStartArray("statements");
            foreach (var statement in policy.Statements)
            {
                json.WriteStartObject();
                json.WriteString("statement", statement.Statement);
                json.WriteString("effect", statement.Allow ? "Allow" : "Deny");
                json.WriteBoolean("applies", statement.Outcome == StatementOutcome.Applies);
                json.WriteString("why", statement.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
