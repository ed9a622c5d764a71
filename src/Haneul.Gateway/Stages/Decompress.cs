using System.IO.Compression;
using Haneul.Kernel.Errors;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Between 3 and 4: clients compress large bodies of some operations, such as <c>PutMetricData</c>, and sign them so. In the REST protocols the
/// header describes what is stored, and is left alone.
/// </summary>
internal static class Decompress
{
    public static void Run(GatewayRequest request, long maxBody)
    {
        var encoding = request.Http.Request.Headers.ContentEncoding;
        if (encoding.Count == 0 || encoding[0] != "gzip" || Routing.ServiceMap.IsRest(request.Service!.Model))
        {
            return;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(request.Wire.Body.ToArray(), writable: false), CompressionMode.Decompress);
            var plain = new MemoryStream();
            var buffer = new byte[16 * 1024];
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > maxBody)
                {
                    request.Error = CommonErrors.RequestEntityTooLarge.With("Request size exceeded the limit.");
                    return;
                }
            }

            request.Wire.SetBody(plain.GetBuffer().AsMemory(0, (int)plain.Length));
        }
        catch (InvalidDataException)
        {
            request.Error = CommonErrors.SerializationException.With("The body is not what its Content-Encoding says.");
        }
    }
}
