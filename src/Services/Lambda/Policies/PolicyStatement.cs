using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Haneul.Kernel.Identity;
using Haneul.Lambda.Contracts;

namespace Haneul.Lambda.Policies;

/// <summary>Writes the statement that a permission becomes.</summary>
internal static class PolicyStatement
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>JSON, or null if the principal is none.</returns>
    public static string? Write(AddPermissionInput input, string resource)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("Sid", input.StatementId);
            json.WriteString("Effect", "Allow");
            if (!WritePrincipal(json, input.Principal))
            {
                return null;
            }

            json.WriteString("Action", input.Action);
            json.WriteString("Resource", resource);
            WriteConditions(json, input);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool WritePrincipal(Utf8JsonWriter json, string principal)
    {
        if (principal == "*")
        {
            json.WriteString("Principal", "*");
            return true;
        }

        string? kind = null;
        var value = principal;
        if (AccountId.TryParse(principal, out var account))
        {
            (kind, value) = ("AWS", $"arn:aws:iam::{account}:root");
        }
        else if (Arn.TryParse(principal, out var arn) && arn.Service is "iam" or "sts")
        {
            kind = "AWS";
        }
        else if (principal.EndsWith(".amazonaws.com", StringComparison.Ordinal) || principal.EndsWith(".amazon.com", StringComparison.Ordinal)
            || principal.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal))
        {
            kind = "Service";
        }

        if (kind is null)
        {
            return false;
        }

        json.WriteStartObject("Principal");
        json.WriteString(kind, value);
        json.WriteEndObject();
        return true;
    }

    private static void WriteConditions(Utf8JsonWriter json, AddPermissionInput input)
    {
        (string Name, string? Value)[] equals =
        [
            ("AWS:SourceAccount", input.SourceAccount), ("lambda:EventSourceToken", input.EventSourceToken),
            ("lambda:FunctionUrlAuthType", input.FunctionUrlAuthType), ("aws:PrincipalOrgID", input.PrincipalOrgID),
        ];
        var hasEquals = Array.Exists(equals, condition => condition.Value is not null);
        if (!hasEquals && input.SourceArn is null && input.InvokedViaFunctionUrl is null)
        {
            return;
        }

        json.WriteStartObject("Condition");
        if (hasEquals)
        {
            json.WriteStartObject("StringEquals");
            foreach (var (name, value) in equals)
            {
                if (value is not null)
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
        }

        if (input.SourceArn is { } source)
        {
            json.WriteStartObject("ArnLike");
            json.WriteString("AWS:SourceArn", source);
            json.WriteEndObject();
        }

        if (input.InvokedViaFunctionUrl is { } viaUrl)
        {
            json.WriteStartObject("Bool");
            json.WriteString("lambda:InvokedViaFunctionUrl", viaUrl ? "true" : "false");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
