using System.Globalization;
using System.Text.Json;
using Haneul.Kernel.Time;
using Microsoft.AspNetCore.Http;

namespace Haneul.Gateway.Stages;

/// <summary>
/// The operator's hand on the cloud's clock: <c>GET /_haneul/clock</c>, and <c>POST</c> with <c>?action=freeze|resume</c> or
/// <c>?action=advance&amp;seconds=N</c>. From loopback only, and never from a page in a browser.
/// </summary>
internal sealed class OperatorClock(TimeProvider time, LocalAccess access)
{
    public const string Path = "/_haneul/clock";

    public async ValueTask HandleAsync(HttpContext http)
    {
        if (!access.IsOperator(http))
        {
            http.Response.StatusCode = 403;
            return;
        }

        if (time is not CloudClock clock)
        {
            http.Response.StatusCode = 404;
            return;
        }

        if (HttpMethods.IsPost(http.Request.Method) && !Change(clock, http.Request.Query))
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("action is freeze, resume, or advance with seconds from 0 to 3153600000.\n");
            return;
        }

        http.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (json)
        {
            json.WriteStartObject();
            json.WriteString("now", clock.GetUtcNow());
            json.WriteBoolean("frozen", clock.IsFrozen);
            json.WriteNumber("offsetSeconds", Math.Round(clock.Offset.TotalSeconds, 3));
            json.WriteEndObject();
        }
    }

    private static bool Change(CloudClock clock, IQueryCollection query)
    {
        switch (query["action"].ToString())
        {
            case "freeze":
                clock.Freeze();
                return true;
            case "resume":
                clock.Resume();
                return true;
            case "advance" when double.TryParse(query["seconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= 0 and <= 3_153_600_000:
                clock.Advance(TimeSpan.FromSeconds(seconds));
                return true;
            default:
                return false;
        }
    }
}
