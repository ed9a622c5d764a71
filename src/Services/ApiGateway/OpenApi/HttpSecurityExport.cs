using System.Text.Json;
using Haneul.ApiGateway.Contracts.V2;
using Haneul.ApiGateway.Execute.Authorizers;

namespace Haneul.ApiGateway.OpenApi;

/// <summary>Writes authorizers of HTTP APIs as security schemes.</summary>
internal static class HttpSecurityExport
{
    public static void Write(Utf8JsonWriter json, Authorizer authorizer, bool extensions)
    {
        json.WriteStartObject(authorizer.Name);
        if (authorizer.AuthorizerType == AuthorizerType.Jwt)
        {
            json.WriteString("type", "oauth2");
            json.WriteStartObject("flows");
            json.WriteEndObject();
        }
        else
        {
            WriteKey(json, authorizer);
        }

        if (extensions)
        {
            WriteExtension(json, authorizer);
        }

        json.WriteEndObject();
    }

    // A scheme has one key: the first header or parameter that identifies the caller.
    private static void WriteKey(Utf8JsonWriter json, Authorizer authorizer)
    {
        var sources = IdentitySource.ParseAll(authorizer.IdentitySource ?? []);
        var key = sources.Cast<IdentitySource?>()
            .FirstOrDefault(static source => source!.Value.Place is IdentityPlace.Header or IdentityPlace.QueryString);
        json.WriteString("type", "apiKey");
        json.WriteString("name", key?.Name ?? "Unused");
        json.WriteString("in", key?.Place == IdentityPlace.QueryString ? "query" : "header");
    }

    private static void WriteExtension(Utf8JsonWriter json, Authorizer authorizer)
    {
        json.WriteStartObject("x-amazon-apigateway-authorizer");
        json.WriteString("type", authorizer.AuthorizerType!.ToLowerInvariant());
        JsonWriting.Optional(json, "identitySource", authorizer.IdentitySource is { Count: > 0 } sources ? string.Join(',', sources) : null);
        JsonWriting.Optional(json, "authorizerUri", authorizer.AuthorizerUri);
        JsonWriting.Optional(json, "authorizerCredentials", authorizer.AuthorizerCredentialsArn);
        JsonWriting.Optional(json, "authorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion);
        JsonWriting.Optional(json, "authorizerResultTtlInSeconds", authorizer.AuthorizerResultTtlInSeconds);
        if (authorizer.EnableSimpleResponses is { } simple)
        {
            json.WriteBoolean("enableSimpleResponses", simple);
        }

        if (authorizer.JwtConfiguration is { } jwt)
        {
            json.WriteStartObject("jwtConfiguration");
            JsonWriting.Optional(json, "issuer", jwt.Issuer);
            JsonWriting.Optional(json, "audience", jwt.Audience);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
