using System.Collections.Frozen;
using Haneul.Kernel.Identity;
using Microsoft.AspNetCore.Http;

namespace Haneul.ApiGateway.Execute;

/// <summary>
/// The edge that requests to edge-optimized APIs come through: what CloudFront tells the API of the viewer, and the viewer of itself.
/// <see href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html"/>
/// </summary>
internal static class EdgeLayer
{
    /// <summary>The country that a viewer pretends to be in, by its code of two letters: there is no other geography on one machine.</summary>
    public const string CountryHeader = "X-Haneul-Viewer-Country";

    private const string Prefix = "CloudFront-";
    private const string DefaultCountry = "US";

    // An edge location near the viewer; the rest of the world is served from one.
    private static readonly FrozenDictionary<string, string> s_locations = new Dictionary<string, string>
    {
        ["US"] = "IAD89-C1", ["CA"] = "YTO50-C1", ["BR"] = "GRU3-P1", ["GB"] = "LHR61-C1", ["IE"] = "DUB56-P1", ["FR"] = "CDG52-P2", ["DE"] = "FRA56-P5",
        ["IT"] = "MXP63-P1", ["ES"] = "MAD51-C1", ["SE"] = "ARN52-P1", ["ZA"] = "JNB50-C1", ["AE"] = "DXB53-P1", ["IN"] = "BOM78-P1", ["SG"] = "SIN2-P1",
        ["KR"] = "ICN54-C1", ["JP"] = "NRT57-P1", ["HK"] = "HKG62-C1", ["AU"] = "SYD62-P1", ["NZ"] = "AKL50-C1",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Takes a request through the edge; its answer will carry the edge's headers.</summary>
    public static void Pass(HttpContext http, IIdSource ids)
    {
        var request = http.Request.Headers;
        var country = request[CountryHeader] is [{ Length: 2 } code] && code.All(char.IsAsciiLetter) ? code.ToUpperInvariant() : DefaultCountry;
        foreach (var name in request.Keys.Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            request.Remove(name);
        }

        request.Remove(CountryHeader);
        var id = ids.NewString(53, RandomIdSource.LowerAlphanumeric) + "==";
        var host = ids.NewString(32, RandomIdSource.LowerAlphanumeric) + ".cloudfront.net (CloudFront)";
        var agent = request.UserAgent.ToString();
        var tablet = agent.Contains("iPad", StringComparison.Ordinal) || agent.Contains("Tablet", StringComparison.Ordinal);
        var mobile = !tablet && (agent.Contains("Mobile", StringComparison.Ordinal) || agent.Contains("iPhone", StringComparison.Ordinal));
        var television = agent.Contains("SmartTV", StringComparison.OrdinalIgnoreCase) || agent.Contains("SMART-TV", StringComparison.OrdinalIgnoreCase);
        request[Prefix + "Forwarded-Proto"] = http.Request.Scheme;
        request[Prefix + "Is-Desktop-Viewer"] = Text(!tablet && !mobile && !television);
        request[Prefix + "Is-Mobile-Viewer"] = Text(mobile);
        request[Prefix + "Is-SmartTV-Viewer"] = Text(television);
        request[Prefix + "Is-Tablet-Viewer"] = Text(tablet);
        request[Prefix + "Viewer-Country"] = country;
        request["X-Amz-Cf-Id"] = id;
        request.Append("Via", $"{(http.Request.Protocol == "HTTP/2" ? "2.0" : "1.1")} {host}");

        // The API sees the edge as its client.
        request.Append("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString());
        http.Response.OnStarting(() =>
        {
            var response = http.Response.Headers;
            response["X-Cache"] = http.Response.StatusCode >= 400 ? "Error from cloudfront" : "Miss from cloudfront";
            response["Via"] = "1.1 " + host;
            response["X-Amz-Cf-Pop"] = s_locations.GetValueOrDefault(country, "FRA56-P5");
            response["X-Amz-Cf-Id"] = id;
            return Task.CompletedTask;
        });
    }

    private static string Text(bool truth) => truth ? "true" : "false";
}
