using Haneul.Kernel.Errors;

namespace Haneul.Wire.Json;

/// <summary>The body of an error in the JSON protocols.</summary>
internal static class JsonErrorBody
{
    /// <param name="error">What went wrong.</param>
    /// <param name="type">The value of <c>__type</c>; null where the type is in a header.</param>
    /// <param name="response">Gets the body.</param>
    public static void Write(ServiceError error, string? type, WireResponse response)
    {
        using var writer = new JsonShapeWriter(response.Body);
        writer.Json.WriteStartObject();
        if (type is not null)
        {
            writer.Json.WriteString("__type"u8, type);
        }

        if (error.Shape.HasType)
        {
            writer.Json.WriteString("Type"u8, error.Shape.Sender ? "User" : "Service");
        }

        if (error.Message is not null)
        {
            writer.Json.WriteString(error.Shape.MessageMember, error.Message);
        }

        if (error.Details is not null)
        {
            writer.Inline(error.Details);
        }

        writer.Json.WriteEndObject();
    }
}
